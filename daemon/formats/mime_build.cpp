#include <algorithm>

#include "core/ident.hpp"
#include "core/text.hpp"
#include "formats/encoding.hpp"
#include "formats/event_text.hpp"
#include "formats/mime.hpp"

namespace ioud::formats {
namespace {

using domain::Mailbox;

constexpr std::string_view crlf = "\r\n";
constexpr std::size_t line_limit = 76;
constexpr std::size_t longest_word = 900;       // a line of a header has 998 bytes at most
constexpr std::size_t encoded_word_bytes = 45;  // gives 60 characters of base64 and 12 around them

/// Without line breaks and other controls: nothing in a value may begin another header.
std::string clean(std::string_view text) {
  std::string out(text);
  std::replace_if(
      out.begin(), out.end(),
      [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; }, ' ');
  return core::squeezed(out);
}

/// RFC 2047 words, each of whole characters and with a space between.
std::string encoded_words(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    std::size_t cut = std::min(encoded_word_bytes, text.size());
    while (cut < text.size() && cut > 0 &&
           (static_cast<unsigned char>(text[cut]) & 0xC0U) == 0x80U) {
      --cut;
    }
    if (cut == 0) cut = std::min(encoded_word_bytes, text.size());
    out += (out.empty() ? "=?utf-8?B?" : " =?utf-8?B?") +
           encode_base64(text.substr(0, cut), false) + "?=";
    text.remove_prefix(cut);
  }
  return out;
}

/// A header is folded between words, so none may fill a line.
bool has_short_words(std::string_view value) {
  const auto words = core::split(value, ' ');
  return std::all_of(words.begin(), words.end(),
                     [](const std::string& word) { return word.size() <= longest_word; });
}

/// Whether it can stand in a header as it is: what looks like an encoded word must not be read as
/// one.
bool stands_plain(std::string_view value) {
  return core::is_ascii(value) && value.find("=?") == std::string_view::npos &&
         has_short_words(value);
}

std::string unstructured(std::string_view text) {
  const std::string value = clean(text);
  return stands_plain(value) ? value : encoded_words(value);
}

std::string phrase(std::string_view name) {
  const std::string value = clean(name);
  if (!stands_plain(value)) return encoded_words(value);
  const bool is_plain = std::all_of(value.begin(), value.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == ' ' ||
           c == '-' || c == '_';
  });
  if (is_plain) return value;
  return '"' + core::replaced(core::replaced(value, "\\", "\\\\"), "\"", "\\\"") + '"';
}

std::string mailbox_text(const Mailbox& mailbox) {
  const std::string address = "<" + core::replaced(clean(mailbox.address), " ", "") + ">";
  return mailbox.name.empty() ? address.substr(1, address.size() - 2)
                              : phrase(mailbox.name) + " " + address;
}

/// A header folded at spaces; a word longer than a line stays whole.
std::string header(std::string_view name, std::string_view value) {
  std::string out = std::string(name) + ":";
  std::size_t column = out.size();
  for (const std::string& word : core::split(value, ' ')) {
    if (word.empty()) continue;
    const bool fits = column + 1 + word.size() <= line_limit;
    if (!fits) {
      out += crlf;
      column = 0;
    }
    out += ' ' + word;
    column += 1 + word.size();
  }
  return out.append(crlf);
}

std::string mailboxes_header(std::string_view name, const std::vector<Mailbox>& mailboxes) {
  std::vector<std::string> texts;
  for (const Mailbox& each : mailboxes) texts.push_back(mailbox_text(each));
  return header(name, core::joined(texts, ", "));
}

/// Without those that fit into no line.
std::string ids(const std::vector<std::string>& message_ids) {
  std::string out;
  for (const std::string& id : message_ids) {
    if (id.size() > longest_word) continue;
    out += (out.empty() ? "<" : " <") + core::replaced(clean(id), " ", "") + ">";
  }
  return out;
}

