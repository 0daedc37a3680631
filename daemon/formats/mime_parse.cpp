#include <gmime/gmime.h>

#include <algorithm>
#include <array>
#include <memory>
#include <optional>

#include "core/ident.hpp"
#include "core/text.hpp"
#include "formats/encoding.hpp"
#include "formats/flowed.hpp"
#include "formats/html.hpp"
#include "formats/mime.hpp"

namespace ioud::formats {
namespace {

constexpr int depth_limit = 40;
constexpr int part_limit = 1000;
constexpr std::size_t text_limit = 4U << 20U;
constexpr std::size_t reference_limit = 1000;

struct Unref {
  void operator()(gpointer object) const { g_object_unref(object); }
};
template <class T>
using Owned = std::unique_ptr<T, Unref>;

std::string_view view(const char* text) { return text == nullptr ? "" : text; }

void start_gmime() {
  static const bool is_started = [] {
    g_mime_init();
    return true;
  }();
  static_cast<void>(is_started);
}

Owned<GMimeMessage> parsed(std::string_view bytes) {
  start_gmime();
  const Owned<GMimeStream> stream(g_mime_stream_mem_new_with_buffer(bytes.data(), bytes.size()));
  const Owned<GMimeParser> parser(g_mime_parser_new_with_stream(stream.get()));
  const std::unique_ptr<GMimeParserOptions, void (*)(GMimeParserOptions*)> options(
      g_mime_parser_options_new(), g_mime_parser_options_free);
  std::array<const char*, 3> charsets = {"utf-8", "windows-1252", nullptr};
  g_mime_parser_options_set_fallback_charsets(options.get(), charsets.data());
  return Owned<GMimeMessage>(g_mime_parser_construct_message(parser.get(), options.get()));
}

/// Header text of any origin as one line of UTF-8.
std::string one_line(std::string_view text) { return core::squeezed(to_utf8(text, "")); }

void read_headers(GMimeObject* object, ParsedMail& mail) {
  if (object == nullptr) return;
  GMimeHeaderList* list = g_mime_object_get_header_list(object);
  const int count = g_mime_header_list_get_count(list);
  for (int i = 0; i < count; ++i) {
    GMimeHeader* header = g_mime_header_list_get_header_at(list, i);
    mail.headers.emplace_back(core::ascii_lower(view(g_mime_header_get_name(header))),
                              one_line(view(g_mime_header_get_value(header))));
  }
}

void read_mailboxes(InternetAddressList* list, std::vector<domain::Mailbox>& mailboxes,
                    int depth = 0) {
  const int count = list == nullptr ? 0 : internet_address_list_length(list);
  for (int i = 0; i < count; ++i) {
    InternetAddress* address = internet_address_list_get_address(list, i);
    if (INTERNET_ADDRESS_IS_GROUP(address)) {
      if (depth < 3) {
        read_mailboxes(internet_address_group_get_members(INTERNET_ADDRESS_GROUP(address)),
                       mailboxes, depth + 1);
      }
      continue;
    }
    domain::Mailbox mailbox;
    mailbox.name = one_line(view(internet_address_get_name(address)));
    mailbox.address = core::ascii_lower(core::trimmed(
        to_utf8(view(internet_address_mailbox_get_addr(INTERNET_ADDRESS_MAILBOX(address))), "")));
    if (!mailbox.address.empty()) mailboxes.push_back(std::move(mailbox));
  }
}

/// The ids of a References or In-Reply-To header, which some programs write without brackets.
std::vector<std::string> message_ids(std::string_view header) {
  std::vector<std::string> ids;
  std::string_view rest = header;
  while (ids.size() < reference_limit) {
    const std::size_t open = rest.find('<');
    const std::size_t close = rest.find('>', open == std::string_view::npos ? 0 : open);
    if (open == std::string_view::npos || close == std::string_view::npos) break;
    ids.push_back(core::replaced(rest.substr(open + 1, close - open - 1), " ", ""));
    rest.remove_prefix(close + 1);
  }
  if (ids.empty() && header.find('@') != std::string_view::npos) {
    for (const std::string& word : core::split(core::squeezed(header), ' ')) {
      if (word.find('@') != std::string::npos) ids.push_back(word);
    }
  }
  return ids;
}

/// The Date header's instant and offset.
bool read_date(std::string_view header, ParsedMail& mail) {
  const std::unique_ptr<GDateTime, void (*)(GDateTime*)> date(
      header.empty() ? nullptr : g_mime_utils_header_decode_date(std::string(header).c_str()),
      [](GDateTime* each) { g_date_time_unref(each); });
  if (!date) return false;
  const gint64 seconds = g_date_time_to_unix(date.get());
  mail.date = core::Instant{std::chrono::seconds{seconds}};
  mail.offset = std::chrono::seconds{g_date_time_get_utc_offset(date.get()) / G_TIME_SPAN_SECOND};
  const int year = static_cast<int>(core::date_in(core::Zone(), mail.date).year());
  return year >= 1970 && year < 2200;
}

bool is_bulk(const ParsedMail& mail) {
  const std::string precedence = core::ascii_lower(mail.header("precedence"));
  return precedence == "bulk" || precedence == "list" || precedence == "junk" ||
         std::any_of(mail.headers.begin(), mail.headers.end(),
                     [](const auto& header) { return header.first.substr(0, 5) == "list-"; });
}

bool is_automatic(const ParsedMail& mail) {
  const std::string submitted = core::ascii_lower(mail.header("auto-submitted"));
  const std::string suppressed = core::ascii_lower(mail.header("x-auto-response-suppress"));
  const std::string precedence = core::ascii_lower(mail.header("precedence"));
  const bool has_own_header = !mail.header("x-autoreply").empty() ||
                              !mail.header("x-autorespond").empty() ||
                              !mail.header("x-autoresponse").empty();
  const std::string type = core::ascii_lower(mail.header("content-type"));
  return (!submitted.empty() && submitted.substr(0, 2) != "no") ||
         (!suppressed.empty() && suppressed != "none") || precedence == "auto_reply" ||
         has_own_header || mail.header("return-path") == "<>" ||
         type.substr(0, 16) == "multipart/report";
}

std::string content_of(GMimeObject* object) {
  GMimeDataWrapper* content = g_mime_part_get_content(GMIME_PART(object));
  if (content == nullptr) return {};
  const Owned<GMimeStream> memory(g_mime_stream_mem_new());
  g_mime_data_wrapper_write_to_stream(content, memory.get());
  const GByteArray* bytes = g_mime_stream_mem_get_byte_array(GMIME_STREAM_MEM(memory.get()));
  const std::size_t size = std::min<std::size_t>(bytes->len, text_limit);
  return size == 0 ? std::string() : std::string(reinterpret_cast<const char*>(bytes->data), size);
}

std::string parameter(GMimeObject* object, const char* name) {
  return std::string(view(g_mime_object_get_content_type_parameter(object, name)));
}

std::string text_content(GMimeObject* object) {
  const std::string text = to_utf8(content_of(object), parameter(object, "charset"));
  return core::replaced(core::replaced(text, "\r\n", "\n"), std::string_view("\0", 1), "");
}

/// What a part has to say, in both of its forms.
struct Texts {
  std::string plain;
  std::string html;
};

bool is_stub(std::string_view plain, std::string_view html_text) {
  const std::string_view words = core::trimmed(plain);
  if (words.empty()) return true;
  return words.size() < 300 && words.size() < html_text.size() &&
         core::ascii_lower(words).find("html") != std::string::npos;
}

std::string best_of(Texts texts) {
  if (texts.html.empty()) return std::move(texts.plain);
  const bool is_clearly_plain = texts.plain.size() >= 300;
  if (is_clearly_plain) return std::move(texts.plain);
  std::string html_text = html_to_text(texts.html);
  return is_stub(texts.plain, html_text) ? std::move(html_text) : std::move(texts.plain);
}

/// Walks the parts of one message, within bounds.
class BodyReader {
 public:
  explicit BodyReader(ParsedMail& mail) : mail_(mail) {}

