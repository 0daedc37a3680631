#pragma once
// Undoes the soft line breaks of text/plain; format=flowed (RFC 3676), so that a sentence is one
// line again. Quoted lines keep their depth as leading ">".

#include <string>
#include <string_view>

namespace ioud::formats {

/// `text` has "\n" lines. `delete_space` is the parameter DelSp=yes.
std::string unwrap_flowed(std::string_view text, bool delete_space);

}  // namespace ioud::formats
