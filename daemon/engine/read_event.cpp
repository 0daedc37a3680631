#include <algorithm>

#include "detection/capture.hpp"
#include "domain/retention.hpp"
#include "engine/reading.hpp"
#include "engine/setup.hpp"
#include "formats/event_part.hpp"
#include "formats/ical.hpp"
#include "formats/recurrence.hpp"
#include "store/record.hpp"

namespace ioud::engine {
namespace {

using connectors::Use;
using domain::Guest;
using domain::Series;
using domain::SeriesPart;

constexpr const char* stranger = "stranger";

bool is_secret(const SeriesPart& part) {
  return part.access == "PRIVATE" || part.access == "CONFIDENTIAL";
}

bool is_contact(const Reader& reader, const std::string& address) {
  return !domain::is_colleague(reader.setting, address) &&
         !domain::is_forgotten(reader.ledger, address) &&
         reader.directory.client_of(address) != nullptr;
}

bool has_contact(const Reader& reader, const SeriesPart& part) {
  return std::any_of(part.guests.begin(), part.guests.end(),
                     [&](const Guest& guest) { return is_contact(reader, guest.address); });
}

/// The instant of a start, or nothing where its zone is custom and cannot be read here.
std::optional<core::Instant> start_of(const Series& series, const SeriesPart& part,
                                      const core::Zone& floating) {
  if (part.start.all_day) return core::instant_in(floating, part.start.day, core::TimeOfDay(0));
  const auto at = formats::instant_of(part.start, series.vtimezone, floating);
  return at ? std::optional<core::Instant>(*at) : std::nullopt;
}

std::string recurrence_of(const Series& series, const SeriesPart& part,
                          const core::Zone& floating) {
  if (!part.recurrence) return {};
  if (part.recurrence->all_day) return core::format(part.recurrence->day);
  const auto at = formats::instant_of(*part.recurrence, series.vtimezone, floating);
  return at ? core::format_rfc3339(*at, core::Zone()) : std::string();
}

/// The organiser as far as he may be kept: strangers have no name here.
std::string kept_organizer(const SeriesPart& part, const Reader& reader) {
  const bool is_known = part.organizer.empty() || domain::is_rep(reader.setting, part.organizer) ||
                        is_contact(reader, part.organizer);
  return is_known ? part.organizer : stranger;
}

domain::MeetingNotes notes_of(const Series& series, const SeriesPart& part, core::Instant start,
                              const Reader& reader) {
  domain::MeetingNotes notes;
  notes.uid = series.uid;
  notes.recurrence = recurrence_of(series, part, reader.setting.rep.zone);
  notes.start = start;
  notes.cancelled = part.status == "CANCELLED";
  notes.organizer = kept_organizer(part, reader);
  detection::Passage passage;
  passage.context = detection::Context::event_description;
  passage.author = detection::Author::rep;
  passage.text = part.description;
  passage.rep = reader.setting.rep.name;
  passage.base = reader.setting.rep.zone.to_local(start);
  passage.locale = reader.setting.rep.locale;
  for (const Guest& guest : part.guests) {
    const domain::Person* person = reader.directory.person(guest.address);
    const std::string name = person != nullptr ? person->name : guest.name;
    if (is_contact(reader, guest.address)) {
      notes.guests.push_back(guest);
      passage.client_people.push_back(name);
      if (passage.client.empty()) {
        passage.client = name;
        passage.client_org = reader.directory.client_of(guest.address)->name;
      }
    } else if (!domain::is_rep(reader.setting, guest.address)) {
      passage.others.push_back(name);
    }
  }
  notes.reading = reader.detector.read(passage);
  return notes;
}

void add_notes(const Series& series, const Reader& reader, std::vector<domain::MeetingNotes>& all) {
  const auto read = [&](const SeriesPart& part) {
    if (part.description.empty() || is_secret(part) || !has_contact(reader, part)) return;
    const auto start = start_of(series, part, reader.setting.rep.zone);
    if (!start) return;
    domain::MeetingNotes notes = notes_of(series, part, *start, reader);
    if (!notes.reading.findings.empty() || !notes.reading.signals.empty())
      all.push_back(std::move(notes));
  };
  if (series.master) read(*series.master);
  for (const SeriesPart& part : series.overrides)
    if (!series.master || part.description != series.master->description) read(part);
}

void add_capture(const Series& series, const Reader& reader,
                 std::vector<domain::CaptureEntry>& all) {
  if (!series.master || !series.rules.empty() || is_secret(*series.master)) return;
  const SeriesPart& part = *series.master;
  const bool is_own = part.organizer.empty() || domain::is_rep(reader.setting, part.organizer);
  if (!is_own || part.status == "CANCELLED" || !detection::looks_like_capture(part.summary)) return;
  const auto start = start_of(series, part, reader.setting.rep.zone);
  if (!start) return;
  domain::CaptureEntry entry;
  entry.uid = series.uid;
  entry.line = part.summary;
  entry.all_day = part.start.all_day;
  entry.first_day = part.start.day;
  entry.start = *start;
  entry.end = *start;
  if (!part.end.all_day)
    if (const auto end = formats::instant_of(part.end, series.vtimezone, reader.setting.rep.zone))
      entry.end = *end;
  entry.made = part.made;
  all.push_back(std::move(entry));
}

/// Leaves of an event what decisions need: nothing of it where it may not be read, and no stranger.
void reduce(SeriesPart& part, bool is_readable, const Reader& reader) {
  part.description.clear();
  part.categories.clear();
  const bool keeps_words = is_readable && !is_secret(part);
  if (!keeps_words || !has_contact(reader, part)) part.summary.clear();
  if (!keeps_words) part.location.clear();
  for (Guest& guest : part.guests) {
    const bool is_known = domain::is_rep(reader.setting, guest.address) ||
                          domain::is_identity(reader.setting, guest.address) ||
                          (keeps_words && is_contact(reader, guest.address));
    guest.name.clear();
    if (!is_known) guest.address = stranger;
  }
  part.organizer = kept_organizer(part, reader);
}

bool is_meeting(const Series& series, const Reader& reader) {
  return (series.master && has_contact(reader, *series.master)) ||
         std::any_of(series.overrides.begin(), series.overrides.end(),
                     [&](const SeriesPart& part) { return has_contact(reader, part); });
}

/// When the last of the series is over; the end of time where that cannot be told.
core::Instant last_of(const std::vector<Series>& all, const Reader& reader) {
  core::Instant last = core::Instant::min();
  for (const Series& series : all)
    last = std::max(
        last, formats::end_of(series, reader.setting.rep.zone).value_or(core::Instant::max()));
  return all.empty() ? core::Instant::max() : last;
}

bool is_own_object(const formats::CalendarObject& object) {
  return !object.series.empty() && is_own_uid(object.series.front().uid);
}

}  // namespace

store::MirrorRow read_event(const connectors::Item& item, const std::set<Use>& uses,
                            const Reader& reader) {
  auto read = formats::read_calendar(item.bytes, item.href);
  if (!read) return bad_row(item.href, item.etag, read.error());
  if (is_own_object(*read))
    return {item.href, item.etag, std::string(row_kind::own), item.bytes, {}};
  const bool is_busy =
      uses.contains(Use::read) || uses.contains(Use::meetings) || uses.contains(Use::busy);
  if (!is_busy) return {item.href, item.etag, std::string(row_kind::skipped), {}, {}};
  const bool is_readable = uses.contains(Use::read) || uses.contains(Use::meetings);
  store::CalendarRecord record;
  const core::Instant last = last_of(read->series, reader);
  bool is_more_than_busy = false;
  for (Series& series : read->series) {
    if (is_readable) {
      is_more_than_busy = is_more_than_busy || is_meeting(series, reader);
      add_notes(series, reader, record.notes);
      add_capture(series, reader, record.captures);
    }
    if (series.master) reduce(*series.master, is_readable, reader);
    for (SeriesPart& part : series.overrides) reduce(part, is_readable, reader);
    record.series.push_back(std::move(series));
  }
  is_more_than_busy = is_more_than_busy || !record.notes.empty() || !record.captures.empty();
  const std::string_view kind = is_more_than_busy ? row_kind::event : row_kind::busy;
  store::MirrorRow row{item.href, item.etag, std::string(kind), store::to_record(record), {}, last};
  if (!read->faults.empty()) row.fault = read->faults.front().text;
  return row;
}

}  // namespace ioud::engine
