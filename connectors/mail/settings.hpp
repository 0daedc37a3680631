#pragma once
// What the admin says of a mail account, checked and made plain. Does no input or output.

#include <optional>
#include <string>
#include <tl/expected.hpp>

#include "connectors/imap/folders.hpp"
#include "connectors/imap/watch.hpp"
#include "connectors/kind.hpp"
#include "connectors/oauth/settings.hpp"
#include "net/stream.hpp"

namespace ioud::connectors::mail {

struct Server {
  net::Peer peer;
  Place place;  ///< of its table in the config
};

struct Settings {
  std::string name;
  std::string user;
  Setting secret;                        ///< the reference to the password or token
  std::optional<oauth::Settings> oauth;  ///< where tokens come from instead
  bool is_token = false;
  Server imap;
  imap::FolderWishes folders;
  imap::WatchPace watch;
  std::size_t first_mails = 0;
  std::optional<Server> smtp;
  std::string smtp_user;             ///< empty: no login
  std::optional<bool> copy_to_sent;  ///< nothing: as the server's habit is
};

/// The keys of a connector of type "mail".
OptionTable options();

tl::expected<Settings, Complaints> read_settings(const Setting& setting,
                                                 const Surroundings& surroundings);

}  // namespace ioud::connectors::mail
