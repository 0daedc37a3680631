#include "domain/standard_of_care.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <tuple>

#include "domain/correspondence.hpp"
#include "domain/review_book.hpp"
#include "domain/touches.hpp"
#include "domain/wording_review.hpp"

namespace ioud::domain {
namespace {

using core::Date;
using MailsById = std::map<std::string, const Mail*>;

/// One of the two things that are compared; its flag is a mark "<name>:<client>" with the day it
/// was raised, and `cleared` behind it once it was clear.
struct Kind {
  const char* name;
  NudgeCause cause;
};
constexpr Kind replies{"reply_flag", NudgeCause::reply_parity};
constexpr Kind contacts{"contact_flag", NudgeCause::contact_parity};
constexpr std::array kinds = {replies, contacts};
constexpr std::string_view cleared = " clear";

std::string mark_of(const Kind& kind, const std::string& client) {
  return std::string(kind.name) + ":" + client;
}

/// The subject of a flag's line and nudge: the same in every pass while it stands.
std::string key_of(const Kind& kind, const std::string& client, std::string_view raised) {
  return std::string(kind.name) + "|" + client + "|" + std::string(raised);
}

/// The last time a flag was raised.
struct Episode {
  Date raised;
  bool stands = false;
};

std::optional<Episode> episode(const Ledger& ledger, const Kind& kind, const std::string& client) {
  const auto mark = ledger.marks.find(mark_of(kind, client));
  if (mark == ledger.marks.end()) return std::nullopt;
  const bool is_clear = mark->second.ends_with(cleared);
  const std::string_view day =
      std::string_view(mark->second)
          .substr(0, mark->second.size() - (is_clear ? cleared.size() : 0));
  const auto raised = core::parse_date(day);
  if (!raised) return std::nullopt;
  return Episode{*raised, !is_clear};
}

/// The mail a thread began with, as far back as mails are known.
const Mail& root_of(const Mail& mail, const MailsById& by_id) {
  const Mail* root = &mail;
  std::set<const Mail*> seen;
  while (seen.insert(root).second) {
    const std::vector<std::string> ids = answered_ids(*root);
    const auto known = std::find_if(ids.begin(), ids.end(),
                                    [&](const std::string& id) { return by_id.contains(id); });
    if (known == ids.end()) break;
    root = by_id.at(*known);
  }
  return *root;
}

/// Where a client's care falls behind now; the worst is raised first.
struct Shortfall {
  double worsening = 0;  ///< times worse than as a prospect
  std::string client;
  const Kind* kind = nullptr;
  std::string line;
};

std::string contact_line(const std::string& client, const ContactFlag& flag) {
  return flag.measure == ContactFlag::Measure::touches
             ? contact_parity_line(client, flag.recent, flag.baseline)
             : started_parity_line(client, flag.recent, flag.baseline);
}

double times_worse(double better, double worse) {
  return worse > 0 ? better / worse : std::numeric_limits<double>::infinity();
}

/// What the figures of one client show.
std::vector<Shortfall> shortfalls(const Pass& pass, const Baseline& baseline,
                                  const Correspondence& with, const Office& office) {
  const Policy::Parity& policy = pass.policy().parity;
  const std::string& client = baseline.client;
  std::vector<Shortfall> found;
  if (const auto flag = reply_flag(baseline, with, pass.now, office, policy))
    found.push_back({times_worse(flag->recent_hours, flag->baseline_hours), client, &replies,
                     reply_parity_line(client, flag->recent_hours, flag->baseline_hours)});
  if (const auto flag = contact_flag(baseline, with, pass.now, policy))
    found.push_back({times_worse(flag->baseline, flag->recent), client, &contacts,
                     contact_line(client, *flag)});
  return found;
}

/// Flags raised in the calendar week of `today`, over all clients.
int raised_this_week(const Pass& pass) {
  int count = 0;
  for (const Client& client : pass.facts.directory.clients())
    for (const Kind& kind : kinds) {
      const auto last = episode(pass.ledger, kind, client.name);
      if (last && core::monday_of(last->raised) == core::monday_of(pass.today())) ++count;
    }
  return count;
}

void clear_others(Pass& pass, const std::string& client, const std::vector<Shortfall>& found) {
  for (const Kind& kind : kinds) {
    const bool is_found = std::any_of(found.begin(), found.end(), [&](const Shortfall& one) {
      return one.kind->cause == kind.cause;
    });
    const auto last = episode(pass.ledger, kind, client);
    if (is_found || !last || !last->stands) continue;
    const std::string raised = core::format(last->raised);
    pass.ledger.marks[mark_of(kind, client)] = raised + std::string(cleared);
    close_review_lines(pass, key_of(kind, client, raised));
  }
}

/// New is a flag that never was, or was clear and rests no more.
bool is_new(const Pass& pass, const Shortfall& one) {
  const auto last = episode(pass.ledger, *one.kind, one.client);
  return !last || (!last->stands && core::days_between(last->raised, pass.today()) >=
                                        pass.policy().parity.recent_days);
}

void raise(Pass& pass, const Shortfall& one) {
  const std::string today = core::format(pass.today());
  pass.ledger.marks[mark_of(*one.kind, one.client)] = today;
  add_review_line(pass, one.kind->name, key_of(*one.kind, one.client, today), one.client, one.line);
}

/// A customer with a day from which he is one, and somebody to call.
bool is_compared(const Pass& pass, const Client& client) {
  return client.stage == Stage::customer && !client.purchases.empty() &&
         client.purchases.front().date <= pass.today() &&
         pass.facts.directory.main_contact(client) != nullptr;
}

}  // namespace

std::map<std::string, Correspondence> correspondence_by_client(const Pass& pass) {
  const Directory& directory = pass.facts.directory;
  std::map<std::string, Correspondence> all;
  MailsById by_id;
  for (const Mail& mail : pass.facts.mails) by_id[mail.message_id] = &mail;
  std::map<const Mail*, Exchange> first_answers;
  std::set<std::pair<std::string, const Mail*>> threads;
  const std::vector<Exchange> mails = exchanges(pass);
  for (const Exchange& one : mails) {
    const std::string& client = directory.client_of(one.contact)->name;
    threads.emplace(client, &root_of(*one.asked, by_id));
    if (!one.by_rep) continue;
    const auto [first, is_first] = first_answers.try_emplace(one.asked, one);
    if (!is_first && one.answer->date < first->second.answer->date) first->second = one;
  }
  for (const auto& [asked, one] : first_answers)
    all[directory.client_of(one.contact)->name].replies.push_back({asked->date, one.answer->date});
  for (const auto& [client, root] : threads)
    all[client].started.push_back({root->date, is_rep(pass.setting, root->from)});
  std::set<std::pair<std::string, const Occurrence*>> events;
  const std::vector<Meeting> meetings = meetings_held(pass);
  for (const Meeting& one : meetings)
    events.emplace(directory.client_of(one.contact)->name, one.event);
  for (const auto& [client, event] : events) {
    all[client].meetings.push_back(event->start);
    const bool by_rep = event->organizer.empty() || is_rep(pass.setting, event->organizer);
    all[client].started.push_back({event->start, by_rep});
  }
  for (const auto& [id, touch] : pass.ledger.touches)
    if (const Client* client = directory.client_of(touch.contact))
      all[client->name].touches.push_back(touch.at);
  return all;
}

void note_standard_of_care(Pass& pass) {
  if (!pass.policy().features.parity || !pass.facts.is_settled) return;
  const auto all = correspondence_by_client(pass);
  const Policy::Hours& hours = pass.policy().hours;
  const Office office{pass.zone(), {hours.work_from, hours.work_to}, pass.setting.holidays};
  std::vector<Shortfall> fresh;
  for (const Client& client : pass.facts.directory.clients()) {
    if (!is_compared(pass, client)) continue;
    const auto known = all.find(client.name);
    const Correspondence with = known == all.end() ? Correspondence() : known->second;
    const auto [baseline, is_first] = pass.ledger.baselines.try_emplace(client.name);
    if (is_first)
      baseline->second =
          courtship(client.name, with, client.purchases.front().date, office, pass.policy().parity);
    const std::vector<Shortfall> found = shortfalls(pass, baseline->second, with, office);
    clear_others(pass, client.name, found);
    for (const Shortfall& one : found)
      if (is_new(pass, one)) fresh.push_back(one);
  }
  std::sort(fresh.begin(), fresh.end(), [](const Shortfall& a, const Shortfall& b) {
    return std::tuple(-a.worsening, a.client, a.kind->cause) <
           std::tuple(-b.worsening, b.client, b.kind->cause);
  });
  int raised = raised_this_week(pass);
  for (const Shortfall& one : fresh)
    if (raised++ < pass.policy().limits.nudges_per_week) raise(pass, one);
}

std::optional<Date> reply_flag_since(const Pass& pass, const std::string& client) {
  const auto last = episode(pass.ledger, replies, client);
  if (!pass.policy().features.parity || !last || !last->stands) return std::nullopt;
  return last->raised;
}

std::vector<CareWish> parity_wishes(const Pass& pass, const std::map<std::string, HeldTime>& held) {
  std::vector<CareWish> wishes;
  const core::Holidays& holidays = pass.setting.holidays;
  for (const Client& client : pass.facts.directory.clients()) {
    if (!is_compared(pass, client)) continue;
    for (const Kind& kind : kinds) {
      const auto last = episode(pass.ledger, kind, client.name);
      if (!last || !last->stands) continue;
      const std::string key = key_of(kind, client.name, core::format(last->raised));
      const auto stands = held.find(key);
      const bool is_past = stands != held.end() && stands->second.start < pass.now;
      const Date latest =
          core::add_business_days(last->raised, pass.policy().parity.nudge_days, holidays);
      if (is_past || (stands == held.end() && latest < pass.today())) continue;
      // As early as a day allows, so that a full afternoon does not carry it past its last day.
      const Date due = std::min(core::next_business_day(last->raised, holidays), latest);
      const Person* contact = pass.facts.directory.main_contact(client);
      wishes.push_back({key, client.name, contact->address(), kind.cause, due, true, ""});
    }
  }
  return wishes;
}

}  // namespace ioud::domain
