#pragma once
// `ioud detect --jsonl`: one JSON object a line in, one out, as the contract
// has it. Keeps nothing between lines; decides nothing that the scorer and the
// slot rooms do not.

#include <optional>
#include <string>
#include <string_view>

#include "core/result.hpp"
#include "detection/scoring.hpp"

namespace ioud::detection {

/// A line of input, read.
struct Row {
  std::string id;
  std::string date;  ///< yyyy-mm-dd
  Sentence sentence;
  std::optional<domain::Label> label;  ///< present in labelled text
  std::string batch;                   ///< present in labelled text
};

/// Reads a line; bullets and speaker tags are taken off the text and the
/// speaker becomes the author. `line_number` from 1. Fault::rejected says which
/// line and what is wrong with it.
core::Result<Row> read_row(std::string_view line, std::size_t line_number);

/// The answer to a line as one line of JSON, without line end: id, label, score
/// and slots. Slots are empty where nothing is said, and for sentences that are
/// not flagged.
core::Result<std::string> answer(std::string_view line, std::size_t line_number,
                                 const SentenceScorer& scorer);

/// The label of that name.
std::optional<domain::Label> label_named(std::string_view name);

}  // namespace ioud::detection
