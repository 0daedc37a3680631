#pragma once
// What folders of mail are called where nothing better tells their purpose: the names that mail
// programs give to spam, trash, sent mail and drafts, and those that an admin gives. Pure.

#include <string>
#include <string_view>
#include <vector>

namespace ioud::connectors {

/// Names of one folder, without those above it, in any case. What lies in a skipped one was thrown
/// away or was never asked for.
bool is_skipped_folder_name(std::string_view name);
bool is_sent_folder_name(std::string_view name);
bool is_drafts_folder_name(std::string_view name);

/// What the admin says of folders. Names are UTF-8, levels parted as the server parts them.
struct FolderWishes {
  std::string sent;               ///< empty: as the server tells
  std::string drafts;             ///< empty: as the server tells
  std::vector<std::string> skip;  ///< besides spam, junk and trash
};

}  // namespace ioud::connectors
