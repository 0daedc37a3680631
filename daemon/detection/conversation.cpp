#include "detection/conversation.hpp"

#include <algorithm>
#include <iterator>

#include "core/text.hpp"
#include "detection/words.hpp"

namespace ioud::detection {
namespace {

constexpr std::size_t longest_passage = 400'000;  ///< bytes of a text that are read
constexpr std::size_t longest_quote = 4'000;      ///< bytes of a quote that are looked at

bool is_mail(const Passage& passage) {
  return passage.context == Context::mail_sent || passage.context == Context::mail_received;
}

std::string name_of(const Passage& passage, Author author) {
  switch (author) {
    case Author::rep:
      return passage.rep.empty() ? "rep" : passage.rep;
    case Author::client:
      return passage.client.empty() ? "client" : passage.client;
    case Author::other:
      break;
  }
  return "other";
}

/// Who says a tagged sentence. Short tags that fit nobody are the writer's own shorthand, full
/// names that fit nobody are somebody else.
Author author_of(const Passage& passage, const Span& span) {
  if (span.speaker.empty()) return passage.author;
  std::vector<std::string> clients = passage.client_people;
  clients.push_back(passage.client);
  switch (who_is(span.speaker, passage.rep, clients, passage.others)) {
    case Speaker::rep:
      return Author::rep;
    case Speaker::client:
      return Author::client;
    case Speaker::other:
      return Author::other;
    case Speaker::unknown:
      break;
  }
  const bool is_name = span.speaker[0] >= 'A' && span.speaker[0] <= 'Z' && span.speaker.size() > 3;
  return is_name ? Author::other : passage.author;
}

Line line_of(const Passage& passage, const Span& span) {
  Line line;
  line.span = span;
  line.author = author_of(passage, span);
  line.speaker = line.author == Author::other && !span.speaker.empty()
                     ? span.speaker
                     : name_of(passage, line.author);
  return line;
}

Line context_line(std::string words) {
  Line line;
  line.is_context = true;
  line.context = std::move(words);
  return line;
}

/// A quoted line without its mark; "" for one quoted twice, which is older than what is answered.
std::string unquoted(std::string_view line) {
  std::size_t depth = 0;
  while (!line.empty() && (line[0] == '>' || line[0] == ' ')) {
    if (line[0] == '>') ++depth;
    line.remove_prefix(1);
  }
  return depth > 1 ? std::string() : std::string(line);
}

bool is_header(std::string_view line) {
  if (line.ends_with(':')) return true;
  const std::size_t colon = line.substr(0, 12).find(':');
  return colon != std::string_view::npos && one_of(core::ascii_lower(line.substr(0, colon)),
                                                   {"from", "sent", "to", "cc", "date", "subject",
                                                    "von", "an", "betreff", "gesendet"});
}

bool is_small_talk(std::string_view text) {
  const std::vector<Word> words = words_of(text, 8);
  const auto said =
      std::count_if(words.begin(), words.end(), [](const Word& word) { return !word.is_mark; });
  return said < 3 && !text.ends_with('?');
}

/// The sentences of a quote as context: "Meg: could you come?".
std::vector<Line> quoted_lines(std::string_view quote, const std::string& speaker) {
  std::string plain;
  for (const std::string& line : core::split(quote.substr(0, longest_quote), '\n')) {
    const std::string words = unquoted(core::trimmed(line));
    if (!is_header(words)) plain += words + "\n";
  }
  std::vector<Line> lines;
  for (const Span& span : sentences(plain, 0, plain.size(), false))
    if (!is_small_talk(span.text)) lines.push_back(context_line(speaker + ": " + span.text));
  return lines;
}

/// Who is quoted in a mail: the other side.
std::string quoted_speaker(const Passage& passage) {
  return name_of(passage, passage.author == Author::rep ? Author::client : Author::rep);
}

}  // namespace

std::vector<Line> conversation(const Passage& passage, const ZoneReader& zones) {
  const std::string_view text = std::string_view(passage.text).substr(0, longest_passage);
  const std::vector<ZoneRange> ranges = zones.read(text, passage.closing);
  std::vector<Line> before;
  for (const std::string& words : passage.prev) before.push_back(context_line(words));
  std::vector<Line> lines;
  std::size_t last_fresh = 0;
  for (std::size_t i = 0; i < ranges.size(); ++i)
    if (ranges[i].zone == Zone::fresh) last_fresh = i;
  for (std::size_t i = 0; i < ranges.size(); ++i) {
    const ZoneRange& range = ranges[i];
    if (range.zone == Zone::quoted) {
      std::vector<Line> quote =
          quoted_lines(text.substr(range.begin, range.end - range.begin), quoted_speaker(passage));
      auto& to = i > last_fresh ? before : lines;
      std::move(quote.begin(), quote.end(), std::back_inserter(to));
    } else if (range.zone == Zone::fresh) {
      for (const Span& span : sentences(text, range.begin, range.end, !is_mail(passage)))
        lines.push_back(line_of(passage, span));
    }
  }
  std::move(lines.begin(), lines.end(), std::back_inserter(before));
  return before;
}

}  // namespace ioud::detection
