#include "detection/earlier.hpp"

#include <algorithm>
#include <array>

#include "core/text.hpp"

namespace ioud::detection {
namespace {

constexpr std::size_t lines_heard = 3;
constexpr std::size_t lines_searched = 8;
constexpr std::size_t longest_courtesy = 6;  // words

/// Words of which greetings, thanks and goodbyes are made, beside names; "yes" and "please" are not
/// among them.
constexpr std::array<std::string_view, 44> courtesies{
    "a",         "advance",   "afternoon", "again",   "all",     "and",        "best",  "both",
    "bye",       "cheers",    "day",       "dear",    "evening", "everything", "for",   "good",
    "great",     "greetings", "have",      "hello",   "hey",     "hi",         "in",    "kind",
    "lot",       "many",      "mate",      "million", "morning", "much",       "nice",  "regards",
    "sincerely", "so",        "ta",        "team",    "thank",   "thanks",     "there", "thx",
    "very",      "week",      "weekend",   "you"};

Earlier earlier(std::string_view said, const Names& names, Author untagged_author) {
  std::string_view rest = said;
  if (rest.starts_with('[')) {
    const std::size_t close = rest.find(']');
    if (close != std::string_view::npos) rest = core::trimmed(rest.substr(close + 1));
  }
  const std::size_t colon = rest.substr(0, 40).find(": ");
  if (colon == std::string_view::npos) return {rest, untagged_author};
  switch (names.speaker(rest.substr(0, colon))) {
    case TokenKind::rep:
      return {rest.substr(colon + 2), Author::rep};
    case TokenKind::client:
      return {rest.substr(colon + 2), Author::client};
    default:
      return {rest, untagged_author};
  }
}

bool is_courtesy(std::string_view line, const Names& names) {
  std::vector<std::string> words;
  for (const std::string& part : core::split(line, ' ')) {
    std::string word;
    std::copy_if(part.begin(), part.end(), std::back_inserter(word),
                 [](unsigned char c) { return c >= 0x80 || std::isalnum(c) != 0; });
    if (!word.empty()) words.push_back(std::move(word));
    if (words.size() > longest_courtesy) return false;
  }
  const auto is_polite = [&](const std::string& word) {
    const std::string lower = core::ascii_lower(word);
    const TokenKind kind = names.kind_of(word, lower);
    return kind == TokenKind::rep || kind == TokenKind::client ||
           std::binary_search(courtesies.begin(), courtesies.end(), lower);
  };
  return std::all_of(words.begin(), words.end(), is_polite);
}

}  // namespace

std::vector<Earlier> last_said(const Sentence& sentence, const Names& names) {
  std::vector<Earlier> lines;
  const std::size_t searched = std::min(lines_searched, sentence.prev.size());
  for (std::size_t back = 1; back <= searched && lines.size() < lines_heard; ++back) {
    const std::string& said = sentence.prev[sentence.prev.size() - back];
    const Earlier line = earlier(said, names, sentence.author);
    if (!is_courtesy(line.text, names)) lines.push_back(line);
  }
  if (lines.empty() && !sentence.prev.empty())
    lines.push_back(earlier(sentence.prev.back(), names, sentence.author));
  return lines;
}

std::vector<Sentence> lead_up(const Sentence& sentence) {
  const Names names(sentence.rep, sentence.client, sentence.client_org);
  const std::vector<Earlier> said = last_said(sentence, names);
  if (said.empty() || said.front().author == sentence.author) return {};
  std::vector<Sentence> lines;
  for (const Earlier& one : said) {
    Sentence line = sentence;
    line.text = one.text;
    line.author = one.author;
    line.prev.clear();
    const bool is_own = one.author == sentence.author;
    if (!is_own && line.context == Context::mail_sent) line.context = Context::mail_received;
    lines.push_back(std::move(line));
  }
  return lines;
}

}  // namespace ioud::detection
