#include "formats/html.hpp"

#include <libxml/HTMLparser.h>

#include <algorithm>
#include <array>
#include <memory>
#include <vector>

#include "core/text.hpp"

namespace ioud::formats {
namespace {

constexpr std::size_t quote_depth_limit = 8;
constexpr std::size_t chunk_bytes = 1U << 20U;

template <std::size_t N>
bool is_one_of(std::string_view name, const std::array<std::string_view, N>& names) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

constexpr std::array<std::string_view, 9> silent_tags = {
    "head", "style", "script", "title", "noscript", "template", "object", "svg", "select"};
constexpr std::array<std::string_view, 20> line_tags = {
    "div",     "li",     "tr",         "br",      "dt",     "dd",     "section",
    "article", "header", "footer",     "address", "figure", "center", "option",
    "form",    "nav",    "blockquote", "main",    "aside",  "hr"};
constexpr std::array<std::string_view, 12> paragraph_tags = {
    "p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "table", "pre", "dl"};
constexpr std::array<std::string_view, 10> quote_classes = {
    "gmail_quote",       "yahoo_quoted", "protonmail_quote",     "zmail_extra",
    "moz-cite-prefix",   "gmail_extra",  "outlookmessageheader", "tutanota_quote",
    "aol_quoted_header", "hey_quote"};
/// Below an element of such an id everything is the mail that was answered.
constexpr std::array<std::string_view, 5> reply_header_ids = {
    "divrplyfwdmsg", "appendonsend", "x_divrplyfwdmsg", "x_appendonsend",
    "mail-editor-reference-message-container"};

struct Attributes {
  std::string id;
  std::string classes;  ///< lower case
  std::string style;    ///< lower case, without spaces
  std::string name;
};

std::string_view view(const xmlChar* text) {
  return text == nullptr ? std::string_view() : reinterpret_cast<const char*>(text);
}

Attributes read_attributes(const xmlChar** raw) {
  Attributes read;
  for (; raw != nullptr && *raw != nullptr; raw += 2) {
    const std::string_view name = view(raw[0]);
    const std::string value = core::ascii_lower(view(raw[1]).substr(0, 400));
    if (name == "id") read.id = value;
    if (name == "class") read.classes = value;
    if (name == "name") read.name = value;
    if (name == "style") read.style = core::replaced(value, " ", "");
  }
  return read;
}

bool is_quote(std::string_view tag, const Attributes& attributes) {
  if (tag == "blockquote") return true;
  if (tag == "div" && attributes.name == "quote") return true;
  for (const std::string& each : core::split(attributes.classes, ' ')) {
    if (is_one_of(each, quote_classes)) return true;
  }
  return attributes.id.find("yahoo_quoted") != std::string::npos;
}

/// Desktop Outlook draws a line above "From: … Sent: …" and marks the reply by nothing else.
bool may_be_outlook_header(std::string_view tag, const Attributes& attributes) {
  return tag == "div" && attributes.style.find("border-top:solid") != std::string::npos;
}

/// "From:", "Von:", "De :" at the beginning of a text.
bool begins_like_a_header(std::string_view text) {
  constexpr std::array<std::string_view, 12> words = {
      "from", "von", "de",     "da",     "van",       "fra",
      "från", "od",  "kimden", "feladó", "lähettäjä", "expéditeur"};
  const std::size_t colon = text.find(':');
  return colon < 16 &&
         is_one_of(
             core::folded(core::trimmed(core::replaced(text.substr(0, colon), "\xC2\xA0", " "))),
             words);
}

/// Turns the parser's events into lines.
class TextBuilder {
 public:
  void start(std::string_view tag, const xmlChar** raw_attributes) {
    const Attributes attributes = read_attributes(raw_attributes);
    Open open;
    open.is_silent =
        is_one_of(tag, silent_tags) || attributes.style.find("display:none") != std::string::npos;
    open.is_quote = is_quote(tag, attributes);
    open.is_pre = tag == "pre";
    open.may_be_header = may_be_outlook_header(tag, attributes);
    if (is_one_of(tag, line_tags)) end_line();
    if (is_one_of(tag, paragraph_tags) || open.is_quote) end_paragraph();
    if (is_one_of(attributes.id, reply_header_ids)) quote_the_rest();
    silent_ += open.is_silent ? 1U : 0U;
    quotes_ += open.is_quote ? 1U : 0U;
    pre_ += open.is_pre ? 1U : 0U;
    possible_headers_ += open.may_be_header ? 1U : 0U;
    if (tag == "li") put("- ");
    if ((tag == "td" || tag == "th") && !line_.empty()) put(" ");
    open_.push_back(open);
  }

  void end(std::string_view tag) {
    if (open_.empty()) return;
    const Open open = open_.back();
    open_.pop_back();
    if (is_one_of(tag, line_tags)) end_line();
    if (is_one_of(tag, paragraph_tags) || open.is_quote) end_paragraph();
    silent_ -= open.is_silent ? 1U : 0U;
    quotes_ -= open.is_quote ? 1U : 0U;
    pre_ -= open.is_pre ? 1U : 0U;
    if (open.may_be_header && open_.size() >= headers_from_) --possible_headers_;
    headers_from_ = std::min(headers_from_, open_.size());
    if (possible_headers_ == 0) header_start_.clear();
  }

  void text(std::string_view piece) {
    if (silent_ > 0) return;
    if (possible_headers_ > 0 && !core::trimmed(piece).empty()) {
      // Only the first words below the line tell whether it is a reply's header.
      header_start_ += piece.substr(0, 64);
      if (header_start_.find(':') != std::string::npos || header_start_.size() > 64) {
        if (begins_like_a_header(header_start_)) quote_the_rest();
        forget_possible_headers();
      }
    }
    for (std::size_t i = 0; i < piece.size(); ++i) put_character(piece, i);
  }

  std::string take() {
    end_line();
    while (!out_.empty() && out_.back() == '\n') out_.pop_back();
    return out_.empty() ? out_ : out_ + "\n";
  }

 private:
  struct Open {
    bool is_silent = false;
    bool is_quote = false;
    bool is_pre = false;
    bool may_be_header = false;
  };

  std::size_t depth() const {
    return std::min(quotes_ + (quotes_rest_ ? 1U : 0U), quote_depth_limit);
  }

  void quote_the_rest() {
    if (quotes_rest_) return;
    const std::string header = std::move(line_);
    line_.clear();
    end_paragraph();
    quotes_rest_ = true;
    line_ = header;
  }

  /// Elements open by now have had their chance; the stack is not walked, it may be deep.
  void forget_possible_headers() {
    headers_from_ = open_.size();
    possible_headers_ = 0;
    header_start_.clear();
  }

  void put(std::string_view text) {
    if (silent_ == 0) line_ += text;
  }

  /// White space is one space, but as it stands in <pre>; invisible characters go.
  void put_character(std::string_view text, std::size_t& i) {
    const char c = text[i];
    if (pre_ > 0 && c == '\n') {
      end_line();
    } else if (c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f') {
      put_space(c);
    } else if (text.substr(i, 2) == "\xC2\xA0") {
      put_space(' ');
      ++i;
    } else if (text.substr(i, 2) == "\xC2\xAD") {
      ++i;
    } else if (text.substr(i, 3) == "\xE2\x80\x8B" || text.substr(i, 3) == "\xE2\x80\x8C" ||
               text.substr(i, 3) == "\xE2\x80\x8D" || text.substr(i, 3) == "\xEF\xBB\xBF") {
      i += 2;
    } else {
      line_ += c;
    }
  }

  void put_space(char c) {
    if (pre_ > 0) {
      line_ += c;
    } else if (!line_.empty() && line_.back() != ' ') {
      line_ += ' ';
    }
  }

  void end_line() {
    while (!line_.empty() && line_.back() == ' ') line_.pop_back();
    if (line_.empty()) return;
    if (wants_gap_ && !out_.empty()) out_ += '\n';
    wants_gap_ = false;
    for (std::size_t i = 0; i < depth(); ++i) out_ += "> ";
    out_ += line_;
    out_ += '\n';
    line_.clear();
  }

  void end_paragraph() {
    end_line();
    wants_gap_ = true;
  }

  std::string out_;
  std::string line_;
  std::string header_start_;  ///< first words below a line that Outlook may have drawn
  std::vector<Open> open_;
  std::size_t silent_ = 0;  ///< how many open elements are of each kind
  std::size_t quotes_ = 0;
  std::size_t pre_ = 0;
  std::size_t possible_headers_ = 0;
  std::size_t headers_from_ = 0;  ///< only elements above this place on the stack may be headers
  bool quotes_rest_ = false;
  bool wants_gap_ = false;
};

void on_start(void* builder, const xmlChar* name, const xmlChar** attributes) {
  static_cast<TextBuilder*>(builder)->start(view(name), attributes);
}
void on_end(void* builder, const xmlChar* name) {
  static_cast<TextBuilder*>(builder)->end(view(name));
}
void on_text(void* builder, const xmlChar* text, int size) {
  static_cast<TextBuilder*>(builder)->text(view(text).substr(0, static_cast<std::size_t>(size)));
}

struct FreeParser {
  void operator()(htmlParserCtxtPtr parser) const { htmlFreeParserCtxt(parser); }
};

}  // namespace

std::string html_to_text(std::string_view html) {
  // libxml2 ends at a zero byte and stumbles over what is not UTF-8.
  std::string clean = core::made_utf8(html);
  std::replace(clean.begin(), clean.end(), '\0', ' ');
  TextBuilder builder;
  htmlSAXHandler events{};
  events.startElement = on_start;
  events.endElement = on_end;
  events.characters = on_text;
  events.ignorableWhitespace = on_text;
  const std::unique_ptr<htmlParserCtxt, FreeParser> parser(
      htmlCreatePushParserCtxt(&events, &builder, nullptr, 0, nullptr, XML_CHAR_ENCODING_UTF8));
  if (!parser) return {};
  htmlCtxtUseOptions(parser.get(), HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING |
                                       HTML_PARSE_NONET | HTML_PARSE_IGNORE_ENC);
  for (std::size_t at = 0; at < clean.size(); at += chunk_bytes) {
    const std::size_t size = std::min(chunk_bytes, clean.size() - at);
    htmlParseChunk(parser.get(), clean.data() + at, static_cast<int>(size), 0);
  }
  htmlParseChunk(parser.get(), nullptr, 0, 1);
  return builder.take();
}

}  // namespace ioud::formats
