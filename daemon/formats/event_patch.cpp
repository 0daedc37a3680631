#include <algorithm>

#include "core/text.hpp"
#include "formats/component.hpp"
#include "formats/event_lines.hpp"
#include "formats/event_part.hpp"
#include "formats/event_text.hpp"
#include "formats/ical_time.hpp"
#include "formats/vtimezone.hpp"

namespace ioud::formats {
namespace {

using domain::CalendarItem;

template <class T>
bool contains(const std::vector<T>& list, const T& wanted) {
  return std::find(list.begin(), list.end(), wanted) != list.end();
}

const domain::Guest* guest_of(const CalendarItem& item, std::string_view address) {
  const auto found = std::find_if(item.guests.begin(), item.guests.end(),
                                  [&](const auto& guest) { return guest.address == address; });
  return found == item.guests.end() ? nullptr : &*found;
}

/// Parameters of a text property that another program put there, such as LANGUAGE.
std::string foreign_parameters(const ContentLine& line) {
  std::string out;
  for (const Parameter& each : line.parameters) {
    const bool is_about_the_old_text =
        each.name == "ALTREP" || each.name == "ENCODING" || each.name == "CHARSET";
    if (!is_about_the_old_text) out += parameter_text(each.name, core::joined(each.values, ","));
  }
  return out;
}

/// Collects the edits of one VEVENT.
class Patch {
 public:
  Patch(const Component& event, std::string_view line_end, const CalendarItem& before,
        const CalendarItem& after, const core::Zone& zone)
      : event_(event), line_end_(line_end), before_(before), after_(after), zone_(zone) {}

  std::vector<Edit> edits(core::Instant stamp) {
    patch_times();
    for (const char* property :
         {"SUMMARY", "DESCRIPTION", "LOCATION", "STATUS", "TRANSP", "CLASS", "SEQUENCE"}) {
      patch_value(property);
    }
    patch_categories();
    patch_organizer();
    patch_guests();
    patch_related();
    patch_alarms();
    if (!edits_.empty()) {
      for (const char* property : {"DTSTAMP", "LAST-MODIFIED"}) {
        const ContentLine* line = event_.find(property);
        if (line != nullptr) replace(*line, std::string(property) + ":" + write_utc(stamp));
      }
    }
    return std::move(edits_);
  }

  /// Whether the event stands in our zone by now, which then needs its VTIMEZONE.
  bool uses_zone() const { return uses_zone_; }

 private:
  void replace(const ContentLine& line, std::string_view text) {
    edits_.push_back({line.begin, line.end, fold_line(text, line_end_)});
  }
  void remove(const ContentLine& line) { edits_.push_back({line.begin, line.end, {}}); }
  void insert(std::string_view text) {
    const std::size_t at = event_.children.empty() ? event_.closing : event_.children.front().begin;
    edits_.push_back({at, at, fold_line(text, line_end_)});
  }

  /// Puts `text` where the first line of that property stands and drops further ones; an empty text
  /// drops all.
  void put(std::string_view property, std::string_view text) {
    bool is_placed = text.empty();
    for (const ContentLine& line : event_.lines) {
      if (line.name != property) continue;
      if (is_placed) {
        remove(line);
      } else {
        replace(line, text);
      }
      is_placed = true;
    }
    if (!is_placed) insert(text);
  }

  void patch_times() {
    const bool kind_differs = before_.day.has_value() != after_.day.has_value();
    const bool start_differs =
        kind_differs || (after_.day ? before_.day != after_.day : before_.start != after_.start);
    const bool end_differs =
        kind_differs || (after_.day ? before_.day != after_.day : before_.end != after_.end);
    if (!start_differs && !end_differs) return;
    uses_zone_ = !after_.day && zone_ != core::Zone();
    if (start_differs) put("DTSTART", start_line(after_, zone_));
    // A DURATION counts from the start, so it cannot stay when either end moves.
    if (end_differs || event_.find("DTEND") == nullptr) put("DTEND", end_line(after_, zone_));
    put("DURATION", {});
  }

  void patch_value(std::string_view property) {
    const std::string value = value_of(after_, property);
    if (value == value_of(before_, property)) return;
    const ContentLine* stored = event_.find(property);
    const std::string parameters = stored == nullptr ? std::string() : foreign_parameters(*stored);
    put(property, value.empty() ? std::string() : std::string(property) + parameters + ":" + value);
  }

  void patch_categories() {
    const std::vector<std::string> stored = read_categories(event_);
    std::vector<std::string> wanted;
    for (const std::string& each : stored) {
      const bool is_dropped =
          contains(before_.categories, each) && !contains(after_.categories, each);
      if (!is_dropped) wanted.push_back(each);
    }
    for (const std::string& each : after_.categories) {
      if (!contains(before_.categories, each) && !contains(wanted, each)) wanted.push_back(each);
    }
    if (wanted != stored) put("CATEGORIES", categories_line(wanted));
  }

