#include "connectors/local/vdir.hpp"

#include <sys/stat.h>

#include <algorithm>

#include "core/ident.hpp"
#include "core/text.hpp"

namespace ioud::connectors::local {
namespace {

constexpr int pulls_at_most = 5;

std::string_view suffix_of(Holds holds) { return holds == Holds::events ? ".ics" : ".vcf"; }

/// Whether the last object in the bytes lacks its end: the file is cut off or still being written.
bool is_cut_off(std::string_view bytes, Holds holds) {
  const std::string_view name = holds == Holds::events ? "vcalendar" : "vcard";
  if (core::trimmed(bytes).empty()) return true;
  const std::string lower = core::ascii_lower(bytes);
  const auto begin = lower.rfind("begin:" + std::string(name));
  return begin != std::string::npos &&
         lower.find("end:" + std::string(name), begin) == std::string::npos;
}

core::Error conflict(const fs::path& path, std::string text) {
  return core::Error{core::Fault::conflict, path.string(), std::move(text), std::nullopt};
}

}  // namespace

/// The cursor names the store, so that a folder put in the place of another is noticed: inode and
/// path, whether this is another store than the known objects come from, and the last href of a
/// page. Lines, because only a path or name may hold odd characters, and those stand last.
struct Vdir::Cursor {
  std::string store;
  bool is_other_store = false;
  std::string after;