  Texts read(GMimeObject* object, int depth = 0) {
    if (object == nullptr || depth > depth_limit || ++parts_ > part_limit) return {};
    if (GMIME_IS_MULTIPART(object)) return read_multipart(GMIME_MULTIPART(object), depth);
    // A message inside is not what its sender wrote.
    if (!GMIME_IS_PART(object)) return {};
    return read_leaf(object);
  }

  /// No text/calendar was found, but a calendar file was attached.
  void use_attached_calendar() {
    if (mail_.calendar.empty()) mail_.calendar = std::move(attached_calendar_);
  }

 private:
  static bool is_type(GMimeObject* object, const char* type, const char* subtype) {
    return g_mime_content_type_is_type(g_mime_object_get_content_type(object), type, subtype) != 0;
  }

  Texts read_multipart(GMimeMultipart* multipart, int depth) {
    GMimeObject* object = GMIME_OBJECT(multipart);
    const int count = g_mime_multipart_get_count(multipart);
    if (is_type(object, "multipart", "encrypted")) mail_.is_encrypted = true;
    if (mail_.is_encrypted || count == 0) return {};
    const bool only_first =
        is_type(object, "multipart", "related") || is_type(object, "multipart", "signed");
    if (only_first) {
      // The other parts are images and signatures; a calendar among them still counts.
      Texts root = read(g_mime_multipart_get_part(multipart, 0), depth + 1);
      for (int i = 1; i < count; ++i) read(g_mime_multipart_get_part(multipart, i), depth + 1);
      return root;
    }
    const bool is_choice = is_type(object, "multipart", "alternative");
    Texts all;
    for (int i = 0; i < count && parts_ < part_limit; ++i) {
      Texts part = read(g_mime_multipart_get_part(multipart, i), depth + 1);
      if (is_choice) {
        if (all.plain.empty()) all.plain = std::move(part.plain);
        if (all.html.empty()) all.html = std::move(part.html);
      } else if (all.plain.size() < text_limit) {
        const std::string text = best_of(std::move(part));
        if (!all.plain.empty() && !text.empty() && all.plain.back() != '\n') all.plain += '\n';
        all.plain += text;
      }
    }
    return all;
  }

