#include "connectors/dav/sync.hpp"

#include <algorithm>
#include <set>

namespace ioud::connectors::dav {
namespace {

constexpr std::size_t page_items = 1024;
constexpr std::size_t page_bytes = 4U << 20U;
constexpr int attempts_at_most = 3;
constexpr std::size_t few = 200;  ///< objects that are sooner fetched by name than all over again
/// DAViCal forgets tokens after a week.
constexpr std::chrono::days trusted_for{6};
constexpr std::chrono::days between_notes{1};

bool is_known(const Member& member, const Etags& known) {
  const auto found = known.find(member.name);
  return found != known.end() && !member.etag.empty() && found->second == member.etag;
}

/// What we hold of the members of a listing.
core::Result<Etags> held_of(const Listing& listing, Held& held) {
  if (listing.members.size() > few) {
    const auto all = held.all();
    if (!all) return tl::unexpected(all.error());
    return **all;
  }
  Etags known;
  for (const Member& member : listing.members) {
    auto etag = held.etag(member.name);
    if (!etag) return tl::unexpected(etag.error());
    if (*etag) known.emplace(member.name, std::move(**etag));
  }
  return known;
}

/// A server that does not know a token any more may give the whole listing without a word (SOGo,
/// DAViCal after a week); then removals are not in it. With many objects it shows by naming much
/// that did not change; with a few it need not show at all, and a comparison costs little.
core::Result<bool> may_be_whole(const Listing& listing, const std::string& token,
                                const Etags& known, Held& held) {
  const auto unchanged = static_cast<std::size_t>(
      std::count_if(listing.members.begin(), listing.members.end(),
                    [&](const Member& member) { return is_known(member, known); }));
  if (listing.token == token && unchanged == listing.members.size()) return false;
  const auto count = held.count();
  if (!count) return tl::unexpected(count.error());
  if (*count == 0) return false;
  return *count <= few || (unchanged > 0 && unchanged * 2 >= *count);
}

/// What was told before spares asking for it.
void add_bytes(Listing& listing, std::vector<Member> told) {
  std::map<std::string, Member> by_name;
  for (Member& member : told) by_name.insert_or_assign(member.name, std::move(member));
  for (Member& member : listing.members) {
    const auto found = by_name.find(member.name);
    if (found == by_name.end() || member.bytes || !found->second.bytes) continue;
    if (found->second.etag == member.etag) member = std::move(found->second);
  }
}

}  // namespace

net::Task<Changes<Item>> Sync::pull(net::Url url, std::string stamp, bool may_sync, Position from) {
  Cursor cursor = Cursor::parse(from.cursor);
  const std::string address = net::format(url);
  if (cursor.page > 0 && pages_ && pages_->page == cursor.page && cursor.url == address) {
    co_return next_page();
  }
  pages_.reset();
  const bool is_new = cursor.url.empty();
  const bool is_other_store = !is_new && cursor.url != address;
  if (is_new || is_other_store) {
    cursor = Cursor();
    cursor.way = may_sync ? Cursor::Way::sync : Cursor::Way::tags;
  }
  if (is_other_store) from = Position();
  cursor.stamp = std::move(stamp);
  cursor.url = address;
  cursor.page = 0;

  auto difference = co_await since(std::move(url), cursor, std::move(from.held));
  if (!difference) co_return tl::unexpected(difference.error());
  difference->is_other_store = is_other_store;
  pages_.emplace();
  pages_->rest = std::move(*difference);
  pages_->start = std::move(cursor);
  co_return next_page();
}

net::Task<Difference> Sync::since(net::Url url, Cursor cursor, std::shared_ptr<Held> held) {
  if (cursor.token.empty()) {
    co_return co_await whole(std::move(url), std::move(cursor), std::move(held));
  }
  if (cursor.way == Cursor::Way::window) {
    co_return co_await near(std::move(url), std::move(cursor), std::move(held));
  }
  Difference nothing;
  nothing.cursor = cursor;
  if (cursor.way == Cursor::Way::tags) {
    auto ctag = co_await lister_.ctag(url);
    if (!ctag) co_return tl::unexpected(ctag.error());
    if (*ctag == cursor.token && unsettled_.empty()) co_return nothing;
    co_return co_await whole(std::move(url), std::move(cursor), std::move(held));
  }
  const auto age = lister_.now() - cursor.asked;
  if (age > trusted_for) {
    cursor.token.clear();
    co_return co_await whole(std::move(url), std::move(cursor), std::move(held));
  }
  if (age > between_notes) cursor.asked = lister_.now();
  auto listing = co_await lister_.changes(url, cursor.token, true);
  if (!listing) co_return tl::unexpected(listing.error());
  auto known = held_of(*listing, *held);
  if (!known) co_return tl::unexpected(known.error());
  const auto is_whole = may_be_whole(*listing, cursor.token, *known, *held);
  if (!is_whole) co_return tl::unexpected(is_whole.error());
  if (listing->was_refused || *is_whole) {
    cursor.token.clear();
    std::vector<Member> told = std::move(listing->members);
    co_return co_await whole(std::move(url), std::move(cursor), std::move(held), std::move(told));
  }
  cursor.token = listing->token;
  auto difference = co_await settle(std::move(url), std::move(*listing), std::move(*known));
  if (difference) difference->cursor = std::move(cursor);
  co_return difference;
}

/// By the window as long as it is enough, and else by a listing of everything.
net::Task<Difference> Sync::near(net::Url url, Cursor cursor, std::shared_ptr<Held> held) {
  Listing listing;
  const auto is_enough = co_await is_near_enough(url, cursor, listing);
  if (!is_enough) co_return tl::unexpected(is_enough.error());
  if (!*is_enough) {
    cursor.token.clear();
    co_return co_await whole(std::move(url), std::move(cursor), std::move(held));
  }
  auto known = held_of(listing, *held);
  if (!known) co_return tl::unexpected(known.error());
  auto difference = co_await settle(std::move(url), std::move(listing), std::move(*known));
  if (difference) difference->cursor = std::move(cursor);
  co_return difference;
}

net::Task<bool> Sync::is_near_enough(net::Url url, const Cursor& cursor, Listing& listing) {
  if (!window_ || !window_->holds(cursor.token, lister_.now())) co_return false;
  auto inside = co_await lister_.between(std::move(url), window_->begin(), window_->end());
  if (!inside) {
    // Next time it is a listing, lest a filter that a server fails at stands in the way of all.
    window_.reset();
    co_return tl::unexpected(inside.error());
  }
  listing = std::move(*inside);
  co_return !listing.was_refused && window_->take(listing.members);
}

/// After a listing of so many that has no mark of the server's: a window for the time until the
/// next one, if the server knows such a thing and the filter finds anything.
net::Task<Cursor> Sync::open_window(net::Url url, Cursor cursor, std::size_t members) {
  window_.reset();
  if (cursor.way == Cursor::Way::window) cursor.way = Cursor::Way::tags;
  const bool is_of_use = may_window_ && cursor.way == Cursor::Way::tags && cursor.token.empty() &&
                         members >= large_calendar;
  if (!is_of_use) co_return cursor;
  Window window(lister_.now());
  const auto inside = co_await lister_.between(std::move(url), window.begin(), window.end());
  may_window_ = inside && !inside->was_refused && !inside->members.empty();
  if (!may_window_) co_return cursor;
  window.take(inside->members);
  cursor.way = Cursor::Way::window;
  cursor.token = window.token();
  window_ = std::move(window);
  co_return cursor;
}

/// Everything that is there, asked for in the way that the server knows; `cursor` learns the token.
net::Task<Listing> Sync::list(net::Url url, Cursor& cursor, bool with_bytes) {
  if (cursor.way == Cursor::Way::sync) {
    auto listing = co_await lister_.changes(url, "", with_bytes);
    if (listing && listing->was_refused && with_bytes) {
      listing = co_await lister_.changes(url, "", false);
    }
    if (!listing) co_return listing;
    cursor.token = listing->token;
    cursor.asked = lister_.now();
    if (!listing->was_refused) co_return listing;
    cursor.way = Cursor::Way::tags;
  }
  auto listing = co_await lister_.tags(std::move(url));
  if (listing) cursor.token = listing->token;
  co_return listing;
}

/// Where much is wanted and the server did not give it with the listing, it is asked for at once.
net::Task<bool> Sync::add_all_bytes(net::Url url, Listing& listing, const Etags& known) {
  const auto is_wanted = [&known](const Member& member) {
    return !member.bytes && !member.error && !is_known(member, known);
  };
  const auto wanted = static_cast<std::size_t>(
      std::count_if(listing.members.begin(), listing.members.end(), is_wanted));
  if (holds_ != Holds::events || wanted <= few || wanted * 3 < listing.members.size()) {
    co_return true;
  }
  auto all = co_await lister_.all_events(std::move(url));
  if (!all) co_return tl::unexpected(all.error());
  std::map<std::string, Member*> by_name;
  for (Member& member : all->members) by_name[member.name] = &member;
  for (Member& member : listing.members) {
    const auto found = by_name.find(member.name);
    if (found == by_name.end() || !is_wanted(member)) continue;
    member = std::move(*found->second);
  }
  co_return true;
}

net::Task<Difference> Sync::whole(net::Url url, Cursor cursor, std::shared_ptr<Held> held,
                                  std::vector<Member> told) {
  const auto all = held->all();
  if (!all) co_return tl::unexpected(all.error());
  Etags known = **all;
  const bool is_first = known.empty();
  auto listing = co_await list(url, cursor, is_first);
  if (!listing) co_return tl::unexpected(listing.error());
  add_bytes(*listing, std::move(told));
  auto added = co_await add_all_bytes(url, *listing, known);
  if (!added) co_return tl::unexpected(added.error());
  std::set<std::string> there;
  for (const Member& member : listing->members) {
    if (!member.is_gone) there.insert(member.name);
  }
  std::vector<std::string> gone;
  for (const auto& one : known) {
    if (!there.contains(one.first)) gone.push_back(one.first);
  }
  const std::size_t members = listing->members.size();
  auto difference = co_await settle(url, std::move(*listing), std::move(known));
  if (!difference) co_return difference;
  auto next = co_await open_window(std::move(url), std::move(cursor), members);
  if (!next) co_return tl::unexpected(next.error());
  difference->gone = std::move(gone);
  difference->cursor = std::move(*next);
  co_return difference;
}

/// Leaves out what is known, fetches what is missing, and sorts the rest.
net::Task<Difference> Sync::settle(net::Url url, Listing listing, Etags known) {
  Difference difference;
  std::vector<Member> members;
  std::vector<std::string> missing;
  std::set<std::string> named;
  for (Member& member : listing.members) {
    named.insert(member.name);
    if (member.is_gone) {
      if (known.contains(member.name)) difference.gone.push_back(member.name);
      unsettled_.erase(member.name);
    } else if (member.error || (member.bytes && !is_known(member, known))) {
      members.push_back(std::move(member));
    } else if (!member.bytes && !is_known(member, known)) {
      missing.push_back(member.name);
    }
  }
  listing.members.clear();
  for (const auto& failed : unsettled_) {
    if (!named.contains(failed.first)) missing.push_back(failed.first);
  }
  auto fetched = co_await lister_.fetch(std::move(url), std::move(missing));
  if (!fetched) co_return tl::unexpected(fetched.error());
  std::move(fetched->begin(), fetched->end(), std::back_inserter(members));
  for (Member& member : members) {
    if (member.error) {
      if (++unsettled_[member.name] >= attempts_at_most) unsettled_.erase(member.name);
      difference.bad.push_back({member.name, member.etag, std::move(*member.error)});
      continue;
    }
    unsettled_.erase(member.name);
    if (!member.bytes || is_known(member, known)) continue;
    difference.seen.push_back({member.name, member.etag, std::move(*member.bytes)});
  }
  co_return difference;
}

Changes<Item> Sync::next_page() {
  Changes<Item> changes;
  Pages& pages = *pages_;
  auto& items = pages.rest.seen;
  changes.restarted = changes.other_store = pages.rest.is_other_store && pages.page == 0;
  std::size_t bytes = 0;
  while (pages.next_item < items.size() && changes.seen.size() < page_items && bytes < page_bytes) {
    Item& item = items[pages.next_item++];
    bytes += item.bytes.size();
    changes.seen.push_back(std::move(item));
  }
  if (pages.next_item < items.size()) {
    changes.more = true;
    Cursor cursor = pages.start;
    cursor.page = ++pages.page;
    changes.cursor = cursor.text();
    return changes;
  }
  changes.gone = std::move(pages.rest.gone);
  changes.bad = std::move(pages.rest.bad);
  changes.cursor = pages.rest.cursor.text();
  pages_.reset();
  return changes;
}

}  // namespace ioud::connectors::dav
