#include "detection/tokens.hpp"

#include <algorithm>
#include <array>

#include "core/text.hpp"
#include "detection/given_names.hpp"

namespace ioud::detection {
namespace {

constexpr std::array<std::string_view, 18> weekdays{
    "fri",  "friday", "mon",      "monday", "sat",  "saturday", "sun", "sunday", "thu",
    "thur", "thurs",  "thursday", "tue",    "tues", "tuesday",  "wed", "weds",   "wednesday"};
constexpr std::array<std::string_view, 22> months{
    "apr",      "april",   "aug",     "august", "dec",  "december", "feb",   "february",
    "jan",      "january", "jul",     "july",   "jun",  "june",     "march", "nov",
    "november", "oct",     "october", "sep",    "sept", "september"};
// Words that people write with a capital in the middle of a sentence without
// naming anybody.
constexpr std::array<std::string_view, 31> unnamed{
    "bst",  "christmas", "co", "dear", "diwali", "dr",  "easter", "english", "excel",    "german",
    "gmt",  "hi",        "i",  "im",   "iou",    "ltd", "mr",     "mrs",     "ms",       "ok",
    "okay", "pdf",       "po", "qr",   "sir",    "tbc", "usb",    "vat",     "whatsapp", "xmas"};

template <class Table>
bool listed(const Table& table, std::string_view word) {
  return std::binary_search(table.begin(), table.end(), word);
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
bool is_letter(char c) {
  return is_upper(c) || (c >= 'a' && c <= 'z') || static_cast<unsigned char>(c) >= 0x80;
}

struct Mark {
  std::string_view bytes;
  char plain = 0;
};

// One mark of typography at the start of the rest, as plain ASCII; no bytes
// when it is none.
Mark typographic(std::string_view rest) {
  static constexpr std::array<Mark, 14> marks{{{"\xE2\x80\x99", '\''},
                                               {"\xE2\x80\x98", '\''},
                                               {"\xE2\x80\x9C", '"'},
                                               {"\xE2\x80\x9D", '"'},
                                               {"\xE2\x80\x93", '-'},
                                               {"\xE2\x80\x94", '-'},
                                               {"\xE2\x80\xA6", '.'},
                                               {"\xE2\x80\xA2", '*'},
                                               {"\xC2\xA0", ' '},
                                               {"\xC2\xA3", '$'},
                                               {"\xE2\x82\xAC", '$'},
                                               {"\xE2\x82\xB9", '$'},
                                               {"\xC2\xB7", '*'},
                                               {"\xEF\xBB\xBF", ' '}}};
  for (const Mark& mark : marks) {
    if (rest.starts_with(mark.bytes)) return mark;
  }
  return {};
}

// Cuts a sentence into tokens; one object a sentence.
class Cutter {
 public:
  Cutter(std::string_view original, const Names& names) : names_(names) {
    const std::string_view text = original.substr(0, 4000);
    plain_.reserve(text.size());
    at_byte_.reserve(text.size() + 1);
    for (std::size_t i = 0; i < text.size();) {
      at_byte_.push_back(static_cast<std::uint32_t>(i));
      const Mark mark =
          static_cast<unsigned char>(text[i]) < 0x80 ? Mark{} : typographic(text.substr(i));
      plain_.push_back(mark.plain != 0 ? mark.plain : text[i]);
      i += mark.plain != 0 ? mark.bytes.size() : 1;
    }
    at_byte_.push_back(static_cast<std::uint32_t>(text.size()));
  }

  std::vector<Token> cut() {
    out_.reserve(plain_.size() / 4 + 4);
    while (at_ < plain_.size() && out_.size() < 400) {
      const char c = plain_[at_];
      if (c == ' ' || c == '\t' || c == '\r' || c == '\n') {
        ++at_;
      } else if (is_digit(c) || (c == '$' && more_digits())) {
        number();
      } else if (is_letter(c)) {
        word();
      } else {
        mark_run();
      }
    }
    return std::move(out_);
  }

 private:
  bool more_digits() const { return at_ + 1 < plain_.size() && is_digit(plain_[at_ + 1]); }
  std::string_view since(std::size_t begin) const {
    return std::string_view(plain_).substr(begin, at_ - begin);
  }
  Token spanning(std::size_t begin, TokenKind kind, std::string text) const {
    return {std::move(text), kind, is_upper(plain_[begin]), at_byte_[begin], at_byte_[at_]};
  }

  void mark_run() {
    const std::size_t begin = at_;
    const char c = plain_[at_];
    while (at_ < plain_.size() && plain_[at_] == c) ++at_;
    out_.push_back(spanning(begin, TokenKind::mark, std::string(1, c)));
    sentence_start_ = std::string_view(".!?:-*>|/(\"").find(c) != std::string_view::npos;
  }

  // Digits with whatever clings to them: "4,150", "10:30", "4pm", "2x", "3rd",
  // "62p".
  void number() {
    const std::size_t begin = at_;
    bool money = plain_[at_] == '$';
    if (money) ++at_;
    bool colon = false;
    for (; at_ < plain_.size(); ++at_) {
      const char c = plain_[at_];
      const bool inner =
          std::string_view(":.,/-").find(c) != std::string_view::npos && more_digits();
      colon = colon || (c == ':' && inner);
      if (!is_digit(c) && !inner) break;
    }
    const std::size_t tail = at_;
    while (at_ < plain_.size() && is_letter(plain_[at_])) ++at_;
    const std::string ending = lowered(since(tail));
    if (at_ < plain_.size() && plain_[at_] == '$') money = true, ++at_;
    money = money || ending == "p" || ending == "k";
    const bool clock = colon || ending == "am" || ending == "pm" || ending == "ish";
    const TokenKind kind =
        money ? TokenKind::money : (clock ? TokenKind::clock : TokenKind::number);
    out_.push_back(spanning(begin, kind, mask(kind)));
    sentence_start_ = false;
  }

  void word() {
    const std::size_t begin = at_;
    for (; at_ < plain_.size(); ++at_) {
      const char c = plain_[at_];
      const bool inner = c == '\'' && at_ + 1 < plain_.size() && is_letter(plain_[at_ + 1]);
      if (!is_letter(c) && !is_digit(c) && !inner) break;
    }
    const std::string_view raw = since(begin);
    place(raw, spanning(begin, TokenKind::word, lowered(raw)));
    sentence_start_ = false;
  }

  TokenKind kind_of(std::string_view stem, std::string_view lower, bool capital) const {
    const TokenKind named = capital ? names_.kind_of(stem, lower) : TokenKind::word;
    if (named != TokenKind::word) return named;
    if ((capital || lower.size() > 3) && lower.size() < 10) {
      const char first = lower.empty() ? '\0' : lower.front();
      const auto begins = [first](std::string_view letters) {
        return letters.find(first) != std::string_view::npos;
      };
      if (begins("fmstw") && listed(weekdays, lower)) return TokenKind::day;
      if ((capital || lower.size() > 5) && begins("adfjmnos") && listed(months, lower)) {
        return TokenKind::month;
      }
    }
    const bool shouted = stem.size() > 1 && is_upper(stem[1]);
    const bool plain = capital && lower.size() > 2 && lower.find('\'') == std::string_view::npos;
    const bool name_like = plain && (is_given_name(lower) ||
                                     (!sentence_start_ && !shouted && !listed(unnamed, lower)));
    return name_like ? TokenKind::person : TokenKind::word;
  }

  void place(std::string_view raw, Token found) {
    const bool possessive = raw.size() > 2 && (raw.ends_with("'s") || raw.ends_with("'S"));
    const std::string_view stem = possessive ? raw.substr(0, raw.size() - 2) : raw;
    const std::string lower = lowered(stem);
    const TokenKind kind = kind_of(stem, lower, found.capital);
    if (kind == TokenKind::word) return spell(std::move(found));
    found.kind = kind;
    found.text = kind == TokenKind::person ? lower : mask(kind);
    const Token like = found;
    out_.push_back(std::move(found));
    if (possessive) add("'s", like);
  }

  void add(std::string_view phrase, const Token& like) {
    for (std::size_t begin = 0; begin < phrase.size();) {
      const std::size_t end = std::min(phrase.find(' ', begin), phrase.size());
      out_.push_back({std::string(phrase.substr(begin, end - begin)), TokenKind::word, like.capital,
                      like.begin, like.end});
      begin = end + 1;
    }
  }

  // "ill do it" is "I will do it"; "he is ill today" is not.
  void spell(Token found) {
    const bool opens =
        out_.empty() || out_.back().kind == TokenKind::mark || out_.back().text == "and";
    const bool initials = found.capital && found.text == "hr";  // human resources, not an hour
    const std::string_view meaning = found.text == "ill" && opens ? std::string_view("i will")
                                     : initials                   ? std::string_view{}
                                                                  : spelled_out(found.text);
    if (!meaning.empty()) {
      add(meaning, found);
    } else if (found.text.find('\'') == std::string::npos || !add_contraction(found)) {
      out_.push_back(std::move(found));
    }
  }

  bool add_contraction(const Token& like) {
    struct Ending {
      std::string_view form;
      std::string_view meaning;
    };
    static constexpr std::array<Ending, 5> endings{
        {{"'ll", "will"}, {"'re", "are"}, {"'ve", "have"}, {"'d", "would"}, {"'m", "am"}}};
    const std::string_view text = like.text;
    for (const auto& [form, meaning] : endings) {
      if (!text.ends_with(form) || text.size() == form.size()) continue;
      add(text.substr(0, text.size() - form.size()), like);
      add(meaning, like);
      return true;
    }
    if (!text.ends_with("'s") || text.size() == 2) return false;
    static constexpr std::array<std::string_view, 11> is{
        "he", "here", "how", "it", "she", "that", "there", "what", "when", "where", "who"};
    const std::string_view stem = text.substr(0, text.size() - 2);
    add(stem, like);
    add(listed(is, stem) ? "is" : "'s", like);
    return true;
  }

  std::string plain_;
  std::vector<std::uint32_t> at_byte_;  ///< where each plain byte stood in the original
  const Names& names_;
  std::size_t at_ = 0;
  bool sentence_start_ = true;
  std::vector<Token> out_;
};

}  // namespace

std::string lowered(std::string_view text) {
  std::string out(text);
  for (std::size_t i = 0; i < out.size(); ++i) {
    const auto byte = static_cast<unsigned char>(out[i]);
    if (is_upper(out[i])) {
      out[i] = static_cast<char>(byte + 32);
    } else if (byte == 0xC3 && i + 1 < out.size()) {
      const auto next = static_cast<unsigned char>(out[i + 1]);
      if (next >= 0x80 && next <= 0x9E && next != 0x97) out[i + 1] = static_cast<char>(next + 32);
      ++i;
    }
  }
  return out;
}

Names::Party Names::party(std::string_view name) {
  Party out;
  for (const std::string& part : core::split(name, ' ')) {
    if (part.empty() || part.back() == '.') continue;
    out.parts.push_back(lowered(part));
    if (is_upper(part.front())) out.initials.push_back(part.front());
  }
  if (!out.initials.empty()) out.letter = out.initials.substr(0, 1);
  if (out.initials.size() < 2) out.initials.clear();
  return out;
}

Names::Names(std::string_view rep, std::string_view client, std::string_view client_org)
    : rep_(party(rep)), client_(party(client)) {
  if (rep_.initials == client_.initials) rep_.initials.clear(), client_.initials.clear();
  if (rep_.letter == client_.letter) rep_.letter.clear(), client_.letter.clear();
  for (const std::string& part : core::split(client_org, ' ')) {
    if (part.size() > 3) org_.push_back(lowered(part));
  }
}

bool Names::Party::knows(std::string_view raw, std::string_view lower) const {
  if (lower.size() > 1 && std::find(parts.begin(), parts.end(), lower) != parts.end()) return true;
  if (!initials.empty() && raw == initials) return true;
  return !letter.empty() && raw == letter && raw != "I" && raw != "A";
}

TokenKind Names::kind_of(std::string_view raw, std::string_view lower) const {
  if (rep_.knows(raw, lower)) return TokenKind::rep;
  if (client_.knows(raw, lower)) return TokenKind::client;
  return std::find(org_.begin(), org_.end(), lower) != org_.end() ? TokenKind::org
                                                                  : TokenKind::word;
}

TokenKind Names::speaker(std::string_view tag) const {
  const std::string_view name = core::trimmed(tag);
  for (const std::string_view part :
       {name, name.substr(0, name.find(' ')), name.substr(name.rfind(' ') + 1)}) {
    const TokenKind kind = kind_of(part, lowered(part));
    if (kind == TokenKind::rep || kind == TokenKind::client) return kind;
  }
  return TokenKind::person;
}

std::vector<Token> tokens_of(std::string_view text, const Names& names) {
  return Cutter(text, names).cut();
}

std::string joined(const std::vector<Token>& tokens) {
  std::string out = " ";
  for (const Token& token : tokens) {
    out += token.kind == TokenKind::person ? std::string_view(mask(token.kind)) : token.text;
    out += ' ';
  }
  return out;
}

}  // namespace ioud::detection
