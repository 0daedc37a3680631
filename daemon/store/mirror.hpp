#pragma once
// The mirror: how far each collection was read and what was understood of each object, so that a
// pass reads only what changed. A cache in every sense: it may be deleted at any time, a damaged
// one is made anew, and nothing is in it that cannot be read again from the source.

#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/civil_time.hpp"
#include "core/log.hpp"
#include "core/result.hpp"
#include "core/step.hpp"
#include "store/database.hpp"
#include "store/row_text.hpp"

namespace ioud::store {

/// A collection of one configured connector, by their names in the config.
struct Collection {
  std::string connector;
  std::string name;
  friend auto operator<=>(const Collection&, const Collection&) = default;
};

/// How far a collection was read, and what is held of it.
struct Known {
  std::string cursor;
  std::map<std::string, std::string> etags;  ///< by href, bad objects included
};

/// One object of a collection. Either `record` holds what was understood of it, or `fault` says why
/// it could not be read.
struct MirrorRow {
  std::string href;
  std::string etag;    ///< "" lets the connector give the object again at the next pull
  std::string kind;    ///< the engine's word for what `record` is: "mail", "event", "own", …
  std::string record;  ///< to_record() of a value, or raw bytes; any bytes
  std::string fault;   ///< for people: what is wrong with it, and where; "" when it was read
  core::Instant last = core::Instant::max();  ///< when it stops to matter; by default never
  friend bool operator==(const MirrorRow&, const MirrorRow&) = default;
};

/// One page of changes.
struct Page {
  std::string cursor;
  std::vector<MirrorRow> rows;        ///< added or put in the place of the row of the same href
  std::vector<std::string> removals;  ///< hrefs
  bool restarted = false;             ///< a whole listing begins with this page
  /// Hrefs said to be gone and kept all the same: unlisted until a page gives them again.
  std::vector<std::string> doubtful = {};
};

struct MirrorPlace {
  /// The file, `cache/mirror.db` in the state directory; its directory is made with mode 0700.
  std::filesystem::path file;
  /// Names everything the records depend on besides their source (version of the detector, excerpt
  /// length, …). When it differs from the last time, the mirror begins empty.
  std::string stamp;
  std::optional<Seal> seal;
};

/// Failing calls are Fault::transient: nothing was changed, or the mirror was damaged, began anew
/// and fills again in the next pass. One thread uses it.
class Mirror {
 public:
  /// Logs "mirror.rebuilt" with the reason where what stood there could not be used. `log` and
  /// `steps` (which hears "mirror.commit.before" and ".after") outlive the mirror.
  static core::Result<std::unique_ptr<Mirror>> open(MirrorPlace place, core::Log& log,
                                                    core::Steps& steps);

  /// Cursor and all etags; the cost grows with the collection.
  core::Result<Known> known(const Collection& collection);
  core::Result<std::string> cursor(const Collection& collection);
  core::Result<std::optional<std::string>> etag(const Collection& collection,
                                                const std::string& href);
  core::Result<std::size_t> count(const Collection& collection);
  /// Removals, rows and cursor in one transaction.
  core::Result<void> apply(const Collection& collection, const Page& page);

  using Take = std::function<void(const MirrorRow&)>;
  /// Calls `take` by href for each row of that kind that matters at `since` or later; the row lives
  /// for the call. `take` must not call the mirror.
  core::Result<void> each(const Collection& collection, std::string_view kind, core::Instant since,
                          const Take& take);
  /// How many objects of the collection could not be read.
  core::Result<std::size_t> faults(const Collection& collection);
  core::Result<std::optional<MirrorRow>> find(const Collection& collection, std::string_view href);

  /// Hrefs that no page since the last restarted one gave. Once the listing is complete they are
  /// what the source lost; removing them is the engine's decision.
  core::Result<std::vector<std::string>> unlisted(const Collection& collection);

  core::Result<std::vector<Collection>> collections();
  core::Result<void> drop(const Collection& collection);

  /// As LedgerStore::scrub().
  core::Result<void> scrub();

 private:
  Mirror(MirrorPlace place, core::Log& log, core::Steps& steps);
  core::Result<void> open_file();
  core::Result<std::string> stamp();
  core::Result<void> begin_anew();
  core::Result<void> guarded(const std::function<core::Result<void>()>& work);
  core::Result<void> read_one(const char* sql, const Collection& collection,
                              const std::string* href, const std::function<void(Statement&)>& take);
  core::Result<void> read_rows(Statement& select, const Take& take);
  core::Result<void> read_text(std::string_view stored, std::string& text) const;
  core::Result<void> write_page(const Collection& collection, const Page& page);

  MirrorPlace place_;
  RowText text_;
  core::Log& log_;
  core::Steps& steps_;
  std::optional<Database> database_;
};

}  // namespace ioud::store
