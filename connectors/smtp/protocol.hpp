#pragma once
// What is said between us and a server that takes mail to be sent (RFC 5321, 6409): replies read,
// commands worded, the mail made ready for the wire. Pure; bounded.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.hpp"

namespace ioud::connectors::smtp {

struct Reply {
  int code = 0;
  std::vector<std::string> lines;  ///< without the code
  bool is_good() const { return code >= 200 && code < 400; }
};

/// Cuts bytes into replies.
class ReplyReader {
 public:
  void feed(std::string_view bytes) { buffer_.append(bytes); }
  /// Nothing where more bytes are needed; Fault::protocol where it is no reply or too long.
  core::Result<std::optional<Reply>> next();
  bool is_empty() const { return buffer_.empty() && reply_.lines.empty(); }

 private:
  std::string buffer_;
  Reply reply_;
};

/// What the server can do, from its answer to EHLO.
struct Abilities {
  bool starttls = false;
  bool eight_bit = false;
  bool utf8_addresses = false;
  std::optional<std::size_t> size;      ///< the largest mail it takes; 0 is "no limit told"
  std::vector<std::string> mechanisms;  ///< upper case
};

Abilities abilities_of(const Reply& ehlo);

struct Envelope {
  std::string sender;
  std::vector<std::string> recipients;
};

/// Fails with Fault::rejected where the server cannot take such a mail at all, would not hand it on
/// as it is, or an address could not be told from a command.
core::Result<bool> check(const Envelope& envelope, std::string_view bytes,
                         const Abilities& abilities);

std::string mail_from(const Envelope& envelope, std::string_view bytes, const Abilities& abilities);
std::string rcpt_to(const std::string& recipient);

/// The mail with CRLF lines and doubled leading dots (RFC 5321 4.5.2), without the final dot.
std::string dot_stuffed(std::string_view bytes);

/// What a refusal means: 4xx is transient, 5xx rejected, those of a login auth.
core::Error refusal(const Reply& reply, const std::string& host, const std::string& what);

}  // namespace ioud::connectors::smtp
