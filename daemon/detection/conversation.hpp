#pragma once
// A passage as a conversation: its sentences in order with who says each, and between them the
// words of others that they answer. Decides who speaks and what is only context, not what is meant.

#include <string>
#include <vector>

#include "detection/detector.hpp"
#include "detection/sentences.hpp"
#include "detection/zones.hpp"

namespace ioud::detection {

struct Line {
  bool is_context = false;
  std::string context;  ///< of a line that is only context: "Meg: could you come?"
  Span span;            ///< of a sentence to be read; places in Passage::text
  Author author = Author::rep;
  std::string speaker;  ///< the name behind the author, as far as known
};

/// The lines of a passage: what stood before in the thread, then its own sentences with the quotes
/// they answer. A quote under all of the author's words is what the whole answers, and comes first.
std::vector<Line> conversation(const Passage& passage, const ZoneReader& zones);

}  // namespace ioud::detection
