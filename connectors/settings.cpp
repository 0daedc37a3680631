#include "connectors/settings.hpp"

#include <algorithm>

namespace ioud::connectors {

std::string format(const Place& place) {
  if (place.line == 0) return place.file;
  return place.file + ":" + std::to_string(place.line) + ":" + std::to_string(place.column);
}

const Setting* Setting::find(std::string_view key) const {
  const auto* table = as<Table>();
  if (table == nullptr) return nullptr;
  const auto entry = std::find_if(table->begin(), table->end(),
                                  [&](const Entry& candidate) { return candidate.key == key; });
  return entry == table->end() ? nullptr : &entry->value;
}

std::string Setting::text(std::string_view key, std::string_view otherwise) const {
  const Setting* found = find(key);
  const auto* text = found == nullptr ? nullptr : found->as<std::string>();
  return text == nullptr ? std::string(otherwise) : *text;
}

const Setting::List& Setting::list(std::string_view key) const {
  static const List none;
  const Setting* found = find(key);
  const auto* list = found == nullptr ? nullptr : found->as<List>();
  return list == nullptr ? none : *list;
}

std::string kind_of(const Setting& setting) {
  struct Namer {
    std::string operator()(const std::string&) const { return "a text"; }
    std::string operator()(std::int64_t) const { return "a whole number"; }
    std::string operator()(double) const { return "a number"; }
    std::string operator()(bool) const { return "a boolean"; }
    std::string operator()(core::Date) const { return "a date"; }
    std::string operator()(core::TimeOfDay) const { return "a time of day"; }
    std::string operator()(core::Instant) const { return "a date with a time"; }
    std::string operator()(const Setting::List&) const { return "a list"; }
    std::string operator()(const Setting::Table&) const { return "a table"; }
  };
  return std::visit(Namer(), setting.value);
}

core::Error complaint(const Place& place, std::string text) {
  return core::Error{core::Fault::config, format(place), std::move(text), std::nullopt};
}

core::Error placed(const Place& place, core::Error error) {
  if (!error.place.empty()) error.text = error.place + ": " + error.text;
  error.place = format(place);
  return error;
}

}  // namespace ioud::connectors
