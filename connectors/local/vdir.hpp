#pragma once
// A folder with one object a file (vdir): `.ics` for a calendar, `.vcf` for an address book. The
// file name is the href and may change under us; the identity is the UID inside. Blocking calls.
// Reads every object of the folder, writes only where the folder is ours to write.

#include <map>
#include <string>
#include <vector>

#include "connectors/capability.hpp"
#include "connectors/local/files.hpp"
#include "connectors/object.hpp"

namespace ioud::connectors::local {

enum class Holds { events, cards };

/// How much one pull gives at most, so that a large folder neither fills the memory nor keeps
/// others waiting; the rest comes with the next pull.
struct PageLimits {
  std::size_t items = 512;
  std::size_t bytes = 4 * mebibyte;
  std::uint64_t item_bytes = 16 * mebibyte;  ///< a larger object is reported, not read
};

class Vdir {
 public:
  struct Settings {
    fs::path folder;
    Holds holds = Holds::events;
    /// Ours to write. A folder that is ours alone may be missing until the first put makes it.
    bool is_writable = false;
    bool may_be_missing = false;
    PageLimits limits = {};
  };

  /// `steps` may be null.
  Vdir(Settings settings, core::Steps* steps)
      : settings_(std::move(settings)), writer_(steps, FileWriter::Sync::at_settle) {}

  /// A missing folder is a fault, never an empty one. What is cut off or cannot be read is in
  /// `bad`, and never in `gone`. `gone` comes with the last page.
  Result<Changes<Item>> pull(const Position& from);

  /// A UID that stands in the folder under any file name cannot be created a second time.
  Result<Stored> put(const CalendarWrite& write);
  Result<bool> remove(const std::string& href, const std::string& etag);
  /// Puts on the disk that files of this folder came and went (CalendarSink::settle).
  Result<bool> settle() { return writer_.settle(); }

 private:
  struct Known {
    std::string etag;
    std::vector<std::string> uids;
  };
  struct Cursor;

  Result<std::vector<ListedFile>> list() const;
  bool is_item(std::string_view name) const;
  Result<Changes<Item>> page(const std::vector<ListedFile>& files, const Etags& etags,
                             Cursor cursor, bool& is_settled);
  Result<std::string> file_with(const std::string& uid);
  Result<Stored> create(const CalendarWrite& write);
  core::Error not_ours() const;

  Settings settings_;
  FileWriter writer_;
  std::map<std::string, Known> known_;  ///< by href; spares reading all files again for each create
  /// The pages of one pull are cut from one listing; a change meanwhile is seen by the next pull.
  std::vector<ListedFile> listing_;
  std::string continued_by_;
};

}  // namespace ioud::connectors::local
