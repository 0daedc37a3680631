#include "engine/picture.hpp"

#include <algorithm>
#include <numeric>

#include "core/text.hpp"
#include "detection/capture.hpp"
#include "detection/joiner.hpp"
#include "domain/correspondence.hpp"
#include "domain/gesture.hpp"
#include "domain/iou.hpp"
#include "formats/event_text.hpp"
#include "formats/recurrence.hpp"
#include "store/record.hpp"

namespace ioud::engine {
namespace {

using domain::Facts;
using domain::Mail;
using store::MirrorRow;

constexpr std::chrono::days least_horizon{120};
constexpr std::chrono::days beyond_due{30};
constexpr std::size_t instance_limit = 5000;

/// The window in which calendars matter: back to the look-back, on past the last thing promised.
struct Window {
  core::Instant from;
  core::Instant near;  ///< what is only busy matters from here
  core::Instant to;
};

Window window_of(const Setup& setup, const domain::Ledger& ledger, core::Instant now) {
  core::Instant to = now + least_horizon;
  for (const auto& [id, favour] : ledger.favours)
    to = std::max(to, domain::due_instant(favour.due, setup.setting.rep.zone) + beyond_due);
  return {now - std::chrono::days{setup.setting.policy.sources.lookback_days},
          now - std::chrono::days{2}, to};
}

bool is_declined(const domain::SeriesPart& part, const domain::Setting& setting) {
  return std::any_of(part.guests.begin(), part.guests.end(), [&](const domain::Guest& guest) {
    return domain::is_rep(setting, guest.address) && guest.partstat == "DECLINED";
  });
}

bool has_contact(const domain::Series& series, const domain::Directory& directory) {
  const auto names = [&](const domain::SeriesPart& part) {
    return std::any_of(part.guests.begin(), part.guests.end(), [&](const domain::Guest& guest) {
      return directory.client_of(guest.address) != nullptr;
    });
  };
  return (series.master && names(*series.master)) ||
         std::any_of(series.overrides.begin(), series.overrides.end(), names);
}

domain::Occurrence occurrence_of(const formats::Instance& instance, const domain::Series& series,
                                 const std::string& calendar, bool readable,
                                 const domain::Setting& setting) {
  const domain::SeriesPart& part = *instance.part;
  domain::Occurrence one;
  one.uid = series.uid;
  one.recurrence = instance.recurrence;
  one.calendar = calendar;
  one.start = instance.start;
  one.end = instance.end;
  one.all_day = instance.all_day;
  one.first_day = instance.first_day;
  one.last_day = instance.last_day;
  one.cancelled = part.status == "CANCELLED";
  one.busy = !one.cancelled && !part.transparent && !is_declined(part, setting);
  one.readable = readable && part.access != "PRIVATE" && part.access != "CONFIDENTIAL";
  one.summary = part.summary;
  one.location = part.location;
  one.travel_minutes = part.travel_minutes;
  one.guests = part.guests;
  one.organizer = part.organizer;
  return one;
}

/// A line of the rep, read against the people known.
class CaptureDesk {
 public:
  CaptureDesk(const Setup& setup, const domain::Directory& directory, const domain::Ledger& ledger,
              core::Instant now)
      : setup_(setup), ledger_(ledger), now_(now), reader_(setup.setting.policy.catalogue) {
    for (const domain::Client& client : directory.clients()) {
      names_.push_back({client.name, client.name, ""});
      for (const std::string& address : client.contacts) {
        const domain::Person* person = directory.person(address);
        names_.push_back({address, client.name, address});
        if (person == nullptr || person->deceased) continue;
        names_.push_back({person->name, client.name, address});
        names_.push_back({person->first_name, client.name, address});
      }
    }
  }

  void take(Facts& facts, domain::CaptureNote note, std::optional<core::Instant> made) {
    note.made = made.value_or(domain::first_seen(ledger_, note.source + note.id).value_or(now_));
    detection::Reckoning base;
    base.said = setup_.setting.rep.zone.to_local(note.made);
    base.order = detection::date_order(setup_.setting.rep.locale);
    const detection::Capture read = reader_.read(note.line, names_, base);
    if (read.outcome == detection::Capture::Outcome::none) return;
    note.is_sure = read.outcome == detection::Capture::Outcome::read;
    if (note.is_sure) {
      note.client = read.whom.client;
      note.contact = read.whom.contact;
      note.slots = read.slots;
      note.ask = read.ask;
    }
    facts.captures.push_back(std::move(note));
  }

