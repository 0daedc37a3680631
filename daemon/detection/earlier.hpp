#pragma once
// What was said before a sentence, and by whom.

#include <string_view>
#include <vector>

#include "detection/scoring.hpp"
#include "detection/tokens.hpp"

namespace ioud::detection {

/// A line of `Sentence::prev`, which lives as long as that.
struct Earlier {
  std::string_view text;
  Author author = Author::other;
};

/// The last three lines before a sentence, latest first, each with who said it: "Meg: could you …"
/// is Meg's, a line without a tag is from the same pen as the sentence itself. Lines of mere
/// courtesy ("Thanks!", "Hi Tom,", a name) do not count, unless there is nothing else.
std::vector<Earlier> last_said(const Sentence& sentence, const Names& names);

/// Those lines as sentences by themselves; empty where the sentence goes on from its own author's
/// words.
std::vector<Sentence> lead_up(const Sentence& sentence);

}  // namespace ioud::detection
