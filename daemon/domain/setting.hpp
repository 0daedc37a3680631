#pragma once
// Who the rep is and how he wants things: the part of the configuration that decisions read.

#include <string>
#include <vector>

#include "core/business_days.hpp"
#include "core/civil_time.hpp"
#include "domain/message.hpp"
#include "domain/policy.hpp"

namespace ioud::domain {

struct Rep {
  std::string name;
  std::vector<std::string> addresses;  ///< lower case; the first one writes to clients
  core::Zone zone;
  std::vector<std::string> colleagues;  ///< domains whose people are never clients
  std::string locale = "en-US";         ///< decides how numeric dates are read
};

struct Setting {
  Rep rep;
  Mailbox identity;  ///< proposals and reviews come from here
  Policy policy;
  core::Holidays holidays;  ///< of the policy and of its holiday files
  /// Names of our calendars in the config; "" where none is configured.
  std::string proposals;
  std::string occasions;
  std::string meetings;
};

/// True for an address of the rep himself (not of the identity).
bool is_rep(const Setting& setting, std::string_view address);
bool is_identity(const Setting& setting, std::string_view address);
/// True for the rep's own firm: its people are never clients.
bool is_colleague(const Setting& setting, std::string_view address);

}  // namespace ioud::domain