  static Cursor parse(const std::string& text) {
    const auto lines = core::split(text, '\n');
    if (lines.size() < 3) return {};
    Cursor cursor;
    cursor.store = lines[0];
    cursor.is_other_store = lines[1] == "other";
    cursor.after = text.substr(lines[0].size() + lines[1].size() + 2);
    return cursor;
  }
  std::string text() const {
    return store + "\n" + (is_other_store ? "other" : "same") + "\n" + after;
  }
};

bool Vdir::is_item(std::string_view name) const {
  return !name.starts_with('.') && name.find('/') == std::string_view::npos &&
         core::ascii_lower(name).ends_with(suffix_of(settings_.holds));
}

Result<std::vector<ListedFile>> Vdir::list() const {
  return list_files(settings_.folder, [this](std::string_view name) { return is_item(name); });
}

core::Error Vdir::not_ours() const {
  return core::Error{core::Fault::config, settings_.folder.string(),
                     "this folder is not ours to write; give its calendar the use proposals, "
                     "occasions or meetings",
                     std::nullopt};
}

Result<Changes<Item>> Vdir::pull(const Position& from) {
  const auto held = from.held->all();
  if (!held) return tl::unexpected(held.error());
  const Etags& etags = **held;
  struct stat folder{};
  if (::stat(settings_.folder.c_str(), &folder) != 0 && errno == ENOENT &&
      settings_.may_be_missing && etags.empty()) {
    return Changes<Item>{};
  }
  const std::string store = std::to_string(folder.st_ino) + " " + settings_.folder.string();
  Cursor cursor = Cursor::parse(from.cursor);
  for (int attempt = 0; attempt < pulls_at_most; ++attempt) {
    if (attempt > 0 || from.cursor.empty() || from.cursor != continued_by_) {
      auto files = list();
      if (!files) return tl::unexpected(files.error());
      listing_ = std::move(*files);
    }
    const bool knows_any =
        std::any_of(listing_.begin(), listing_.end(),
                    [&](const ListedFile& file) { return etags.count(file.name) != 0; });
    if (!cursor.store.empty() && cursor.store != store && !etags.empty() && !knows_any) {
      cursor.is_other_store = true;
      cursor.after.clear();
    }
    cursor.store = store;
    bool is_settled = true;
    auto changes = page(listing_, etags, cursor, is_settled);
    continued_by_ = changes && changes->more ? changes->cursor : std::string();
    if (continued_by_.empty()) listing_.clear();
    if (is_settled || !changes) return changes;
  }
  return core::fail(core::Fault::transient, settings_.folder.string(),
                    "another program keeps changing the folder; it is read when it comes to rest");
}

Result<Changes<Item>> Vdir::page(const std::vector<ListedFile>& files, const Etags& etags,
                                 Cursor cursor, bool& is_settled) {
  Changes<Item> changes;
  const std::string start = cursor.after;
  changes.restarted = changes.other_store = cursor.is_other_store && start.empty();
  std::size_t bytes = 0;
  for (const ListedFile& file : files) {
    if (!start.empty() && file.name <= start) continue;
    const std::string etag = etag_of(file.state);
    const auto known = etags.find(file.name);
    if (known != etags.end() && known->second == etag) continue;
    if (changes.seen.size() >= settings_.limits.items || bytes >= settings_.limits.bytes) {
      changes.more = true;
      changes.cursor = cursor.text();
      return changes;
    }
    cursor.after = file.name;
    auto contents = read_whole(settings_.folder / file.name, settings_.limits.item_bytes);
    if (!contents && contents.error().fault == core::Fault::not_found) {
      is_settled = false;
      return changes;
    }
    if (!contents) {
      changes.bad.push_back({file.name, etag, contents.error()});
    } else if (is_cut_off(contents->bytes, settings_.holds)) {
      core::Error error{core::Fault::rejected, (settings_.folder / file.name).string(),
                        "the file ends before its END line: it is cut off or still being written",
                        std::nullopt};
      changes.bad.push_back({file.name, etag_of(contents->state), std::move(error)});
    } else {
      bytes += contents->bytes.size();
      const std::string read_etag = etag_of(contents->state);
      if (settings_.is_writable) known_[file.name] = {read_etag, uids_in(contents->bytes)};
      changes.seen.push_back({file.name, read_etag, std::move(contents->bytes)});
    }
  }

  if (!cursor.is_other_store) {
    const auto is_listed = [&](const std::string& href) {
      const auto at = std::lower_bound(
          files.begin(), files.end(), href,
          [](const ListedFile& file, const std::string& name) { return file.name < name; });
      return at != files.end() && at->name == href;
    };
    for (const auto& [href, etag] : etags) {
      if (!is_listed(href)) changes.gone.push_back(href);
    }
  }
  if (!changes.gone.empty()) {
    // A removal is believed only when a second look agrees.
    const auto again = list();
    if (!again) return tl::unexpected(again.error());
    is_settled =
        std::equal(files.begin(), files.end(), again->begin(), again->end(),
                   [](const ListedFile& a, const ListedFile& b) { return a.name == b.name; });
  }
  cursor.after.clear();
  cursor.is_other_store = false;
  changes.cursor = cursor.text();
  return changes;
}

/// The href of the file that holds a UID; empty where none does.
Result<std::string> Vdir::file_with(const std::string& uid) {
  const auto files = list();
  if (!files) return tl::unexpected(files.error());
  std::map<std::string, Known> known;
  std::string holder;
  for (const ListedFile& file : *files) {
    const std::string etag = etag_of(file.state);
    Known entry;
    if (const auto cached = known_.find(file.name);
        cached != known_.end() && cached->second.etag == etag) {
      entry = std::move(cached->second);
    } else if (const auto contents =
                   read_whole(settings_.folder / file.name, settings_.limits.item_bytes)) {
      entry = {etag_of(contents->state), uids_in(contents->bytes)};
    } else {
      continue;
    }
    const auto& uids = entry.uids;
    if (holder.empty() && std::find(uids.begin(), uids.end(), uid) != uids.end()) {
      holder = file.name;
    }
    known.emplace(file.name, std::move(entry));
  }
  known_ = std::move(known);
  return holder;
}

Result<Stored> Vdir::create(const CalendarWrite& write) {
  if (settings_.may_be_missing) {
    if (auto made = writer_.make_folder(settings_.folder); !made) {
      return tl::unexpected(made.error());
    }
  }
  const auto holder = file_with(write.uid);
  if (!holder) return tl::unexpected(holder.error());
  if (!holder->empty()) {
    return tl::unexpected(conflict(settings_.folder / *holder, "the UID stands here already"));
  }
  const std::string_view suffix = suffix_of(settings_.holds);
  // Somebody else's object may bear the name of our UID; then the hash is free.
  std::vector<std::string> names = {write.href};
  if (write.href.empty()) {
    names = {file_name_for(write.uid, suffix),
             core::ident({"file", write.uid}) + std::string(suffix)};
  }
  Result<Stored> stored = tl::unexpected(core::Error{});
  for (const std::string& name : names) {
    auto state = writer_.create(settings_.folder, name, write.bytes);
    if (state) {
      known_[name] = {etag_of(*state), uids_in(write.bytes)};
      return Stored{name, etag_of(*state)};
    }
    stored = tl::unexpected(state.error());
    if (state.error().fault != core::Fault::conflict) break;
  }
  return stored;
}

Result<Stored> Vdir::put(const CalendarWrite& write) {
  if (!settings_.is_writable) return tl::unexpected(not_ours());
  if (!write.href.empty() && !is_item(write.href)) {
    return core::fail(core::Fault::rejected, write.href, "this is no name for an item of a folder");
  }
  if (write.etag.empty()) return create(write);
  if (write.href.empty()) {
    return core::fail(core::Fault::rejected, write.uid, "a known version needs its file name");
  }
  const auto state = writer_.replace(settings_.folder, write.href, write.etag, write.bytes);
  if (!state) return tl::unexpected(state.error());
  known_[write.href] = {etag_of(*state), uids_in(write.bytes)};
  return Stored{write.href, etag_of(*state)};
}

Result<bool> Vdir::remove(const std::string& href, const std::string& etag) {
  if (!settings_.is_writable) return tl::unexpected(not_ours());
  if (!is_item(href)) {
    return core::fail(core::Fault::rejected, href, "this is no name for an item of a folder");
  }
  return writer_.remove(settings_.folder, href, etag);
}

}  // namespace ioud::connectors::local
