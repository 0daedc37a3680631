#include "detection/capture.hpp"

#include <algorithm>
#include <set>

#include "core/text.hpp"
#include "detection/act.hpp"
#include "detection/words.hpp"

namespace ioud::detection {
namespace {

bool is_mark(char c) { return c == ':' || c == '-' || c == ',' || c == ';' || c == '.'; }

bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
         (static_cast<unsigned char>(c) & 0x80U);
}

/// Spaces, and the marks that may stand after the keyword and after the name, taken off the front.
std::string_view without_marks(std::string_view text) {
  while (!text.empty()) {
    if (text[0] == ' ' || text[0] == '\t' || is_mark(text[0]))
      text.remove_prefix(1);
    else if (text.starts_with("\xE2\x80\x93") || text.starts_with("\xE2\x80\x94"))
      text.remove_prefix(3);
    else
      break;
  }
  return text;
}

std::string_view first_word(std::string_view text) {
  std::size_t end = 0;
  while (end < text.size() && is_letter(text[end])) ++end;
  return text.substr(0, end);
}

enum class Keyword { none, slipped, exact };

Keyword keyword(std::string_view word) {
  const std::string lower = core::folded(word);
  if (lower == "favour" || lower == "favor") return Keyword::exact;
  const bool close =
      core::within_one_edit(lower, "favour") || core::within_one_edit(lower, "favor");
  return close && lower.size() >= 4 ? Keyword::slipped : Keyword::none;
}

/// The length of as many words as the spelling has, at the beginning of the text.
std::size_t words_length(std::string_view text, std::size_t count) {
  std::size_t at = 0;
  for (std::size_t n = 0; n < count; ++n) {
    if (n > 0 && at < text.size() && text[at] == ' ') ++at;
    const std::size_t begin = at;
    while (at < text.size() && text[at] != ' ' && text[at] != ':' && text[at] != ',') ++at;
    if (at == begin) return 0;
  }
  while (at > 0 && is_mark(text[at - 1])) --at;
  return at;
}

/// A candidate that stands at the beginning of the text.
struct Fit {
  const CaptureName* name = nullptr;
  std::size_t length = 0;
  bool exact = false;
};

std::optional<Fit> fit(std::string_view text, const CaptureName& name) {
  const std::string spelling = core::folded(core::squeezed(name.spelling));
  if (spelling.empty()) return std::nullopt;
  const auto spaces = static_cast<std::size_t>(std::count(spelling.begin(), spelling.end(), ' '));
  const std::size_t length = words_length(text, spaces + 1);
  if (length == 0) return std::nullopt;
  const std::string said = core::folded(text.substr(0, length));
  if (said == spelling) return Fit{&name, length, true};
  if (core::length(spelling) >= 3 && core::within_one_edit(said, spelling))
    return Fit{&name, length, false};
  return std::nullopt;
}

/// The fits that speak most plainly: exact before a slip, a longer name before a shorter.
std::vector<Fit> best_fits(std::string_view text, const std::vector<CaptureName>& names) {
  std::vector<Fit> fits;
  for (const CaptureName& name : names)
    if (const auto found = fit(text, name); found) fits.push_back(*found);
  const auto better = [](const Fit& a, const Fit& b) {
    return a.exact != b.exact ? a.exact : a.length > b.length;
  };
  if (fits.empty()) return fits;
  const Fit best = *std::min_element(fits.begin(), fits.end(), better);
  std::erase_if(fits, [&](const Fit& other) { return better(best, other); });
  return fits;
}

std::string cut_out(std::string_view text, std::size_t begin, std::size_t end) {
  return core::squeezed(std::string(text.substr(0, begin)) + " " + std::string(text.substr(end)));
}

/// Takes "@there" out of the text.
bool take_there(std::string& text) {
  const std::size_t at = core::ascii_lower(text).find("@there");
  if (at == std::string::npos) return false;
  text = cut_out(text, at, at + 6);
  return true;
}

/// Takes "#ask KIND" out of the text; nothing where there is none.
std::optional<std::string> take_ask(std::string& text) {
  const std::size_t at = core::ascii_lower(text).find("#ask");
  if (at == std::string::npos) return std::nullopt;
  std::size_t from = at + 4;
  while (from < text.size() && (text[from] == ' ' || text[from] == ':')) ++from;
  std::size_t to = from;
  while (to < text.size() && (is_letter(text[to]) || text[to] == '_' || text[to] == '-')) ++to;
  std::string kind = core::replaced(core::ascii_lower(text.substr(from, to - from)), "-", "_");
  text = cut_out(text, at, to);
  return kind;
}

/// The act as typed, without the words of time and the commas that held them.
std::string act_of(std::string_view text, const Reckoning& made) {
  std::string out(text);
  const auto times = find_times(text, made);
  for (auto when = times.rbegin(); when != times.rend(); ++when)
    if (when->due) out = cut_out(out, when->begin, when->end);
  out = core::replaced(core::replaced(out, " ,", ","), ",,", ",");
  std::string_view trimmed = core::trimmed(out);
  while (!trimmed.empty() && (is_mark(trimmed.back()) || trimmed.back() == ' '))
    trimmed.remove_suffix(1);
  return std::string(without_marks(trimmed));
}

}  // namespace

