#include "connectors/object.hpp"

#include <algorithm>

#include "core/ident.hpp"
#include "core/text.hpp"

namespace ioud::connectors {
namespace {

constexpr std::size_t longest_name = 120;

bool is_safe(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
         c == '_' || c == '.' || c == '@';
}

}  // namespace

std::vector<std::string> uids_in(std::string_view bytes) {
  std::vector<std::string> uids;
  std::size_t at = 0;
  const auto next_line = [&] {
    const auto end = std::min(bytes.find('\n', at), bytes.size());
    std::string_view line = bytes.substr(at, end - at);
    at = end + 1;
    if (line.ends_with('\r')) line.remove_suffix(1);
    return line;
  };
  const auto is_folded = [&] {
    return at < bytes.size() && (bytes[at] == ' ' || bytes[at] == '\t');
  };
  while (at < bytes.size()) {
    const std::string_view line = next_line();
    if (line.size() < 4 || !core::iequals(line.substr(0, 3), "UID")) continue;
    if (line[3] != ':' && line[3] != ';') continue;
    std::string whole(line);
    while (is_folded()) whole += next_line().substr(1);
    const auto colon = whole.find(':');
    if (colon == std::string::npos) continue;
    std::string uid(core::trimmed(std::string_view(whole).substr(colon + 1)));
    if (std::find(uids.begin(), uids.end(), uid) == uids.end()) uids.push_back(std::move(uid));
  }
  return uids;
}

std::string file_name_for(std::string_view uid, std::string_view suffix) {
  const bool is_usable = !uid.empty() && uid.size() <= longest_name && uid.front() != '.' &&
                         std::all_of(uid.begin(), uid.end(), is_safe);
  return (is_usable ? std::string(uid) : core::ident({"file", uid})) + std::string(suffix);
}

}  // namespace ioud::connectors
