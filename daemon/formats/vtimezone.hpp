#pragma once
// VTIMEZONE (RFC 5545 3.6.5) both ways: a file's own zone as a function from wall clock to instant,
// for zones that have no name we know, and the VTIMEZONE we write beside a TZID of ours.

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/civil_time.hpp"
#include "core/result.hpp"
#include "formats/component.hpp"
#include "formats/rule.hpp"

namespace ioud::formats {

/// A zone as a file defines it.
class CustomZone {
 public:
  /// Fails with Fault::protocol where offsets or onsets cannot be read.
  static core::Result<CustomZone> read(const Component& vtimezone);
  /// The same from the text of one VTIMEZONE.
  static core::Result<CustomZone> read(std::string_view vtimezone);

  /// As core::Zone does: a skipped time has the offset before the gap, a doubled one is the first.
  core::Instant to_instant(core::LocalTime local) const;

 private:
  /// One STANDARD or DAYLIGHT: from each of its onsets on, clocks are `to` east of UTC.
  struct Observance {
    core::LocalTime start;
    std::chrono::seconds from{0};
    std::chrono::seconds to{0};
    std::vector<core::LocalTime> dates;
    std::optional<Rule> rule;
  };
  struct Onset {
    core::Instant at;
    std::chrono::seconds offset{0};
  };

  static core::Result<Observance> read_observance(const Component& part);
  static void add_onsets(const Observance& observance, core::LocalTime from, core::LocalTime to,
                         std::vector<Onset>& onsets);
  const std::vector<Onset>& onsets_around(core::LocalTime local) const;

  std::vector<Observance> observances_;
  mutable std::map<int, std::vector<Onset>> by_year_;  ///< computed when first asked for
};

/// The VTIMEZONE of an IANA zone with the offsets in force from a year before `from` to some years
/// after `to`; yearly rules where the zone keeps one. Lines end in CRLF.
std::string write_vtimezone(const core::Zone& zone, core::Instant from, core::Instant to);

}  // namespace ioud::formats