 private:
  const Setup& setup_;
  const domain::Ledger& ledger_;
  core::Instant now_;
  detection::CaptureReader reader_;
  std::vector<detection::CaptureName> names_;
};

void add_entry(Facts& facts, CaptureDesk& desk, const domain::CaptureEntry& entry) {
  domain::CaptureNote note;
  note.source = "event";
  note.id = entry.uid;
  note.line = entry.line;
  if (entry.all_day) {
    note.day = entry.first_day;
  } else {
    note.start = entry.start;
    note.end = entry.end;
  }
  desk.take(facts, std::move(note), entry.made);
}

void add_series(Facts& facts, const domain::Series& series, const connectors::Calendar& calendar,
                const Window& window, const Setup& setup, core::Log& log) {
  const bool readable = calendar.uses.contains(connectors::Use::read) ||
                        calendar.uses.contains(connectors::Use::meetings);
  const bool is_meeting = readable && has_contact(series, facts.directory);
  const auto instances = formats::expand(series, is_meeting ? window.from : window.near, window.to,
                                         setup.setting.rep.zone, instance_limit);
  if (!instances) {
    log.warning("event.not_expanded", {{"fault", core::name(instances.error().fault)}});
    return;
  }
  for (const formats::Instance& instance : *instances)
    facts.occurrences.push_back(
        occurrence_of(instance, series, calendar.name, readable, setup.setting));
}

void add_own(Facts& facts, const MirrorRow& row, const std::string& calendar, const Setup& setup) {
  const auto stored = formats::read_items(row.record, setup.setting.rep.zone, row.href);
  if (!stored) return;
  for (const domain::CalendarItem& item : stored->items)
    if (is_own_uid(item.uid)) facts.standing.push_back({item, calendar, row.href, row.etag});
}

void add_draft(Facts& facts, const MirrorRow& row, const domain::Ledger& ledger) {
  const auto space = row.record.find(' ');
  if (space == std::string::npos) return;
  const std::string mark = row.record.substr(0, space);
  for (const auto& [id, draft] : ledger.drafts)
    if (draft_mark(draft.message_id) == mark)
      facts.drafts.push_back({draft.message_id, row.href, row.etag, row.record.substr(space + 1)});
}

/// One mail once: the copy in Sent or the inbox before one filed elsewhere.
void keep_one_each(std::vector<Mail>& mails) {
  std::sort(mails.begin(), mails.end(), [](const Mail& a, const Mail& b) {
    return std::tie(a.message_id, a.box, a.date) < std::tie(b.message_id, b.box, b.date);
  });
  mails.erase(
      std::unique(mails.begin(), mails.end(),
                  [](const Mail& a, const Mail& b) { return a.message_id == b.message_id; }),
      mails.end());
  std::sort(mails.begin(), mails.end(), [](const Mail& a, const Mail& b) {
    return std::tie(a.date, a.message_id) < std::tie(b.date, b.message_id);
  });
}

/// The number of the thread of each mail: mails that name each other belong together.
std::vector<std::size_t> threads_of(const std::vector<Mail>& mails) {
  std::vector<std::size_t> parent(mails.size());
  std::iota(parent.begin(), parent.end(), std::size_t{0});
  const auto root = [&](std::size_t at) {
    while (parent[at] != at) at = parent[at] = parent[parent[at]];
    return at;
  };
  std::map<std::string, std::size_t> by_id;
  for (std::size_t i = 0; i < mails.size(); ++i) {
    std::vector<std::string> ids = domain::answered_ids(mails[i]);
    ids.push_back(mails[i].message_id);
    for (const std::string& id : ids) {
      const auto [known, is_new] = by_id.try_emplace(id, i);
      if (!is_new) parent[root(i)] = root(known->second);
    }
  }
  for (std::size_t i = 0; i < parent.size(); ++i) parent[i] = root(i);
  return parent;
}

void join_threads(std::vector<Mail>& mails, const domain::Setting& setting) {
  std::map<std::size_t, std::vector<std::size_t>> threads;
  const std::vector<std::size_t> thread = threads_of(mails);
  for (std::size_t i = 0; i < mails.size(); ++i) threads[thread[i]].push_back(i);
  for (const auto& [root, members] : threads) {
    std::vector<detection::ThreadMail> by_date;
    for (const std::size_t i : members)
      by_date.push_back({&mails[i], domain::is_rep(setting, mails[i].from)});
    std::vector<domain::Reading> joined = detection::join_thread(by_date);
    for (std::size_t i = 0; i < members.size() && i < joined.size(); ++i)
      mails[members[i]].reading = std::move(joined[i]);
  }
}

void add_mail(Facts& facts, CaptureDesk& desk, Mail mail) {
  if (mail.capture.empty()) {
    facts.mails.push_back(std::move(mail));
    return;
  }
  domain::CaptureNote note;
  note.source = "mail";
  note.id = mail.message_id;
  note.line = mail.capture;
  desk.take(facts, std::move(note), mail.date);
}

/// The same capture in two folders is one.
void keep_one_capture_each(Facts& facts) {
  auto& all = facts.captures;
  std::sort(all.begin(), all.end(), [](const auto& a, const auto& b) {
    return std::tie(a.made, a.source, a.id) < std::tie(b.made, b.source, b.id);
  });
  all.erase(std::unique(
                all.begin(), all.end(),
                [](const auto& a, const auto& b) { return a.source == b.source && a.id == b.id; }),
            all.end());
}

/// Of our own events the ledger knows what stood, even where the mirror begins anew: a listing that
/// suddenly lacks many of them is not believed whole.
void guard_ours(Facts& facts, const domain::Ledger& ledger, const Parts& parts) {
  std::set<std::string> standing;
  for (const domain::Standing& one : facts.standing) standing.insert(one.item.uid);
  for (auto calendar = facts.complete.begin(); calendar != facts.complete.end();) {
    const connectors::Connector* connector = find_calendar(parts.connectors, *calendar).connector;
    domain::Loss loss{{connector == nullptr ? "" : connector->name, *calendar}, 0, {}};
    std::size_t missing = 0;
    for (const auto& [uid, record] : ledger.items) {
      if (record.gone || record.calendar != *calendar) continue;
      ++loss.known;
      if (standing.contains(uid)) continue;
      ++missing;
      loss.names.insert(domain::lost_name(ledger, record.href));
    }
    const bool is_swapped = ledger.marks.contains(domain::other_store_mark + *calendar);
    if (is_swapped || !is_suspicious(loss.known, missing) || domain::is_accepted(ledger, loss)) {
      ++calendar;
      continue;
    }
    parts.log.warning("calendar.guarded", {{"items", loss.known}, {"gone", missing}});
    std::erase_if(facts.losses, [&](const domain::Loss& one) { return one.place == loss.place; });
    facts.losses.push_back(std::move(loss));
    calendar = facts.complete.erase(calendar);
  }
}

void add_event(Facts& facts, CaptureDesk& desk, const MirrorRow& row,
               const connectors::Calendar& calendar, const Window& window, const Setup& setup,
               core::Log& log) {
  auto record = store::from_record<store::CalendarRecord>(row.record, row.href);
  if (!record) return;
  for (const domain::Series& series : record->series)
    add_series(facts, series, calendar, window, setup, log);
  std::move(record->notes.begin(), record->notes.end(), std::back_inserter(facts.notes));
  for (const domain::CaptureEntry& entry : record->captures) add_entry(facts, desk, entry);
}

/// Everything of one collection that still matters.
core::Result<void> add_collection(Facts& facts, CaptureDesk& desk,
                                  const store::Collection& collection, const Window& window,
                                  const Setup& setup, const Parts& parts,
                                  const domain::Ledger& ledger) {
  const connectors::Calendar* calendar = find_calendar(parts.connectors, collection.name).calendar;
  const store::Mirror::Take take_event = [&](const MirrorRow& row) {
    add_event(facts, desk, row, *calendar, window, setup, parts.log);
  };
  const store::Mirror::Take take_own = [&](const MirrorRow& row) {
    add_own(facts, row, collection.name, setup);
  };
  const store::Mirror::Take take_draft = [&](const MirrorRow& row) {
    add_draft(facts, row, ledger);
  };
  const store::Mirror::Take take_mail = [&](const MirrorRow& row) {
    auto mail = store::from_record<Mail>(row.record, row.href);
    if (mail) add_mail(facts, desk, std::move(*mail));
  };
  struct Wanted {
    std::string_view kind;
    core::Instant since;
    const store::Mirror::Take& take;
  };
  const core::Instant ever = core::Instant::min();
  std::vector<Wanted> all = {{row_kind::own, ever, take_own},
                             {row_kind::draft, ever, take_draft},
                             {row_kind::mail, ever, take_mail}};
  if (calendar != nullptr) {
    all.push_back({row_kind::event, window.from, take_event});
    all.push_back({row_kind::busy, window.near, take_event});
  }
  for (const Wanted& one : all)
    if (auto read = parts.mirror.each(collection, one.kind, one.since, one.take); !read)
      return read;
  return {};
}

}  // namespace

core::Result<domain::Facts> picture_of(const Setup& setup, const Parts& parts, Intake intake,
                                       const domain::Ledger& ledger, core::Instant now) {
  Facts facts;
  facts.directory = std::move(intake.directory);
  facts.complete = std::move(intake.complete);
  facts.drafts_complete = intake.drafts_complete;
  facts.looked_at = std::move(intake.looked_at);
  facts.losses = std::move(intake.losses);
  const Window window = window_of(setup, ledger, now);
  CaptureDesk desk(setup, facts.directory, ledger, now);
  const auto collections = parts.mirror.collections();
  if (!collections) return tl::unexpected(collections.error());
  for (const store::Collection& collection : *collections) {
    const auto read = add_collection(facts, desk, collection, window, setup, parts, ledger);
    if (!read) return tl::unexpected(read.error());
  }
  guard_ours(facts, ledger, parts);
  keep_one_each(facts.mails);
  for (const Mail& mail : facts.mails)
    for (const auto& [address, name] : mail.names) facts.names[address] = name;
  join_threads(facts.mails, setup.setting);
  keep_one_capture_each(facts);
  std::sort(facts.notes.begin(), facts.notes.end(), [](const auto& a, const auto& b) {
    return std::tie(a.start, a.uid, a.recurrence) < std::tie(b.start, b.uid, b.recurrence);
  });
  std::sort(facts.occurrences.begin(), facts.occurrences.end(), [](const auto& a, const auto& b) {
    return std::tie(a.start, a.uid, a.recurrence) < std::tie(b.start, b.uid, b.recurrence);
  });
  return facts;
}

}  // namespace ioud::engine
