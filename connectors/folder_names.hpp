#pragma once
// What folders of mail are called where nothing better tells their purpose: the names that mail
// programs give to spam, trash, sent mail and drafts. Pure.

#include <string_view>

namespace ioud::connectors {

/// Names of one folder, without those above it, in any case. What lies in a skipped one was thrown
/// away or was never asked for.
bool is_skipped_folder_name(std::string_view name);
bool is_sent_folder_name(std::string_view name);
bool is_drafts_folder_name(std::string_view name);

}  // namespace ioud::connectors
