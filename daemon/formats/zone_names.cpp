#include "formats/zone_names.hpp"

#include <unicode/timezone.h>

#include "core/text.hpp"
#include "formats/component.hpp"

namespace ioud::formats {
namespace {

std::optional<std::string> iana_zone(std::string_view name) {
  if (core::iequals(name, "UTC") || core::iequals(name, "Z")) return "UTC";
  const auto zone = core::Zone::find(name);
  return zone ? std::optional<std::string>(zone->name()) : std::nullopt;
}

std::optional<std::string> windows_zone(std::string_view name) {
  if (name.size() > 100 || !core::is_utf8(name)) return std::nullopt;
  UErrorCode error = U_ZERO_ERROR;
  icu::UnicodeString iana;
  icu::TimeZone::getIDForWindowsID(icu::UnicodeString::fromUTF8(icu::StringPiece(
                                       name.data(), static_cast<int32_t>(name.size()))),
                                   nullptr, iana, error);
  if (U_FAILURE(error) || iana.isEmpty()) return std::nullopt;
  std::string utf8;
  return iana_zone(iana.toUTF8String(utf8));
}

}  // namespace

std::optional<std::string> known_zone(std::string_view tzid) {
  tzid = core::trimmed(tzid);
  if (tzid.empty()) return std::nullopt;
  if (auto zone = iana_zone(tzid)) return zone;
  constexpr std::size_t longest_prefix = 8;
  std::size_t slash = tzid.find('/');
  for (std::size_t tries = 0; slash != std::string_view::npos && tries < longest_prefix; ++tries) {
    if (auto zone = iana_zone(tzid.substr(slash + 1))) return zone;
    slash = tzid.find('/', slash + 1);
  }
  return windows_zone(tzid);
}

ZoneNames::ZoneNames(std::string_view file) {
  ComponentReader reader(file);
  while (const auto component = reader.next()) {
    if (component->name != "VTIMEZONE") continue;
    const ContentLine* tzid = component->find("TZID");
    if (tzid == nullptr) continue;
    Definition definition;
    const ContentLine* location = component->find("X-LIC-LOCATION");
    if (location != nullptr) definition.location = location->value;
    definition.text = file.substr(component->begin, component->end - component->begin);
    if (auto zone = CustomZone::read(*component)) definition.zone = *std::move(zone);
    definitions_.emplace(core::trimmed(unescape_text(tzid->value)), std::move(definition));
  }
}

const ZoneNames::Found* ZoneNames::find(std::string_view tzid) {
  tzid = core::trimmed(tzid);
  auto known = found_.find(tzid);
  if (known == found_.end()) {
    std::optional<Found> found;
    const auto definition = definitions_.find(tzid);
    auto name = known_zone(tzid);
    if (!name && definition != definitions_.end()) name = known_zone(definition->second.location);
    if (name) {
      found = Found{*name, nullptr, {}};
    } else if (definition != definitions_.end() && definition->second.zone) {
      found = Found{{}, &*definition->second.zone, definition->second.text};
    }
    known = found_.emplace(tzid, std::move(found)).first;
  }
  return known->second ? &*known->second : nullptr;
}

}  // namespace ioud::formats
