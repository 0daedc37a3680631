#pragma once
// The little that every connector must know of the objects it moves: whose UID is in one, and what
// to call a new one. Reads no more of them.

#include <string>
#include <string_view>
#include <vector>

namespace ioud::connectors {

/// Every UID in an iCalendar or vCard object, in order, without repetition.
std::vector<std::string> uids_in(std::string_view bytes);

/// A file name for a UID: the UID itself where all its characters are safe, else a hash of it.
std::string file_name_for(std::string_view uid, std::string_view suffix);

}  // namespace ioud::connectors
