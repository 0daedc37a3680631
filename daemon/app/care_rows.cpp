#include <algorithm>

#include "app/policy_section.hpp"

namespace ioud::app {
namespace {

using connectors::Setting;
using domain::Policy;

constexpr int a_year = 366;
constexpr int a_day = 1440;  // in minutes

std::string judge_rising(const Setting& from) {
  std::vector<int> days;
  if (!assign(from, days)) return {};
  const auto stop = std::adjacent_find(days.begin(), days.end(), std::greater_equal<>());
  if (stop == days.end()) return {};
  return "found " + std::to_string(*std::next(stop)) + " after " + std::to_string(*stop) +
         ", expected rising numbers of days";
}

std::vector<std::string> weekdays() {
  return {"Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"};
}

void add_cadence(std::vector<ConfigRow>& rows) {
  using Group = Policy::Cadence;
  Section<Group> s(rows, "cadence", &Policy::cadence,
                   "keeping in touch; counted from the last real contact");
  s.whole("gold_days", &Group::gold_days, 1, 3650, "days without contact until a nudge: gold");
  s.whole("silver_days", &Group::silver_days, 1, 3650, "silver");
  s.whole("bronze_days", &Group::bronze_days, 1, 3650, "bronze");
  s.whole("prospect_days", &Group::prospect_days, 1, 3650, "an open prospect");
  s.whole("former_days", &Group::former_days, 1, 3650, "a former customer");
  s.time("nudge_from", &Group::nudge_from, "nudges start at the earliest");
  s.time("nudge_to", &Group::nudge_to, "nudges are over");
  s.whole("nudge_minutes", &Group::nudge_minutes, 5, 120, "length of a nudge, in minutes");
  s.whole("ahead_days", &Group::ahead_days, 0, a_year, "nudges due within so many days are shown");
  s.whole("skip_days", &Group::skip_days, 0, a_year,
          "a meeting within so many days makes a nudge needless");
  s.wholes("review_talk_days", &Group::review_talk_days, 1, 3650,
           "days between two review talks: gold, silver, bronze", judge_three);
}

void add_after_sale(std::vector<ConfigRow>& rows) {
  using Group = Policy::AfterSale;
  Section<Group> s(rows, "after_sale", &Policy::after_sale, "follow-up after purchases");
  s.wholes("first", &Group::first, 0, 3650, "days after the first purchase with a nudge",
           judge_rising);
  s.whole("second_days", &Group::second_days, 0, 3650,
          "days from the second purchase to the talk about introductions");
  s.whole("third_days", &Group::third_days, 0, 3650,
          "days from the third purchase to the talk about a testimonial");
  s.share("lapse_factor", &Group::lapse_factor, 1, 100,
          "times the median gap between purchases until a lapse nudge");
  s.whole("reorder_lead_days", &Group::reorder_lead_days, 0, a_year,
          "days before the median gap is over for a reorder nudge");
}

void add_referrals(std::vector<ConfigRow>& rows) {
  using Group = Policy::Referrals;
  Section<Group> s(rows, "referrals", &Policy::referrals,
                   "asking for referrals, and looking after them");
  s.whole("every_days", &Group::every_days, 1, 3650,
          "days between two asks for introductions of one customer");
  s.whole("per_week", &Group::per_week, 0, 50, "new asks for a referral a week");
  s.whole("thank_days", &Group::thank_days, 0, 60, "business days to thank for a named referral");
  s.whole("follow_days", &Group::follow_days, 0, 60, "business days to follow it up");
  s.whole("report_days", &Group::report_days, 0, a_year, "days to report back");
}

/// "Mon 09:30" of `planning.fallback` fills two members.
void add_fallback(std::vector<ConfigRow>& rows) {
  const Policy::Planning defaults;
  ConfigRow row;
  row.option.path = "policy.planning.fallback";
  row.option.type = connectors::OptionType::text;
  row.option.fallback =
      as_toml(defaults.fallback_day.substr(0, 3) + " " + core::format(defaults.fallback_at));
  row.option.help = "day and hour of planning where its own week has no room";
  row.bind = [](const Setting& from, Config& config, connectors::Complaints& complaints) {
    const std::string& text = *from.as<std::string>();
    const auto space = text.find(' ');
    const std::string day = text.substr(0, space);
    const auto time =
        core::parse_time_of_day(space == std::string::npos ? "" : text.substr(space + 1));
    for (const std::string& name : weekdays()) {
      if (!time || (day != name && day != name.substr(0, 3))) continue;
      config.policy.planning.fallback_day = name;
      config.policy.planning.fallback_at = *time;
      return;
    }
    complaints.push_back(connectors::complaint(
        from.place, "found \"" + text + "\", expected a day and an hour such as \"Mon 09:30\""));
  };
  rows.push_back(std::move(row));
}

void add_planning(std::vector<ConfigRow>& rows) {
  using Group = Policy::Planning;
  Section<Group> s(rows, "planning", &Policy::planning, "the weekly planning event");
  s.word("day", &Group::day, weekdays(), "weekday of the planning event");
  s.time("at", &Group::at, "its start");
  s.whole("minutes", &Group::minutes, 5, 240, "its length, in minutes");
  s.whole("weeks", &Group::weeks, 1, 52, "how many weeks it is entered for, this one included");
  add_fallback(rows);

  using Prep = Policy::Prep;
  Section<Prep> prep(rows, "prep", &Policy::prep,
                     "the private item before a meeting with a client");
  prep.whole("lead_minutes", &Prep::lead_minutes, 0, a_day,
             "minutes before a client meeting at which its prep starts");
  prep.whole("minutes", &Prep::minutes, 5, 120, "length of a prep, in minutes");
  prep.whole("ahead_days", &Prep::ahead_days, 0, 60, "how many days ahead preps are entered");
  prep.whole("facts", &Prep::facts, 0, 20, "facts about the person in a prep");
}

void add_scope(std::vector<ConfigRow>& rows) {
  using Group = Policy::Scope;
  Section<Group> s(rows, "scope", &Policy::scope, "favours that should be a paid service");
  s.whole("minutes", &Group::minutes, 0, 6000,
          "effort in minutes above which the paid route is suggested");
  s.whole("similar", &Group::similar, 1, 100, "or this many favours of a kind for one client");
  s.whole("similar_days", &Group::similar_days, 1, 3650, "within so many days");
  s.words("kinds", &Group::kinds, {}, "favour kinds that the guard watches");
}

void add_parity(std::vector<ConfigRow>& rows) {
  using Group = Policy::Parity;
  Section<Group> s(rows, "parity", &Policy::parity,
                   "customers keep the care they had as prospects");
  s.whole("baseline_days", &Group::baseline_days, 1, 3650,
          "days before the first purchase that make the standard of care");
  s.whole("baseline_replies", &Group::baseline_replies, 1, 1000,
          "replies needed for a baseline of one's own");
  s.whole("default_hours", &Group::default_hours, 0, 1000,
          "business hours of reply time assumed otherwise");
  s.whole("recent_days", &Group::recent_days, 1, 3650, "days that are compared with it");
  s.whole("recent_replies", &Group::recent_replies, 1, 1000, "replies needed to compare");
  s.share("factor", &Group::factor, 1, 100, "times the baseline that is flagged");
  s.whole("hours_worse", &Group::hours_worse, 0, 1000, "and at least so many hours worse");
  s.share("touch_share", &Group::touch_share, 0, 1,
          "share of the prospect's touches a month below which is flagged");
  s.whole("nudge_days", &Group::nudge_days, 0, 60, "business days within which a flag nudges");
}

}  // namespace

void add_care_rows(std::vector<ConfigRow>& rows) {
  add_cadence(rows);
  add_after_sale(rows);
  add_referrals(rows);
  add_planning(rows);
  add_scope(rows);
  add_parity(rows);
}

}  // namespace ioud::app
