#pragma once
// `ioud detect`: detections in given text, without config and without state. Sentences come as JSON
// lines; mails and calendar objects come as files, one each. What cannot be read is named on the
// error stream and costs nothing of the rest.

#include <string>
#include <vector>

#include "app/command_line.hpp"
#include "app/exit_code.hpp"
#include "app/terminal.hpp"
#include "core/result.hpp"

namespace ioud::app {

struct DetectWish {
  DetectInput input = DetectInput::jsonl;
  std::string rep;                 ///< address, or ""
  std::string model;               ///< path of a model file; "": the built-in one
  std::vector<std::string> files;  ///< none, or "-": standard input
};

/// ok, or data where some input could not be read.
ExitCode detect(const DetectWish& wish, Terminal terminal);

}  // namespace ioud::app
