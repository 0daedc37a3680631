#pragma once
// What the admin says of a mail account by JMAP, checked and made plain. Does no input or output.

#include <optional>
#include <tl/expected.hpp>

#include "connectors/jmap/account.hpp"
#include "connectors/jmap/watch.hpp"
#include "connectors/kind.hpp"

namespace ioud::connectors::jmap {

struct Settings {
  AccountSettings account;
  ReadingWishes reading;
  WatchPace watch;
  std::optional<SmtpServer> smtp;
};

/// The keys of a connector of type "jmap".
OptionTable options();

tl::expected<Settings, Complaints> read_settings(const Setting& setting,
                                                 const Surroundings& surroundings);

}  // namespace ioud::connectors::jmap
