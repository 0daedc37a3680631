#include "connectors/imap/quirks.hpp"

#include <array>

#include "core/text.hpp"

namespace ioud::connectors::imap {
namespace {

struct Row {
  std::string_view host;        ///< end of the host's name, or empty
  std::string_view capability;  ///< or empty
  Quirks quirks;
};

// Dovecot and Cyrus need no row: they do what they say.
constexpr std::array<Row, 4> table = {{
    {"", "X-GM-EXT-1", {"Gmail", true, true, true}},
    {".office365.com", "", {"Exchange Online", true, false, false}},
    {"", "XAPPLEPUSHSERVICE", {"iCloud", false, false, false}},
    {".mail.me.com", "", {"iCloud", false, false, false}},
}};

}  // namespace

Quirks quirks_of(std::string_view host, const std::set<std::string>& capabilities) {
  const std::string name = core::ascii_lower(host);
  for (const Row& row : table) {
    const bool is_host = !row.host.empty() && name.ends_with(row.host);
    const bool is_kind =
        !row.capability.empty() && capabilities.contains(std::string(row.capability));
    if (is_host || is_kind) return row.quirks;
  }
  return {};
}

}  // namespace ioud::connectors::imap
