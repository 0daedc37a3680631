#pragma once
// What the admin says of a mail account, checked and made plain. Does no input or output.

#include <optional>
#include <string>
#include <tl/expected.hpp>

#include "connectors/imap/folders.hpp"
#include "connectors/imap/watch.hpp"
#include "connectors/mail_keys.hpp"
#include "connectors/oauth/settings.hpp"

namespace ioud::connectors::mail {

struct Settings {
  std::string name;
  MailLogin login;
  std::optional<oauth::Settings> oauth;  ///< where tokens come from instead
  MailServer imap;
  ReadingWishes reading;
  imap::WatchPace watch;
  std::optional<SmtpServer> smtp;
};

/// The keys of a connector of type "mail".
OptionTable options();

tl::expected<Settings, Complaints> read_settings(const Setting& setting,
                                                 const Surroundings& surroundings);

}  // namespace ioud::connectors::mail
