#pragma once
// What the admin says of a mail account by JMAP, checked and made plain. Does no input or output.

#include <optional>
#include <tl/expected.hpp>

#include "connectors/folder_names.hpp"
#include "connectors/jmap/account.hpp"
#include "connectors/jmap/watch.hpp"
#include "connectors/kind.hpp"

namespace ioud::connectors::jmap {

struct Settings {
  AccountSettings account;
  FolderWishes folders;
  WatchPace watch;
  std::size_t first_mails = 0;
  std::optional<SmtpServer> smtp;
};

/// The keys of a connector of type "jmap".
OptionTable options();

tl::expected<Settings, Complaints> read_settings(const Setting& setting,
                                                 const Surroundings& surroundings);

}  // namespace ioud::connectors::jmap
