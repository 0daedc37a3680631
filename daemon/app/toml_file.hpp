#pragma once
// Reads TOML 1.0 text into a tree of plain values with their places. The only room that knows
// toml++; it checks the syntax and nothing else, and it never writes a file.

#include <filesystem>
#include <string>
#include <string_view>
#include <tl/expected.hpp>

#include "connectors/settings.hpp"

namespace ioud::app {

/// The root table of the text. `file` stands in the places; a syntax error is one complaint, since
/// nothing after it can be trusted. `first_line` is the line of the file that the text begins on.
tl::expected<connectors::Setting, connectors::Complaints> parse_toml(std::string_view text,
                                                                     const std::string& file,
                                                                     int first_line = 1);

/// The bytes of a file, or one complaint that says why it cannot be read.
tl::expected<std::string, connectors::Complaints> read_text(const std::filesystem::path& file);

/// The text as a TOML basic string, in quotes.
std::string toml_quoted(std::string_view text);

}  // namespace ioud::app
