#include "connectors/imap/command.hpp"

#include <array>

#include "connectors/mail_head.hpp"
#include "formats/encoding.hpp"

namespace ioud::connectors::imap {
namespace {

/// UTF-16, big-endian, as UTF-8; lone surrogates become U+FFFD.
std::string from_utf16(std::string_view bytes) {
  std::string out;
  const auto unit = [&](std::size_t at) {
    return (std::uint32_t{static_cast<unsigned char>(bytes[at])} << 8U) |
           static_cast<unsigned char>(bytes[at + 1]);
  };
  for (std::size_t i = 0; i + 1 < bytes.size(); i += 2) {
    std::uint32_t point = unit(i);
    if (point >= 0xD800 && point < 0xDC00 && i + 3 < bytes.size() && unit(i + 2) >= 0xDC00 &&
        unit(i + 2) < 0xE000) {
      point = 0x10000 + ((point - 0xD800) << 10U) + (unit(i + 2) - 0xDC00);
      i += 2;
    } else if (point >= 0xD800 && point < 0xE000) {
      point = 0xFFFD;
    }
    if (point < 0x80) {
      out += static_cast<char>(point);
    } else if (point < 0x800) {
      out += static_cast<char>(0xC0U | (point >> 6U));
      out += static_cast<char>(0x80U | (point & 0x3FU));
    } else {
      if (point < 0x10000) {
        out += static_cast<char>(0xE0U | (point >> 12U));
      } else {
        out += static_cast<char>(0xF0U | (point >> 18U));
        out += static_cast<char>(0x80U | ((point >> 12U) & 0x3FU));
      }
      out += static_cast<char>(0x80U | ((point >> 6U) & 0x3FU));
      out += static_cast<char>(0x80U | (point & 0x3FU));
    }
  }
  return out;
}

std::string asked_compact(bool compact) {
  return compact ? "UID SEARCH RETURN (ALL) " : "UID SEARCH ";
}

Command fetch_part(const UidSet& uids, const std::string& part, bool with_labels) {
  return Command("UID FETCH " + uids.text() + " (UID RFC822.SIZE " +
                 (with_labels ? "X-GM-LABELS " : "") + "BODY.PEEK" + part + ")");
}

}  // namespace

Command& Command::literal(const std::string& bytes, bool is_non_synchronising) {
  pieces.back() += "{" + std::to_string(bytes.size()) + (is_non_synchronising ? "+}" : "}");
  if (is_non_synchronising) {
    pieces.back() += "\r\n" + bytes;
  } else {
    pieces.push_back(bytes);
  }
  return *this;
}

std::string quoted(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    const auto byte = static_cast<unsigned char>(c);
    out += byte < 0x20 || byte >= 0x7F ? '?' : c;
  }
  return out + "\"";
}

std::string date_text(core::Instant at) {
  constexpr std::array<const char*, 12> months = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                  "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const core::Date day = core::date_in(core::Zone(), at);
  return std::to_string(static_cast<unsigned>(day.day())) + "-" +
         months[static_cast<unsigned>(day.month()) - 1] + "-" +
         std::to_string(static_cast<int>(day.year()));
}

Command select(const std::string& mailbox, bool read_only) {
  return Command((read_only ? "EXAMINE " : "SELECT ") + quoted(mailbox));
}

Command select_since(const std::string& mailbox, std::uint32_t validity, std::uint64_t modseq) {
  return Command("EXAMINE " + quoted(mailbox) + " (QRESYNC (" + std::to_string(validity) + " " +
                 std::to_string(modseq) + "))");
}

Command search_since(core::Instant since, Uid from, bool compact) {
  std::string line = asked_compact(compact) + "UID " + std::to_string(from) + ":*";
  // A day early: servers compare dates in zones of their own.
  const core::Instant day_before = since - std::chrono::hours(24);
  if (day_before > core::Instant()) line += " SINCE " + date_text(day_before);
  return Command(std::move(line));
}

Command search_uids(const UidSet& uids, bool compact) {
  return Command(asked_compact(compact) + "UID " + uids.text());
}

Command search_message_id(const std::string& message_id, bool compact) {
  return Command(asked_compact(compact) + "UNDELETED HEADER Message-ID " + quoted(message_id));
}

Command fetch_heads(const UidSet& uids) {
  return Command("UID FETCH " + uids.text() +
                 " (UID RFC822.SIZE BODY.PEEK[HEADER.FIELDS (MESSAGE-ID)])");
}

Command fetch_sizes(const UidSet& uids) {
  return Command("UID FETCH " + uids.text() + " (UID RFC822.SIZE)");
}

Command fetch_beginning(const UidSet& uids, std::size_t bytes, bool with_labels) {
  return fetch_part(uids, "[]<0." + std::to_string(bytes) + ">", with_labels);
}

Command fetch_head_fields(const UidSet& uids, bool with_labels) {
  std::string names;
  for (const std::string_view name : head_fields)
    names.append(names.empty() ? "" : " ").append(name);
  return fetch_part(uids, "[HEADER.FIELDS (" + names + ")]", with_labels);
}

std::string decoded_folder_name(std::string_view name) {
  std::string out;
  while (!name.empty()) {
    const auto shift = name.find('&');
    out += name.substr(0, shift);
    if (shift == std::string_view::npos) break;
    const auto end = name.find('-', shift);
    if (end == std::string_view::npos) return out.append(name.substr(shift));
    std::string encoded(name.substr(shift + 1, end - shift - 1));
    for (char& c : encoded)
      if (c == ',') c = '/';
    out += encoded.empty() ? "&" : from_utf16(formats::decode_base64(encoded));
    name.remove_prefix(end + 1);
  }
  return out;
}

}  // namespace ioud::connectors::imap
