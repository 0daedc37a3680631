#include "connectors/imap/cursor.hpp"

#include <charconv>
#include <nlohmann/json.hpp>

#include "core/text.hpp"

namespace ioud::connectors::imap {
namespace {

using nlohmann::json;

constexpr int version = 1;

FolderMark mark_of(const json& row) {
  FolderMark mark;
  mark.validity = row.at(0).get<std::uint32_t>();
  mark.next = row.at(1).get<Uid>();
  mark.modseq = row.at(2).get<std::uint64_t>();
  if (row.size() > 4)
    mark.settled =
        FolderStatus{mark.validity, row.at(3).get<std::uint32_t>(), row.at(4).get<std::uint32_t>()};
  return mark;
}

}  // namespace

std::string Cursor::text() const {
  json rows = json::object();
  for (const auto& [name, mark] : folders) {
    json row = {mark.validity, mark.next, mark.modseq};
    if (mark.settled) {
      row.push_back(mark.settled->next);
      row.push_back(mark.settled->messages);
    }
    // A folder's name is bytes of the server's; JSON takes UTF-8 alone.
    rows[core::made_utf8(name)] = std::move(row);
  }
  json all{{"v", version}, {"account", core::made_utf8(account)}, {"folders", std::move(rows)}};
  if (known) all["known"] = *known;
  return all.dump();
}

Cursor Cursor::parse(const std::string& text) {
  const json read = json::parse(text, nullptr, false);
  Cursor cursor;
  try {
    if (!read.is_object() || read.at("v").get<int>() != version) return {};
    cursor.account = read.at("account").get<std::string>();
    for (const auto& [name, row] : read.at("folders").items()) cursor.folders[name] = mark_of(row);
    if (read.contains("known")) cursor.known = read.at("known").get<std::size_t>();
  } catch (const json::exception&) {
    return {};
  }
  return cursor;
}

std::string MailName::href() const {
  return std::to_string(validity) + "." + std::to_string(uid) + "/" + folder;
}

std::optional<MailName> MailName::parse(const std::string& href) {
  MailName name;
  const char* end = href.data() + href.size();
  const auto validity = std::from_chars(href.data(), end, name.validity);
  if (validity.ec != std::errc() || validity.ptr == end || *validity.ptr != '.')
    return std::nullopt;
  const auto uid = std::from_chars(validity.ptr + 1, end, name.uid);
  if (uid.ec != std::errc() || uid.ptr == end || *uid.ptr != '/') return std::nullopt;
  name.folder.assign(uid.ptr + 1, end);
  return name;
}

}  // namespace ioud::connectors::imap
