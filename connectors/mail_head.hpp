#pragma once
// The head of a mail (RFC 5322 2.2): what is looked at before anybody asks for its body.

#include <array>
#include <string_view>

namespace ioud::connectors {

/// All that a MailFilter needs to know of a mail; servers that can are asked for no more.
inline constexpr std::array<std::string_view, 7> head_fields = {
    "From", "To", "Cc", "Date", "Subject", "Message-ID", "Content-Type"};

/// The header of a message with the empty line that ends it; all of it where none does.
constexpr std::string_view head_in(std::string_view message) {
  for (const std::string_view gap : {"\r\n\r\n", "\n\n"})
    if (const auto at = message.find(gap); at != std::string_view::npos)
      return message.substr(0, at + gap.size());
  return message;
}

}  // namespace ioud::connectors