  void patch_organizer() {
    const domain::Guest wanted = organizer_of(after_);
    if (wanted == organizer_of(before_)) return;
    put("ORGANIZER", wanted.address.empty()
                         ? std::string()
                         : guest_line("ORGANIZER", wanted, event_.find("ORGANIZER")));
  }

  void patch_guests() {
    std::vector<std::string> placed;
    for (const ContentLine& line : event_.lines) {
      if (line.name != "ATTENDEE") continue;
      const std::string address = read_guest(line).address;
      const domain::Guest* old = guest_of(before_, address);
      const domain::Guest* wanted = guest_of(after_, address);
      placed.push_back(address);
      if (wanted == nullptr) {
        if (old != nullptr) remove(line);
      } else if (old == nullptr || *old != *wanted) {
        replace(line, guest_line("ATTENDEE", *wanted, &line));
      }
    }
    for (const domain::Guest& guest : after_.guests) {
      const domain::Guest* old = guest_of(before_, guest.address);
      const bool is_changed = old == nullptr || *old != guest;
      if (is_changed && !contains(placed, guest.address)) insert(guest_line("ATTENDEE", guest));
    }
  }

  void patch_related() {
    if (before_.related_to == after_.related_to) return;
    bool is_placed = after_.related_to.empty();
    for (const ContentLine& line : event_.lines) {
      if (line.name != "RELATED-TO" || text_of(line) != before_.related_to) continue;
      if (is_placed) {
        remove(line);
      } else {
        replace(line, related_line(after_));
      }
      is_placed = true;
    }
    if (!is_placed) insert(related_line(after_));
  }

  void patch_alarms() {
    const std::vector<std::string> old = ordered(before_).alarms;
    std::vector<std::string> wanted = ordered(after_).alarms;
    std::vector<std::string> dropped;
    for (const std::string& each : old) {
      if (!contains(wanted, each)) dropped.push_back(each);
    }
    wanted.erase(std::remove_if(wanted.begin(), wanted.end(),
                                [&](const auto& each) { return contains(old, each); }),
                 wanted.end());
    for (const Component& child : event_.children) {
      const ContentLine* trigger = child.name == "VALARM" ? child.find("TRIGGER") : nullptr;
      if (trigger == nullptr || trigger->has("RELATED", "END")) continue;
      const std::string canonical = canonical_duration(trigger->value);
      // One alarm each: a second one at the same time is somebody else's.
      const auto found = std::find(dropped.begin(), dropped.end(), canonical);
      if (found != dropped.end()) {
        edits_.push_back({child.begin, child.end, {}});
        dropped.erase(found);
      }
      wanted.erase(std::remove(wanted.begin(), wanted.end(), canonical), wanted.end());
    }
    for (const std::string& each : wanted) {
      edits_.push_back({event_.closing, event_.closing, alarm_text(each, line_end_)});
    }
  }

  const Component& event_;
  std::string_view line_end_;
  const CalendarItem& before_;
  const CalendarItem& after_;
  const core::Zone& zone_;
  std::vector<Edit> edits_;
  bool uses_zone_ = false;
};

}  // namespace

core::Result<std::string> patch_event(std::string_view stored, const CalendarItem& before,
                                      const CalendarItem& after, const core::Zone& zone,
                                      core::Instant stamp) {
  std::optional<Component> event;
  std::optional<std::size_t> first_component;
  bool has_zone = false;
  ComponentReader reader(stored);
  while (auto component = reader.next()) {
    if (!first_component) first_component = component->begin;
    const ContentLine* tzid = component->name == "VTIMEZONE" ? component->find("TZID") : nullptr;
    has_zone = has_zone || (tzid != nullptr && core::trimmed(tzid->value) == zone.name());
    const bool is_wanted = component->name == "VEVENT" && !event &&
                           component->find("RECURRENCE-ID") == nullptr &&
                           uid_of(*component, stored) == after.uid;
    if (is_wanted) event = std::move(component);
  }
  if (!event) {
    return core::fail(core::Fault::not_found, after.uid, "no event of that UID in the object");
  }
  if (!event->damage.empty()) return core::fail(core::Fault::protocol, after.uid, event->damage);
  const std::string_view line_end = line_end_of(stored);
  Patch patch(*event, line_end, before, after, zone);
  std::vector<Edit> edits = patch.edits(stamp);
  if (patch.uses_zone() && !has_zone) {
    const std::string text = write_vtimezone(zone, after.start, after.end);
    edits.push_back({*first_component, *first_component, core::replaced(text, "\r\n", line_end)});
  }
  return edited(stored, edits);
}

}  // namespace ioud::formats
