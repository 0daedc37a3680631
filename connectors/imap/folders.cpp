#include "connectors/imap/folders.hpp"

#include <algorithm>

#include "connectors/folder_names.hpp"
#include "connectors/imap/command.hpp"
#include "core/text.hpp"

namespace ioud::connectors::imap {
namespace {

using domain::Box;

constexpr std::size_t most_folders = 5000;

std::uint32_t number_at(const std::vector<Value>& pairs, std::string_view key) {
  const Value* value = find_pair(pairs, key);
  const auto number = value == nullptr ? std::nullopt : value->number();
  return number && *number <= UINT32_MAX ? static_cast<std::uint32_t>(*number) : 0;
}

bool is_inbox(const std::string& name) { return core::iequals(name, "INBOX"); }

}  // namespace

bool FolderList::Listed::has(std::string_view attribute) const {
  return std::find(attributes.begin(), attributes.end(), attribute) != attributes.end();
}

core::Result<bool> FolderList::take(const Response& response) {
  if (response.status != Status::none) return false;
  if (response.name == "LIST") return take_list(response);
  if (response.name == "STATUS") return take_status(response);
  return false;
}

core::Result<bool> FolderList::take_list(const Response& response) {
  if (response.values.size() < 3 || !response.values[0].is_list())
    return core::fail(core::Fault::protocol, "imap", "the list of folders cannot be read");
  if (listed_.size() >= most_folders)
    return core::fail(core::Fault::protocol, "imap", "the server lists folders without end");
  Listed listed;
  for (const Value& attribute : response.values[0].items)
    listed.attributes.push_back(core::ascii_lower(attribute.text));
  listed.delimiter = response.values[1].kind == Value::Kind::nil ? "" : response.values[1].text;
  listed.name = response.values[2].text;
  listed.readable = decoded_folder_name(listed.name);
  listed_.push_back(std::move(listed));
  return true;
}

core::Result<bool> FolderList::take_status(const Response& response) {
  if (response.values.size() < 2 || !response.values[1].is_list())
    return core::fail(core::Fault::protocol, "imap", "the status of a folder cannot be read");
  const std::string& name = response.values[0].text;
  const auto found = std::find_if(listed_.begin(), listed_.end(), [&](const Listed& one) {
    return one.name == name || (is_inbox(one.name) && is_inbox(name));
  });
  if (found == listed_.end()) return true;
  const auto& pairs = response.values[1].items;
  found->status = FolderStatus{number_at(pairs, "UIDVALIDITY"), number_at(pairs, "UIDNEXT"),
                               number_at(pairs, "MESSAGES")};
  return true;
}

bool FolderList::is_skipped(const Listed& listed) const {
  if (listed.has("\\noselect") || listed.has("\\nonexistent") || listed.has("\\junk") ||
      listed.has("\\trash") || listed.has("\\flagged"))
    return true;
  for (const std::string& skip : wishes_.skip)
    if (core::folded(skip) == core::folded(listed.readable)) return true;
  const std::vector<std::string> levels =
      listed.delimiter.size() == 1 ? core::split(listed.readable, listed.delimiter.front())
                                   : std::vector<std::string>{listed.readable};
  return std::any_of(levels.begin(), levels.end(),
                     [](const std::string& level) { return is_skipped_folder_name(level); });
}

Folder FolderList::folder_of(const Listed& listed, bool has_sent, bool has_drafts) const {
  Folder folder;
  folder.name = listed.name;
  folder.status = listed.status;
  folder.is_read = !is_skipped(listed);
  const auto end =
      listed.delimiter.empty() ? std::string::npos : listed.readable.rfind(listed.delimiter);
  const std::string last =
      end == std::string::npos ? listed.readable : listed.readable.substr(end + 1);
  const auto holds = [&](const std::string& wish, bool is_told, std::string_view attribute,
                         bool (*is_named)(std::string_view)) {
    if (!wish.empty()) return core::folded(wish) == core::folded(listed.readable);
    return is_told ? listed.has(attribute) : is_named(last);
  };
  if (is_inbox(listed.name)) {
    folder.box = Box::inbox;
  } else if (holds(wishes_.drafts, has_drafts, "\\drafts", is_drafts_folder_name)) {
    folder.box = Box::drafts;
  } else if (holds(wishes_.sent, has_sent, "\\sent", is_sent_folder_name)) {
    folder.box = Box::sent;
  }
  return folder;
}

std::vector<Folder> FolderList::folders() const {
  const auto any = [&](std::string_view attribute) {
    return std::any_of(listed_.begin(), listed_.end(),
                       [&](const Listed& one) { return one.has(attribute); });
  };
  const bool has_labels = quirks_.has_labels && any("\\all");
  const bool has_sent = any("\\sent");
  const bool has_drafts = any("\\drafts");
  std::vector<Folder> all;
  for (const Listed& listed : listed_) {
    Folder folder = folder_of(listed, has_sent, has_drafts);
    const bool is_whole = listed.has("\\all");
    if (has_labels) {
      folder.has_labels = is_whole;
      if (!is_whole && folder.box != Box::drafts) folder.is_read = false;
    } else if (is_whole) {
      folder.is_read = false;
    }
    all.push_back(std::move(folder));
  }
  std::sort(all.begin(), all.end(), [](const Folder& a, const Folder& b) {
    const bool a_first = a.box == Box::inbox;
    const bool b_first = b.box == Box::inbox;
    return a_first != b_first ? a_first : a.name < b.name;
  });
  return all;
}

const Folder* find_box(const std::vector<Folder>& folders, Box box) {
  const auto found = std::find_if(folders.begin(), folders.end(),
                                  [box](const Folder& folder) { return folder.box == box; });
  return found == folders.end() ? nullptr : &*found;
}

}  // namespace ioud::connectors::imap
