#include <algorithm>

#include "app/policy_section.hpp"

namespace ioud::app {
namespace {

using connectors::Setting;
using domain::Policy;

constexpr int a_year = 366;
constexpr int a_day = 1440;  // in minutes

/// RFC 5545 3.3.6: [+-]PnW, or [+-]P[nD][T[nH][nM][nS]].
bool is_duration(std::string_view text) {
  if (!text.empty() && (text.front() == '-' || text.front() == '+')) text.remove_prefix(1);
  if (text.empty() || text.front() != 'P') return false;
  text.remove_prefix(1);
  const auto take = [&text](char unit) {
    const auto digits = std::min(text.find_first_not_of("0123456789"), text.size());
    if (digits == 0 || digits == text.size() || text[digits] != unit) return false;
    text.remove_prefix(digits + 1);
    return true;
  };
  if (take('W')) return text.empty();
  const bool has_days = take('D');
  if (text.empty()) return has_days;
  if (text.front() != 'T') return false;
  text.remove_prefix(1);
  const bool has_hours = take('H');
  const bool has_minutes = take('M');
  const bool has_seconds = take('S');
  return text.empty() && (has_hours || has_minutes || has_seconds);
}

std::string judge_alarms(const Setting& from) {
  std::vector<std::string> alarms;
  if (!assign(from, alarms)) return {};
  for (const std::string& alarm : alarms)
    if (!is_duration(alarm))
      return "found \"" + alarm +
             "\", expected a trigger of RFC 5545 such as \"-P6DT15H\" or \"PT9H\"";
  return {};
}

void add_features(std::vector<ConfigRow>& rows) {
  using Group = Policy::Features;
  Section<Group> s(rows, "features", &Policy::features, "whole behaviours, on or off");
  s.flag("cadence", &Group::cadence, "nudges towards clients who have gone quiet");
  s.flag("referrals", &Group::referrals, "asks for a referral without a favour, and its care");
  s.flag("after_sale", &Group::after_sale, "follow-up after the first, second, third purchase");
  s.flag("planning", &Group::planning, "the weekly half hour for planning, and its review mail");
  s.flag("occasions", &Group::occasions, "birthdays and anniversaries of clients' contacts");
  s.flag("reply_drafts", &Group::reply_drafts, "reply drafts in the Drafts folder; never sent");
  s.flag("parity", &Group::parity, "compare the care of customers with their time as prospects");
  s.flag("prep", &Group::prep, "a private prep item before meetings with clients");
}

void add_reading(std::vector<ConfigRow>& rows) {
  Section<Policy::Sources> sources(rows, "sources", &Policy::sources, "how far back is read");
  sources.whole("lookback_days", &Policy::Sources::lookback_days, 1, 3650,
                "how many days back the first pass reads, for touches and the standard of care");

  using Detector = Policy::Detector;
  Section<Detector> s(rows, "detector", &Policy::detector,
                      "how sure detection must be, and how it learns from answers");
  s.share("floor", &Detector::floor, 0, 1, "confidence from which a favour shows an event");
  s.share("review_floor", &Detector::review_floor, 0, 1,
          "confidence from which a favour is a review line; below it nothing");
  s.share("client_iou_floor", &Detector::client_iou_floor, 0, 1,
          "confidence from which a client's own promise counts");
  s.share("request_floor", &Detector::request_floor, 0, 1,
          "confidence from which a client's request gets a draft of a reply");
  s.share("request_review_floor", &Detector::request_review_floor, 0, 1,
          "confidence from which a client's request can be taken up by a short \"Will do\"");
  s.whole("negatives", &Detector::negatives, 1, 1000,
          "negative answers that send a phrase, kind and client to the review only");
  s.whole("negative_days", &Detector::negative_days, 1, 3650, "how many days a negative counts");
  s.share("delete_weight", &Detector::delete_weight, 0, 1,
          "weight of a deletion as a negative; a decline is 1");
  s.path("model", &Detector::model, "file of learned weights to use instead of the built-in ones");
  s.word(
      "second_opinion", &Detector::second_opinion, {},
      "URL of the chat completions of an OpenAI-compatible program that is asked about candidates; "
      "on this machine, or on a host of `second_opinion_hosts`");
  s.word("second_opinion_model", &Detector::second_opinion_model, {}, "model to ask it for");
  s.words("second_opinion_hosts", &Detector::second_opinion_hosts, {},
          "hosts that may read candidates, names of people taken out");

  using Profile = Policy::Profile;
  Section<Profile> profile(rows, "profile", &Policy::profile, "what is kept of people");
  profile.flag("allow_sensitive", &Profile::allow_sensitive,
               "keep special and judgemental facts of cards too; think of the law first");
  profile.whole("questions", &Profile::questions, 1, 200,
                "how many profile questions make a profile complete");
}

void add_occasions(std::vector<ConfigRow>& rows) {
  using Group = Policy::Occasions;
  Section<Group> s(rows, "occasions", &Policy::occasions, "birthdays and anniversaries");
  s.whole("horizon_days", &Group::horizon_days, 1, 1500,
          "how many days ahead occasions are entered");
  s.words("alarms", &Group::alarms, {}, "alarms of an occasion, as RFC 5545 triggers",
          judge_alarms);
  s.word("leap_day", &Group::leap_day, {"feb28", "mar1"},
         "where 29 February is kept in common years");
  s.words("greetings", &Group::greetings, {"gold", "silver", "bronze"},
          "tiers whose birthdays get a greeting draft");
}

void add_trust(std::vector<ConfigRow>& rows) {
  using Group = Policy::Trust;
  Section<Group> s(rows, "trust", &Policy::trust,
                   "points of the trust bank; the rep reads words, nobody else anything");
  s.wholes("delivered", &Group::delivered, 0, 100, "points for a delivered favour of size S, M, L",
           judge_three);
  s.whole("on_time", &Group::on_time, 0, 100, "points for delivering on time");
  s.whole("care", &Group::care, 0, 100, "points for a nudge followed by a touch within 7 days");
  s.whole("repaired", &Group::repaired, 0, 100,
          "points for a mistake repaired within a business day");
  s.whole("forgiven", &Group::forgiven, 0, 100, "points for an IOU let go");
  s.whole("expired", &Group::expired, 0, 100, "points for an IOU that ran out");
  s.whole("late", &Group::late, -100, 0, "points for a favour late or slipped");
  s.whole("broken", &Group::broken, -100, 0, "points for a promise broken");
  s.whole("complaint", &Group::complaint, -100, 0, "points for a complaint");
  s.whole("ask", &Group::ask, -100, 0, "points for an ask made");
  s.whole("declined", &Group::declined, -100, 0, "further points for an ask declined");
  s.whole("half_life_days", &Group::half_life_days, 1, 36500, "days after which points count half");
  s.whole("block_points", &Group::block_points, 1, 100,
          "size of a withdrawal that stops asks for a while");
  s.whole("block_days", &Group::block_days, 0, a_year, "for how many days it stops them");
}

void add_approval(std::vector<ConfigRow>& rows) {
  using Group = Policy::Approval;
  Section<Group> s(rows, "approval", &Policy::approval,
                   "what an approval does, and when messages leave");
  s.whole("hold_minutes", &Group::hold_minutes, 0, a_day,
          "minutes between an approval and the message, for second thoughts");
  s.word("on_accept", &Group::on_accept, {"invite", "draft", "keep"},
         "what accepting a proposal does: invites the client, writes a draft that you send, or "
         "keeps it for you to raise in person");
  s.time("quiet_to", &Group::quiet_to, "messages to clients leave from this hour of their day");
  s.time("quiet_from", &Group::quiet_from, "and until this hour");
  s.time("morning", &Group::morning, "what waits over night leaves at this hour");
}

void add_hours(std::vector<ConfigRow>& rows) {
  using Group = Policy::Hours;
  Section<Group> s(rows, "hours", &Policy::hours,
                   "working hours of the rep and the clients, and holidays");
  s.time("work_from", &Group::work_from, "the rep's day begins");
  s.time("work_to", &Group::work_to, "the rep's day ends");
  s.time("sitdown_from", &Group::sitdown_from, "sit-downs start at the earliest");
  s.time("sitdown_to", &Group::sitdown_to, "sit-downs are over");
  s.time("lunch_from", &Group::lunch_from, "no sit-down reaches into lunch, from");
  s.time("lunch_to", &Group::lunch_to, "until");
  s.time("friday_to", &Group::friday_to, "sit-downs of a Friday are over");
  s.time("client_from", &Group::client_from, "a client's day begins, in the client's zone");
  s.time("client_to", &Group::client_to, "a client's day ends, in the client's zone");
  s.time("wide_rep_from", &Group::wide_rep_from,
         "the rep's day begins where usual hours never overlap");
  s.time("wide_rep_to", &Group::wide_rep_to, "and ends");
  s.time("wide_client_from", &Group::wide_client_from,
         "a client's day begins where usual hours never overlap");
  s.time("wide_client_to", &Group::wide_client_to, "and ends");
  s.dates("holidays", &Group::holidays, "the rep's holidays: no business days");
  s.path("holiday_files", &Group::holiday_files,
         "iCalendar files whose all-day events are holidays");
}

void add_placement(std::vector<ConfigRow>& rows) {
  using Group = Policy::Placement;
  Section<Group> s(rows, "placement", &Policy::placement, "where a sit-down is put");
  s.whole("window_days", &Group::window_days, 1, 60,
          "business days searched first for a free time");
  s.whole("wide_window_days", &Group::wide_window_days, 1, 120,
          "business days searched when the first search finds none");
  s.whole("notice_hours", &Group::notice_hours, 0, 336,
          "a sit-down starts at least so many hours after it is proposed");
  s.whole("grid_minutes", &Group::grid_minutes, 1, 60, "starts are tried every so many minutes");
  s.time("target", &Group::target, "the hour of day that sit-downs are near to");
  s.share("cost_per_day", &Group::cost_per_day, 0, 1000, "cost of a business day later");
  s.share("cost_per_hour", &Group::cost_per_hour, 0, 1000, "cost of an hour away from target");
  s.whole("buffer_minutes", &Group::buffer_minutes, 0, 240,
          "minutes kept free on both sides of every busy block");
  s.whole("travel_minutes", &Group::travel_minutes, 0, 480,
          "minutes instead when both items have different places");
  s.whole("visit_travel_minutes", &Group::visit_travel_minutes, 0, 480,
          "clients this many minutes away are asked at delivery");
  s.whole("arrival_wait_minutes", &Group::arrival_wait_minutes, 0, 240,
          "minutes between arrival and the talk at delivery");
  s.whole("at_delivery_minutes", &Group::at_delivery_minutes, 5, 240,
          "length of the talk at delivery, in minutes");
  s.time("at_delivery_to", &Group::at_delivery_to, "talks at delivery are over");
  s.whole("piggyback_minutes", &Group::piggyback_minutes, 5, 120,
          "the last minutes of a meeting that a sit-down rides along with");
  s.whole("thanks_days", &Group::thanks_days, 1, 30,
          "business days searched after a thanks that counts");
  s.whole("expire_days", &Group::expire_days, 1, a_year, "days from delivery until an IOU expires");
  s.whole("banked_days", &Group::banked_days, 0, 60,
          "business days that kinds banked first wait after delivery");
  s.whole("default_due_days", &Group::default_due_days, 0, 60,
          "business days until a favour is due when nothing is said");
  s.whole("rolls", &Group::rolls, 0, 20, "how often an untouched, past proposal moves forward");
  s.whole("freeze_hours", &Group::freeze_hours, 0, 336,
          "to save days nothing moves so many hours before its start");
  s.whole("max_moves", &Group::max_moves, 0, 20, "how often a sit-down moves to save days");
  s.whole("settle_minutes", &Group::settle_minutes, 0, a_day,
          "minutes that changes must rest before deletions count, sit-downs move and "
          "clients are written to; new proposals do not wait");
  s.time("daily_pass", &Group::daily_pass, "hour of the full pass of each day");
}

void add_limits(std::vector<ConfigRow>& rows) {
  using Group = Policy::Limits;
  Section<Group> s(rows, "limits", &Policy::limits, "how much is too much");
  s.whole("proposals_per_day", &Group::proposals_per_day, 0, 100,
          "new proposals shown a day; the rest are review lines");
  s.whole("sitdowns_per_day", &Group::sitdowns_per_day, 0, 50,
          "sit-downs and client meetings a day");
  s.whole("sitdowns_per_week", &Group::sitdowns_per_week, 0, 200,
          "sit-downs and client meetings a calendar week");
  s.whole("client_sitdown_days", &Group::client_sitdown_days, 0, a_year,
          "days between two sit-downs with one client");
  s.whole("client_ask_days", &Group::client_ask_days, 0, a_year,
          "days between two asks of one client");
  s.whole("messages_per_day", &Group::messages_per_day, 0, 100, "messages to clients a day");
  s.whole("client_message_days", &Group::client_message_days, 0, a_year,
          "days between two messages to one client");
  s.whole("silence_days", &Group::silence_days, 0, 60,
          "business days of silence after an invitation until the rep is reminded");
  s.whole("second_message_days", &Group::second_message_days, 0, 60,
          "business days later the one second message may go");
  s.whole("offered_days", &Group::offered_days, 1, a_year,
          "days until an invitation without an answer becomes kept");
  s.whole("drafts_per_day", &Group::drafts_per_day, 0, 100, "reply drafts a day");
  s.whole("draft_days", &Group::draft_days, 1, a_year, "days until an untouched draft is removed");
  s.whole("unanswered", &Group::unanswered, 1, 100,
          "unanswered mails of the rep that pause nudges and asks");
  s.whole("unanswered_wait_days", &Group::unanswered_wait_days, 0, 60,
          "business days until a mail counts as unanswered");
  s.whole("unanswered_pause_days", &Group::unanswered_pause_days, 0, a_year, "days of that pause");
  s.whole("complaint_quiet_days", &Group::complaint_quiet_days, 0, a_year,
          "days without a message to the client after a complaint");
  s.whole("complaint_pause_days", &Group::complaint_pause_days, 0, a_year,
          "days without an ask after a complaint");
  s.whole("care_between_asks", &Group::care_between_asks, 0, 50,
          "care touches needed between two asks");
  s.whole("nudges_per_week", &Group::nudges_per_week, 0, 100, "nudges a week");
  s.whole("make_good_days", &Group::make_good_days, 0, 60,
          "business days within which a complaint is made good");
  s.whole("bundle_minutes", &Group::bundle_minutes, 0, 60,
          "minutes that each further favour adds to a sit-down");
  s.whole("bundle_max_minutes", &Group::bundle_max_minutes, 5, 240,
          "the longest sit-down of several favours, in minutes");
}

void add_privacy(std::vector<ConfigRow>& rows) {
  using Group = Policy::Privacy;
  Section<Group> s(rows, "privacy", &Policy::privacy, "what is read and kept, and for how long");
  s.words("never_read", &Group::never_read, {}, "addresses and domains whose mail is not read");
  s.whole("excerpt_chars", &Group::excerpt_chars, 20, 1000,
          "longest excerpt of a mail that is kept, in characters");
  s.flag("seal", &Group::seal,
         "seal the state, where the service manager hands in a key as \"ioud-state-key\"");
  s.whole("debug_minutes", &Group::debug_minutes, 1, a_day,
          "minutes after which debug logging ends by itself");
  s.whole("excerpt_days", &Group::excerpt_days, 0, 3650,
          "days that excerpts are kept after an IOU ends");
  s.whole("record_months", &Group::record_months, 1, 1200, "months that IOUs and touches are kept");
  s.whole("meter_months", &Group::meter_months, 1, 1200, "months that meter rows are kept");
  s.path("forget_file", &Group::forget_file, "file of addresses to forget, one a line");
  s.flag("busy_only", &Group::busy_only, "read times from calendars only, never their text");
}

}  // namespace

void add_policy_rows(std::vector<ConfigRow>& rows) {
  add_features(rows);
  add_reading(rows);
  add_occasions(rows);
  add_trust(rows);
  add_approval(rows);
  add_hours(rows);
  add_placement(rows);
  add_limits(rows);
  add_care_rows(rows);
  add_privacy(rows);
}

}  // namespace ioud::app
