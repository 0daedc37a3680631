#include "connectors/smtp/protocol.hpp"

#include <algorithm>
#include <charconv>

#include "core/text.hpp"

namespace ioud::connectors::smtp {
namespace {

using core::Fault;

constexpr std::size_t longest_line = 4096;
constexpr std::size_t most_lines = 200;
constexpr std::size_t shown = 200;
constexpr std::size_t longest_text_line = 998;  ///< without its end (RFC 5321 4.5.3.1.6)

bool is_sane(std::string_view address) {
  return !address.empty() && std::none_of(address.begin(), address.end(), [](char c) {
    return static_cast<unsigned char>(c) <= 0x20 || c == 0x7F || c == '<' || c == '>';
  });
}

bool has_long_line(std::string_view bytes) {
  std::size_t length = 0;
  for (const char c : bytes) {
    length = c == '\n' || c == '\r' ? 0 : length + 1;
    if (length > longest_text_line) return true;
  }
  return false;
}

bool needs_utf8(const Envelope& envelope) {
  return !core::is_ascii(envelope.sender) ||
         std::any_of(envelope.recipients.begin(), envelope.recipients.end(),
                     [](const std::string& one) { return !core::is_ascii(one); });
}

}  // namespace

core::Result<std::optional<Reply>> ReplyReader::next() {
  for (;;) {
    const auto end = buffer_.find('\n');
    if (end == std::string::npos && buffer_.size() <= longest_line) return std::nullopt;
    if (end > longest_line || reply_.lines.size() >= most_lines)
      return core::fail(Fault::protocol, "smtp", "the server's reply is beyond all bounds");
    std::string line = buffer_.substr(0, end);
    buffer_.erase(0, end + 1);
    if (line.ends_with('\r')) line.pop_back();
    int code = 0;
    const auto read =
        std::from_chars(line.data(), line.data() + std::min<std::size_t>(3, line.size()), code);
    const bool is_reply = read.ec == std::errc() && read.ptr == line.data() + 3 && code >= 200 &&
                          code < 600 && (line.size() == 3 || line[3] == ' ' || line[3] == '-');
    const bool is_same = reply_.lines.empty() || code == reply_.code;
    if (!is_reply || !is_same)
      return core::fail(Fault::protocol, "smtp",
                        "this is no reply of a mail server; check host and port");
    reply_.code = code;
    reply_.lines.push_back(line.size() > 4 ? line.substr(4) : std::string());
    if (line.size() > 3 && line[3] == '-') continue;
    Reply reply = std::move(reply_);
    reply_ = {};
    return reply;
  }
}

Abilities abilities_of(const Reply& ehlo) {
  Abilities abilities;
  for (std::size_t i = 1; i < ehlo.lines.size(); ++i) {
    const auto words = core::split(core::squeezed(ehlo.lines[i]), ' ');
    const std::string word = core::ascii_lower(words.front());
    if (word == "starttls") abilities.starttls = true;
    if (word == "8bitmime") abilities.eight_bit = true;
    if (word == "smtputf8") abilities.utf8_addresses = true;
    if (word == "size") {
      std::size_t size = 0;
      if (words.size() > 1)
        std::from_chars(words[1].data(), words[1].data() + words[1].size(), size);
      abilities.size = size;
    }
    // "AUTH=PLAIN" is what some old servers still write.
    if (word == "auth")
      abilities.mechanisms.insert(abilities.mechanisms.end(), words.begin() + 1, words.end());
    if (word.starts_with("auth=")) abilities.mechanisms.push_back(words.front().substr(5));
  }
  return abilities;
}

core::Result<bool> check(const Envelope& envelope, std::string_view bytes,
                         const Abilities& abilities) {
  if (!is_sane(envelope.sender))
    return core::fail(Fault::rejected, "smtp", "the sender's address cannot be sent from");
  if (envelope.recipients.empty())
    return core::fail(Fault::rejected, "smtp", "the mail is for nobody");
  for (const std::string& recipient : envelope.recipients)
    if (!is_sane(recipient))
      return core::fail(Fault::rejected, "smtp", "found an address that no mail can be sent to");
  if (needs_utf8(envelope) && !abilities.utf8_addresses)
    return core::fail(Fault::rejected, "smtp",
                      "an address is not ASCII and the server takes no such addresses");
  if (!core::is_ascii(bytes) && !abilities.eight_bit)
    return core::fail(Fault::rejected, "smtp",
                      "the mail has 8-bit bytes and the server takes none");
  if (has_long_line(bytes))
    return core::fail(Fault::rejected, "smtp",
                      "the mail has a line of more than " + std::to_string(longest_text_line) +
                          " bytes, which servers cut in two");
  if (abilities.size && *abilities.size > 0 && bytes.size() > *abilities.size)
    return core::fail(Fault::rejected, "smtp",
                      "the mail has " + std::to_string(bytes.size()) + " bytes, the server takes " +
                          std::to_string(*abilities.size));
  return true;
}

std::string mail_from(const Envelope& envelope, std::string_view bytes,
                      const Abilities& abilities) {
  std::string line = "MAIL FROM:<" + envelope.sender + ">";
  if (abilities.size) line += " SIZE=" + std::to_string(bytes.size());
  if (abilities.eight_bit && !core::is_ascii(bytes)) line += " BODY=8BITMIME";
  if (needs_utf8(envelope)) line += " SMTPUTF8";
  return line;
}

std::string rcpt_to(const std::string& recipient) { return "RCPT TO:<" + recipient + ">"; }

std::string dot_stuffed(std::string_view bytes) {
  std::string out;
  out.reserve(bytes.size() + bytes.size() / 64);
  bool is_line_start = true;
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    const char c = bytes[i];
    if (c == '\r' && i + 1 < bytes.size() && bytes[i + 1] == '\n') continue;
    if (c == '\n' || c == '\r') {
      // A lone CR or LF would be read as a line end by some servers and not by others.
      out += "\r\n";
      is_line_start = true;
      continue;
    }
    if (is_line_start && c == '.') out += '.';
    out += c;
    is_line_start = false;
  }
  if (!is_line_start) out += "\r\n";
  return out;
}

core::Error refusal(const Reply& reply, const std::string& host, const std::string& what) {
  Fault fault = reply.code >= 500 ? Fault::rejected : Fault::transient;
  if (reply.code == 530 || reply.code == 534 || reply.code == 535 || reply.code == 538)
    fault = Fault::auth;
  const std::string said = reply.lines.empty()
                               ? std::string()
                               : core::shortened(core::made_utf8(reply.lines.back()), shown);
  return {fault, host, what + " (" + std::to_string(reply.code) + " \"" + said + "\")",
          std::nullopt};
}

}  // namespace ioud::connectors::smtp
