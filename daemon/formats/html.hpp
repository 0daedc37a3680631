#pragma once
// HTML to plain text as a person would read it: blocks become lines, lists "- ", and everything
// quoted from another mail becomes "> " lines. Loads nothing, runs nothing, and is linear in the
// input however deep it nests.

#include <string>
#include <string_view>

namespace ioud::formats {

/// `html` is UTF-8, whatever its meta tags say. Blockquotes and the reply containers of Gmail,
/// Outlook, Yahoo, Proton and others are quotes; so is everything below Outlook's reply header.
std::string html_to_text(std::string_view html);

}  // namespace ioud::formats
