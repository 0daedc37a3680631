#pragma once
// The keys that kinds of mail accounts have in common: the login, a server that speaks in lines,
// how mail is read, and the SMTP server that it is handed to. Reads tables that were checked
// against the rows and gathers complaints; no input or output.

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "connectors/folder_names.hpp"
#include "connectors/usual_keys.hpp"
#include "net/stream.hpp"

namespace ioud::connectors {

struct MailLogin {
  std::string user;
  Setting secret;  ///< the reference to the password or token
  bool is_token = false;
  std::string ca_file;  ///< as net::Peer has it
};

struct ReadingWishes {
  FolderWishes folders;
  std::size_t first_mails = 0;
  std::chrono::seconds poll{0};
};

struct MailServer {
  net::Peer peer;
  Place place;  ///< of its table in the config
};

struct SmtpServer : MailServer {
  std::string user;  ///< empty: no login
  Setting secret;    ///< as MailLogin has it
  bool is_token = false;
  std::optional<bool> copy_to_sent;  ///< nothing: as the server's habit is
};

/// The port that goes with each net::Security.
struct UsualPorts {
  std::int64_t tls = 0;
  std::int64_t starttls = 0;
  std::int64_t none = 0;
};

/// `user`, `password`, `token` and `ca_file`.
std::vector<Option> login_rows();
/// `host`, `port` and `security` of the table at `path`.
std::vector<Option> server_rows(const std::string& path, const std::string& host,
                                std::int64_t usual_port);
/// How a mailbox is read: `sent`, `drafts`, `skip`, `first_mails` and `poll_seconds`, each behind
/// `path` ("imap.", or nothing).
std::vector<Option> reading_rows(const std::string& path);
/// `smtp` and its keys.
std::vector<Option> smtp_rows();

/// `further`: a key that may stand in place of password and token, and brings a token.
MailLogin read_login(const Setting& connector, UsualKeys& keys, const std::string& further = {});
MailServer read_server(const Setting& table, UsualPorts ports, const std::string& ca_file,
                       UsualKeys& keys);
/// From the table that holds the keys of reading_rows.
ReadingWishes read_reading(const Setting& table);
/// Nothing where the connector has no `smtp`.
std::optional<SmtpServer> read_smtp(const Setting& connector, const MailLogin& login,
                                    UsualKeys& keys);

/// The whole number of a key, or `otherwise` where it is absent.
std::int64_t number(const Setting& table, std::string_view key, std::int64_t otherwise);

}  // namespace ioud::connectors
