#pragma once
// By whose clock a client lives: what the files say, else what their mails show, else the rep's
// own.

#include <optional>
#include <string_view>
#include <vector>

#include "core/civil_time.hpp"
#include "domain/directory.hpp"

namespace ioud::domain {

/// The Date header of one mail the client wrote.
struct SeenOffset {
  core::Instant at;
  std::chrono::seconds east;
};

/// In this order: the clients file, the contact's card (TZ), the offsets of at least five of their
/// mails, the country of the card where it has one zone, the rep's zone. What cannot be read is
/// passed over.
core::Zone client_zone(const Client& client, const Person* contact,
                       const std::vector<SeenOffset>& mails, const core::Zone& rep);

/// A vCard TZ value: an IANA name, or a fixed offset in whole hours ("-05:00", "+0200").
std::optional<core::Zone> zone_from_card(std::string_view written);

}  // namespace ioud::domain
