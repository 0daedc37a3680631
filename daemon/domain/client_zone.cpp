#include "domain/client_zone.hpp"

#include <algorithm>
#include <array>

#include "core/country.hpp"
#include "core/text.hpp"

namespace ioud::domain {
namespace {

using core::Zone;

constexpr std::size_t fewest_mails = 5;

/// Zones to try for offsets seen in mails, the rep's own before them; the commoner clocks first.
constexpr std::array<const char*, 26> common_zones = {
    "America/New_York",  "America/Chicago",  "America/Denver",     "America/Los_Angeles",
    "America/Phoenix",   "America/Halifax",  "America/St_Johns",   "America/Sao_Paulo",
    "America/Anchorage", "Pacific/Honolulu", "Europe/London",      "Europe/Berlin",
    "Europe/Helsinki",   "Europe/Istanbul",  "Africa/Lagos",       "Africa/Johannesburg",
    "Asia/Dubai",        "Asia/Karachi",     "Asia/Kolkata",       "Asia/Bangkok",
    "Asia/Shanghai",     "Asia/Tokyo",       "Australia/Adelaide", "Australia/Brisbane",
    "Australia/Sydney",  "Pacific/Auckland"};

/// The zone whose clock showed every offset, or the fixed one where all are the same whole hours.
std::optional<Zone> zone_of_mails(const std::vector<SeenOffset>& mails, const Zone& rep) {
  if (mails.size() < fewest_mails) return std::nullopt;
  const auto fits = [&mails](const Zone& zone) {
    return std::all_of(mails.begin(), mails.end(), [&zone](const SeenOffset& mail) {
      return zone.offset(mail.at) == mail.east;
    });
  };
  if (fits(rep)) return rep;
  for (const char* name : common_zones) {
    const auto zone = Zone::find(name);
    if (zone && fits(*zone)) return *zone;
  }
  return std::nullopt;
}

}  // namespace

std::optional<Zone> zone_from_card(std::string_view written) {
  const std::string text = core::squeezed(written);
  if (text.empty()) return std::nullopt;
  if (const auto zone = Zone::find(text)) return *zone;
  if (text.size() < 3 || (text[0] != '+' && text[0] != '-')) return std::nullopt;
  // Borrow the reader of RFC 3339 for the offset, written with or without its colon.
  std::string time = "2026-01-01T12:00:00";
  time.append(text, 0, 3).append(":");
  time.append(text.size() == 3 ? "00" : text.substr(text[3] == ':' ? 4 : 3));
  const auto noon = core::parse_rfc3339(time);
  if (!noon) return std::nullopt;
  const auto west = *noon - *core::parse_rfc3339("2026-01-01T12:00:00Z");
  const auto hours = std::chrono::duration_cast<std::chrono::hours>(west);
  if (hours != west) return std::nullopt;
  // The names of Etc count hours west of Greenwich as positive.
  std::string name = "Etc/GMT";
  if (hours.count() > 0) name += '+';
  if (hours.count() != 0) name += std::to_string(hours.count());
  const auto zone = Zone::find(name);
  return zone ? std::optional<Zone>(*zone) : std::nullopt;
}

Zone client_zone(const Client& client, const Person* contact, const std::vector<SeenOffset>& mails,
                 const Zone& rep) {
  if (const auto zone = Zone::find(client.zone); zone && !client.zone.empty()) return *zone;
  if (contact != nullptr)
    if (const auto zone = zone_from_card(contact->zone)) return *zone;
  if (const auto zone = zone_of_mails(mails, rep)) return *zone;
  if (contact != nullptr)
    if (const auto zone = core::only_zone_of(contact->country)) return *zone;
  return rep;
}

}  // namespace ioud::domain