/// "Wed, 04 Mar 2026 14:25:00 -0600"
std::string date_text(core::Instant at, const core::Zone& zone) {
  const std::string rfc3339 = core::format_rfc3339(at, zone);
  const core::Date day = core::date_in(zone, at);
  const std::string clock = rfc3339.substr(11, 8);
  const std::string east = core::replaced(rfc3339.substr(19), ":", "");
  const std::string number = (static_cast<unsigned>(day.day()) < 10 ? "0" : "");
  return core::short_weekday(day) + ", " + number + core::long_day(day) + " " + clock + " " + east;
}

/// The part's headers and body; quoted-printable only where seven bits or the line length ask for
/// it.
std::string text_part(std::string_view body) {
  std::string text = core::replaced(core::made_utf8(body), "\r\n", "\n");
  if (text.empty() || text.back() != '\n') text += '\n';
  const auto lines = core::split(text, '\n');
  const bool is_short = std::all_of(lines.begin(), lines.end(), [](const std::string& line) {
    return line.size() <= line_limit + 2 && line.substr(0, 5) != "From " &&
           (line.empty() || line.back() != ' ');
  });
  const bool is_plain = core::is_ascii(text) && is_short && text.find('\r') == std::string::npos &&
                        text.find('\0') == std::string::npos;
  return header("Content-Type", "text/plain; charset=utf-8") +
         header("Content-Transfer-Encoding", is_plain ? "7bit" : "quoted-printable") +
         std::string(crlf) +
         (is_plain ? core::replaced(text, "\n", crlf) : encode_quoted_printable(text));
}

std::string multipart(std::string_view subtype, const std::string& boundary,
                      const std::vector<std::string>& parts) {
  std::string out = header("Content-Type", "multipart/" + std::string(subtype) + "; boundary=\"" +
                                               boundary + "\"") +
                    std::string(crlf);
  for (const std::string& part : parts) {
    // The line end before a boundary belongs to the boundary, so the part keeps its own.
    out.append("--").append(boundary).append(crlf).append(part).append(crlf);
  }
  return out + "--" + boundary + "--" + std::string(crlf);
}

/// multipart/mixed { alternative { plain, calendar }, invite.ics }: the calendar comes last in the
/// alternative because the last one is what a program should show (RFC 2046 5.1.4).
std::string invitation(const domain::OutgoingMail& mail) {
  const std::string calendar =
      encode_base64(write_imip(*mail.event, mail.method, mail.zone, mail.date), true);
  const std::string shown =
      header("Content-Type", "text/calendar; charset=utf-8; method=" + clean(mail.method)) +
      header("Content-Transfer-Encoding", "base64") + std::string(crlf) + calendar;
  const std::string attached =
      header("Content-Type", "application/ics; name=\"invite.ics\"") +
      header("Content-Disposition", "attachment; filename=\"invite.ics\"") +
      header("Content-Transfer-Encoding", "base64") + std::string(crlf) + calendar;
  const std::string inner = "=_alt_" + core::ident({mail.message_id, "alternative"});
  const std::string outer = "=_mix_" + core::ident({mail.message_id, "mixed"});
  return multipart("mixed", outer,
                   {multipart("alternative", inner, {text_part(mail.body), shown}), attached});
}

}  // namespace

std::string build_mail(const domain::OutgoingMail& mail) {
  std::string out = mailboxes_header("From", {mail.from});
  out += mailboxes_header("To", mail.to);
  out += header("Subject", unstructured(mail.subject));
  out += header("Date", date_text(mail.date, mail.zone));
  out += header("Message-ID", ids({mail.message_id}));
  const std::string answers = ids({mail.in_reply_to});
  const std::string thread = ids(mail.references);
  if (!mail.in_reply_to.empty() && !answers.empty()) out += header("In-Reply-To", answers);
  if (!thread.empty()) out += header("References", thread);
  out += header("MIME-Version", "1.0");
  return out + (mail.event ? invitation(mail) : text_part(mail.body));
}

}  // namespace ioud::formats
