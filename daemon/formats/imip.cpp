#include "formats/imip.hpp"

#include <algorithm>

#include "core/text.hpp"
#include "formats/component.hpp"
#include "formats/event_part.hpp"
#include "formats/zone_names.hpp"

namespace ioud::formats {
namespace {

/// Who answers: the sender where he is listed, else the only one, else the first who decided.
domain::Guest answering(const Component& event, std::string_view sender) {
  std::vector<domain::Guest> guests;
  for (const ContentLine& line : event.lines) {
    if (line.name == "ATTENDEE") guests.push_back(read_guest(line));
  }
  const auto is_sender = [&](const domain::Guest& guest) { return guest.address == sender; };
  const auto has_decided = [](const domain::Guest& guest) {
    return guest.partstat != "NEEDS-ACTION";
  };
  auto found = std::find_if(guests.begin(), guests.end(), is_sender);
  if (found == guests.end()) found = std::find_if(guests.begin(), guests.end(), has_decided);
  if (found == guests.end()) found = guests.begin();
  return found == guests.end() ? domain::Guest{} : *found;
}

tl::unexpected<core::Error> lacking(std::string_view what) {
  return core::fail(core::Fault::protocol, {},
                    "the calendar part of the mail has no " + std::string(what) +
                        ", expected an answer as in RFC 5546");
}

}  // namespace

core::Result<domain::CalendarAnswer> read_answer(std::string_view calendar, std::string_view method,
                                                 std::string_view sender, const core::Zone& zone) {
  ComponentReader reader(calendar);
  auto event = reader.next();
  while (event && event->name != "VEVENT") event = reader.next();
  if (!event) return lacking("VEVENT");
  if (!event->damage.empty()) return core::fail(core::Fault::protocol, {}, event->damage);
  domain::CalendarAnswer answer;
  answer.method = reader.method().empty() ? std::string(method) : reader.method();
  answer.uid = core::trimmed(text_of(*event, "UID"));
  if (answer.method.empty()) return lacking("METHOD");
  if (answer.uid.empty()) return lacking("UID");
  answer.sequence = read_sequence(*event);
  const domain::Guest guest = answering(*event, sender);
  answer.attendee = guest.address;
  answer.partstat = guest.partstat;
  ZoneNames zones(calendar);
  const auto read = read_event(*event, zones);
  if (!read) {
    // An answer need not repeat the time; only a proposal of another one must.
    if (answer.method == "COUNTER") return tl::unexpected(read.error());
    return answer;
  }
  const auto start = instant_of(read->part.start, read->vtimezone, zone);
  const auto end = instant_of(read->part.end, read->vtimezone, zone);
  if (start) answer.start = *start;
  if (end) answer.end = *end;
  return answer;
}

}  // namespace ioud::formats