bool looks_like_capture(std::string_view line) {
  const std::string_view text = core::trimmed(line).substr(0, 64);
  return keyword(first_word(text)) != Keyword::none;
}

CaptureReader::CaptureReader(const domain::Catalogue& catalogue) : slots_(catalogue) {
  for (const auto& [name, kind] : catalogue.asks) asks_.push_back(name);
}

Capture CaptureReader::read(std::string_view line, const std::vector<CaptureName>& names,
                            const Reckoning& made) const {
  Capture capture;
  const std::string text = core::squeezed(line.substr(0, 2000));
  const std::string_view first = first_word(text);
  const Keyword word = keyword(first);
  if (word == Keyword::none) return capture;
  std::string_view rest = without_marks(std::string_view(text).substr(first.size()));
  if (rest.size() > 4 && core::iequals(rest.substr(0, 4), "for ")) rest.remove_prefix(4);
  const std::vector<Fit> fits = best_fits(rest, names);
  if (fits.empty()) {  // "Flavour of the month" is no capture, "favour Mgg: …" is one of somebody
    capture.outcome = word == Keyword::exact ? Capture::Outcome::unsure : Capture::Outcome::none;
    return capture;
  }
  capture.outcome = Capture::Outcome::unsure;
  std::set<std::string> clients;
  std::set<std::string> contacts;
  for (const Fit& found : fits) {
    clients.insert(found.name->client);
    contacts.insert(found.name->contact);
  }
  const bool slipped_twice = word == Keyword::slipped && !fits.front().exact;
  if (clients.size() > 1 || slipped_twice) return capture;
  capture.whom = *fits.front().name;
  if (contacts.size() > 1) capture.whom.contact.clear();
  std::string said(without_marks(rest.substr(fits.front().length)));
  const bool there = take_there(said);
  const auto ask = take_ask(said);
  if (ask && std::find(asks_.begin(), asks_.end(), *ask) == asks_.end()) return capture;
  const auto effort = find_effort(said);
  if (effort) said = cut_out(said, effort->begin, effort->end);
  const std::string what = act_of(said, made);
  if (what.empty()) return capture;
  Sentence sentence;
  sentence.text = said;
  sentence.context = Context::notes;
  sentence.client = capture.whom.spelling;
  capture.slots = slots_.read(sentence, domain::Label::rep_favour, made);
  capture.slots.what = what;
  if (effort) capture.slots.effort_minutes = effort->minutes;
  capture.slots.at_delivery = there;
  capture.ask = ask.value_or("");
  capture.outcome = Capture::Outcome::read;
  return capture;
}

}  // namespace ioud::detection