  Texts read_leaf(GMimeObject* object) {
    Texts texts;
    GMimeContentDisposition* disposition = g_mime_object_get_content_disposition(object);
    const bool is_attached =
        disposition != nullptr && g_mime_content_disposition_is_attachment(disposition) != 0;
    if (is_type(object, "text", "calendar")) {
      if (mail_.calendar.empty()) {
        mail_.calendar = to_utf8(content_of(object), parameter(object, "charset"));
        mail_.calendar_method = core::ascii_upper(core::trimmed(parameter(object, "method")));
      }
    } else if (is_type(object, "application", "ics")) {
      if (attached_calendar_.empty()) attached_calendar_ = to_utf8(content_of(object), "");
    } else if (is_type(object, "application", "pkcs7-mime") ||
               is_type(object, "application", "x-pkcs7-mime")) {
      mail_.is_encrypted = true;
    } else if (!is_attached && is_type(object, "text", "html")) {
      texts.html = text_content(object);
    } else if (!is_attached && is_type(object, "text", "plain")) {
      texts.plain = text_content(object);
      if (core::iequals(parameter(object, "format"), "flowed")) {
        texts.plain = unwrap_flowed(texts.plain, core::iequals(parameter(object, "delsp"), "yes"));
      }
    }
    return texts;
  }

  ParsedMail& mail_;
  std::string attached_calendar_;
  int parts_ = 0;
};

/// A multipart whose boundary is missing: all below the headers, as it stands.
std::string raw_body(std::string_view bytes) {
  for (const std::string_view gap : {"\r\n\r\n", "\n\n"}) {
    const std::size_t found = bytes.find(gap);
    if (found == std::string_view::npos) continue;
    return core::replaced(to_utf8(bytes.substr(found + gap.size()).substr(0, text_limit), ""),
                          "\r\n", "\n");
  }
  return {};
}

tl::unexpected<core::Error> lacking(std::string_view place, std::string_view header,
                                    std::string_view found, std::string_view expected) {
  const std::string shown =
      found.empty() ? "is missing" : "is \"" + core::shortened(found, 40) + '"';
  return core::fail(
      core::Fault::protocol, std::string(place),
      "the header " + std::string(header) + " " + shown + ", expected " + std::string(expected));
}

}  // namespace

std::string_view ParsedMail::header(std::string_view name) const {
  const auto found = std::find_if(headers.begin(), headers.end(),
                                  [&](const auto& header) { return header.first == name; });
  return found == headers.end() ? std::string_view() : std::string_view(found->second);
}

core::Result<ParsedMail> parse_mail(std::string_view bytes, std::string_view place) {
  const Owned<GMimeMessage> message = parsed(bytes);
  ParsedMail mail;
  if (message) {
    read_headers(GMIME_OBJECT(message.get()), mail);
    read_headers(g_mime_message_get_mime_part(message.get()), mail);
  }
  if (!message || mail.headers.empty()) {
    return core::fail(core::Fault::protocol, std::string(place),
                      "found no headers, expected a mail (RFC 5322)");
  }
  std::vector<domain::Mailbox> from;
  read_mailboxes(g_mime_message_get_from(message.get()), from);
  if (from.empty() || from.front().address.find('@') == std::string::npos) {
    return lacking(place, "From", mail.header("from"), "an address such as meg@acme.test");
  }
  if (!read_date(mail.header("date"), mail)) {
    return lacking(place, "Date", mail.header("date"),
                   "a date such as \"Wed, 4 Mar 2026 14:25:00 -0600\"");
  }
  mail.from = from.front();
  read_mailboxes(g_mime_message_get_to(message.get()), mail.to);
  read_mailboxes(g_mime_message_get_cc(message.get()), mail.cc);
  const auto own_id = message_ids(mail.header("message-id"));
  mail.message_id = own_id.empty() ? core::ident({bytes}) + "@no-message-id" : own_id.front();
  const auto replied = message_ids(mail.header("in-reply-to"));
  if (!replied.empty()) mail.in_reply_to = replied.front();
  mail.references = message_ids(mail.header("references"));
  mail.subject = one_line(view(g_mime_message_get_subject(message.get())));
  mail.is_bulk = is_bulk(mail);
  mail.is_automatic = is_automatic(mail);
  BodyReader reader(mail);
  GMimeObject* body = g_mime_message_get_mime_part(message.get());
  mail.text = best_of(reader.read(body));
  reader.use_attached_calendar();
  const bool has_no_parts = body != nullptr && GMIME_IS_MULTIPART(body) &&
                            g_mime_multipart_get_count(GMIME_MULTIPART(body)) == 0;
  if (has_no_parts && !mail.is_encrypted) mail.text = raw_body(bytes);
  if (core::trimmed(mail.text).substr(0, 27) == "-----BEGIN PGP MESSAGE-----") {
    mail.is_encrypted = true;
  }
  if (mail.is_encrypted) mail.text.clear();
  return mail;
}

}  // namespace ioud::formats
