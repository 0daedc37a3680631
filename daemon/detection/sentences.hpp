#pragma once
// Text cut into sentences as a reader would: hard-wrapped lines joined, bullets and transcript
// stamps taken off, abbreviations left whole, and the speaker named where a line is tagged. Knows
// nothing of what sentences mean. Linear; over-long runs without an end are cut.

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace ioud::detection {

/// A sentence with its place in the text it was cut from.
struct Span {
  std::size_t begin = 0;  ///< bytes, from the first letter (tag and bullet excluded)
  std::size_t end = 0;    ///< after the last
  std::string text;       ///< white space squeezed
  std::string speaker;    ///< as tagged: "Tom", "TR", "SPEAKER_00"; "" where untagged
  bool is_bullet = false;
  std::size_t paragraph = 0;  ///< counts blank lines and list items
};

inline constexpr std::size_t longest_sentence = 1000;  ///< bytes; longer runs are cut at a space
inline constexpr std::size_t most_sentences = 2000;    ///< of one text; the rest is not read

/// The sentences of text[begin, end). `tags` reads "Tom: …" as a speaker; mail has no speakers.
std::vector<Span> sentences(std::string_view text, std::size_t begin, std::size_t end, bool tags);

/// A line's leading stamp, bullet and speaker taken apart: "[10:14] Whitney Adams: tell you what".
struct Tagged {
  std::string_view rest;     ///< part of the line
  std::string_view speaker;  ///< part of the line, or empty
  bool is_bullet = false;
};
Tagged untagged(std::string_view line, bool tags);

/// Who a speaker's tag means.
enum class Speaker { unknown, rep, client, other };

/// Matches a tag ("Tom", "TR", "Reyes", "me") with the names; initials count where they fit one
/// person alone. `clients` are the client's people, `others` everybody else known to be there.
Speaker who_is(std::string_view tag, std::string_view rep, const std::vector<std::string>& clients,
               const std::vector<std::string>& others);

}  // namespace ioud::detection
