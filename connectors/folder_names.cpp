#include "connectors/folder_names.hpp"

#include <algorithm>
#include <array>

#include "core/text.hpp"

namespace ioud::connectors {
namespace {

constexpr std::array<std::string_view, 15> skipped_names = {
    "spam",
    "junk",
    "junk e-mail",
    "junk email",
    "junk mail",
    "bulk",
    "bulk mail",
    "trash",
    "deleted",
    "deleted items",
    "rubbish",
    "deleted mail",
    "deleted messages",
    "recycle bin",
    "bin",
};
constexpr std::array<std::string_view, 5> sent_names = {"sent", "sent items", "sent mail",
                                                        "sent messages", "sent-mail"};
constexpr std::array<std::string_view, 2> drafts_names = {"drafts", "draft"};

template <std::size_t n>
bool is_among(const std::array<std::string_view, n>& names, std::string_view name) {
  const std::string folded = core::folded(core::trimmed(name));
  return std::find(names.begin(), names.end(), folded) != names.end();
}

}  // namespace

bool is_skipped_folder_name(std::string_view name) { return is_among(skipped_names, name); }
bool is_sent_folder_name(std::string_view name) { return is_among(sent_names, name); }
bool is_drafts_folder_name(std::string_view name) { return is_among(drafts_names, name); }

}  // namespace ioud::connectors
