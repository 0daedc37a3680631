#pragma once
// Keeps in step with one collection in as few requests as its server allows: one where nothing
// changed. Asks by sync-token, or by ctag, or by a window of days where a server has neither; goes
// back to a whole comparison whenever a token is not believed, and hands out what it found page by
// page. It believes no removal before a listing is complete.

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "connectors/dav/cursor.hpp"
#include "connectors/dav/listing.hpp"
#include "connectors/dav/window.hpp"

namespace ioud::connectors::dav {

/// All that is different from a Position, before it is cut into pages.
struct Difference {
  std::vector<Item> seen;
  std::vector<ItemFault> bad;
  std::vector<std::string> gone;
  Cursor cursor;  ///< for the last page
  bool is_other_store = false;
};
/// A difference that is being handed out.
struct Pages {
  Difference rest;
  std::size_t next_item = 0;
  std::size_t page = 0;
  Cursor start;  ///< what pages before the last one go back to
};

class Sync {
 public:
  /// `may_window`: some days of a large calendar may be looked at more often than all of it.
  Sync(SharedAccount account, Holds holds, bool may_window)
      : lister_(std::move(account), holds),
        holds_(holds),
        may_window_(may_window && holds == Holds::events) {}

  /// The changes of the collection at `url`. `stamp` goes into cursors. `may_sync`: the server has
  /// said that it knows sync-collection. Fails with not_found where there is no such collection.
  net::Task<Changes<Item>> pull(net::Url url, std::string stamp, bool may_sync, Position from);

 private:
  net::Task<Difference> since(net::Url url, Cursor cursor, std::shared_ptr<Held> held);
  net::Task<Difference> whole(net::Url url, Cursor cursor, std::shared_ptr<Held> held,
                              std::vector<Member> told = {});
  net::Task<Difference> near(net::Url url, Cursor cursor, std::shared_ptr<Held> held);
  net::Task<bool> is_near_enough(net::Url url, const Cursor& cursor, Listing& listing);
  net::Task<Cursor> open_window(net::Url url, Cursor cursor, std::size_t members);
  net::Task<Listing> list(net::Url url, Cursor& cursor, bool with_bytes);
  net::Task<bool> add_all_bytes(net::Url url, Listing& listing, const Etags& known);
  net::Task<Difference> settle(net::Url url, Listing listing, Etags known);
  Changes<Item> next_page();

  Lister lister_;
  Holds holds_;
  bool may_window_;
  std::optional<Window> window_;  ///< what goes with a cursor of that way
  std::optional<Pages> pages_;
  std::map<std::string, int> unsettled_;  ///< objects that failed, and how often: asked for again
};

}  // namespace ioud::connectors::dav
