#pragma once
// The beginning of a config: one rep, his identity and a state folder beside the file.

#include <string>

namespace ioud::fakes {

/// Nine lines, then `rest`.
inline std::string sample_config(const std::string& rest) {
  return R"([rep]
name = "Tom Reyes"
addresses = ["tom@rep.test"]
time_zone = "America/Chicago"
colleagues = ["rep.test"]
[identity]
address = "tom+ioud@rep.test"
[state]
directory = "state"
)" + rest;
}

/// Favours and their sit-downs alone: no other reason to write to anybody.
inline const std::string favours_alone = R"([policy.features]
cadence = false
referrals = false
after_sale = false
planning = false
parity = false
prep = false
)";

/// A connector of local folders with the one calendar that proposals go to.
inline const std::string disk_of_proposals = R"([[connector]]
name = "disk"
type = "local"
calendars = [{ name = "IOUs", path = "ious", use = ["proposals"] }]
)";

}  // namespace ioud::fakes
