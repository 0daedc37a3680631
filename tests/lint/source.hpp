#pragma once
// Source files as the project's own linters see them: lines as written, and tokens without
// comments, literals' contents and preprocessor lines. No C++ parser; just enough to tell a brace
// from a word. Reads files, changes none.

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace ioud::lint {

/// A word, a number, a literal ("" or '') or one mark of punctuation ("::" and "->" are one).
struct Token {
  std::string text;
  int line = 0;
};

struct Include {
  std::string path;
  bool quoted = false;  ///< "…" is ours, <…> somebody else's
  int line = 0;
};

struct Source {
  std::string path;  ///< from the project's root, "/" between folders
  std::vector<std::string> lines;
  std::vector<Token> tokens;
  std::vector<Include> includes;
};

/// A place where a rule is broken.
struct Complaint {
  std::string path;
  int line = 0;
  std::string text;
  friend bool operator==(const Complaint&, const Complaint&) = default;
};

/// Cuts a text into lines, and code into tokens and includes; `path` tells which of them it is.
Source read_source(std::string path, std::string_view text);

/// Every text file below these folders of the root, by path; build trees and hidden folders are
/// left out. A folder may also be a file.
std::vector<Source> read_tree(const std::filesystem::path& root,
                              const std::vector<std::string>& folders);

bool is_header(const Source& source);
bool is_code(const Source& source);  ///< .hpp or .cpp

}  // namespace ioud::lint
