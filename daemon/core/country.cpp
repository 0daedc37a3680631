#include "core/country.hpp"

#include <unicode/locid.h>
#include <unicode/timezone.h>

#include <algorithm>
#include <array>
#include <memory>
#include <string>
#include <unordered_map>

#include "core/text.hpp"

namespace ioud::core {
namespace {

constexpr std::array<const char*, 8> languages = {"en", "de", "fr", "es", "it", "nl", "pt", "pl"};

/// Folded names to ISO 3166 codes. ICU needs milliseconds for them, so they are made once, at the
/// first question, and never change.
const std::unordered_map<std::string, std::string>& codes_by_name() {
  static const std::unordered_map<std::string, std::string> codes = [] {
    std::unordered_map<std::string, std::string> all;
    for (const char* const* code = icu::Locale::getISOCountries(); *code != nullptr; ++code)
      all.emplace(ascii_lower(*code), *code);
    for (const char* language : languages) {
      for (const char* const* code = icu::Locale::getISOCountries(); *code != nullptr; ++code) {
        icu::UnicodeString shown;
        std::string name;
        icu::Locale("", *code).getDisplayCountry(icu::Locale(language), shown).toUTF8String(name);
        all.emplace(folded(name), *code);
      }
    }
    return all;
  }();
  return codes;
}

/// The ISO 3166 code, "" for a word that names no country.
std::string code_of(std::string_view country) {
  const auto& codes = codes_by_name();
  const auto found = codes.find(folded(squeezed(country)));
  return found == codes.end() ? std::string() : found->second;
}

/// Whether two zones show the same time the year round.
bool agree(const Zone& a, const Zone& b) {
  for (const char* at : {"2024-01-15T12:00:00Z", "2024-07-15T12:00:00Z", "2026-03-20T12:00:00Z",
                         "2026-10-20T12:00:00Z"}) {
    const Instant instant = *parse_rfc3339(at);
    if (a.offset(instant) != b.offset(instant)) return false;
  }
  return true;
}

}  // namespace

std::optional<Zone> only_zone_of(std::string_view country) {
  const std::string code = code_of(country);
  if (code.empty()) return std::nullopt;
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<icu::StringEnumeration> names(icu::TimeZone::createTimeZoneIDEnumeration(
      UCAL_ZONE_TYPE_CANONICAL_LOCATION, code.c_str(), nullptr, status));
  std::optional<Zone> only;
  while (U_SUCCESS(status)) {
    const char* name = names->next(nullptr, status);
    if (name == nullptr) break;
    const auto zone = Zone::find(name);
    if (!zone || (only && !agree(*only, *zone))) return std::nullopt;
    if (!only) only = *zone;
  }
  return only;
}

}  // namespace ioud::core
