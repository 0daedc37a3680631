#pragma once
// The other side of the memory connector: a server that lives in a value, with a script of what
// goes wrong. Tests plant and look here; the connector's ports read and write here. One thread.

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "connectors/capability.hpp"

namespace ioud::connectors::memory {

using core::Result;

/// What goes wrong. A count falls by one each time.
struct Script {
  int failures = 0;     ///< so many calls fail with `failure` and change nothing
  std::string failing;  ///< only calls that begin so: "send "
  core::Error failure{core::Fault::transient, "memory", "the server is not there", std::nullopt};
  int lost_replies = 0;                     ///< so many writes are applied and fail all the same
  std::optional<std::size_t> truncated_to;  ///< a listing stops short and looks complete
  /// What the server makes of the bytes it is given; empty: it keeps them.
  std::function<std::string(const std::string&)> rewrite;
  std::size_t page_items = 1000;  ///< how much one pull gives at most
  bool forgets_cursors = false;   ///< the next pull starts over, once
  bool is_other_store = false;    ///< the next pull finds a store it never knew, once
};

struct Object {
  std::string etag;
  std::string bytes;
  std::int64_t revision = 0;  ///< of the last change; grows through the whole store
  domain::Box box = domain::Box::other;
  core::Instant arrived;
};

struct Collection {
  std::map<std::string, Object> objects;  ///< by href
  std::set<std::string> unreadable;       ///< hrefs that are listed and cannot be had
  bool is_missing = false;
};

/// Mail that was handed over.
struct Sent {
  std::string message_id;
  std::string sender;
  std::vector<std::string> recipients;
  std::string bytes;
};

class Store {
 public:
  Script script;
  std::map<std::string, Collection> calendars;
  std::map<std::string, Collection> books;
  Collection mail;
  std::vector<Sent> sent;
  std::vector<std::string> calls;      ///< "put IOUs iou-1.ics", in order, failed ones too
  std::function<void()> when_changed;  ///< set by who waits for news

  /// Puts an object there as somebody else would; a new etag each time.
  void plant(Collection& collection, const std::string& href, std::string bytes,
             domain::Box box = domain::Box::other, core::Instant arrived = {});
  void erase(Collection& collection, const std::string& href);
  void rename(Collection& collection, const std::string& href, const std::string& to);

  /// What is different in a collection; `since` applies to mail alone.
  Result<Changes<MailItem>> pull(Collection* collection, const std::string& name,
                                 const Position& from, core::Instant since,
                                 const MailFilter& wants);
  Result<Stored> put(const CalendarWrite& write);
  Result<bool> remove(const std::string& calendar, const std::string& href,
                      const std::string& etag);
  Result<Stored> append_draft(const std::string& message_id, const std::string& bytes);
  Result<bool> remove_draft(const std::string& href, const std::string& etag);
  Result<bool> send(const ApprovedMessage& message);
  Result<bool> has_sent(const std::string& message_id);

 private:
  Result<bool> begin(std::string call);
  Result<bool> removed(Collection& collection, const std::string& href, const std::string& etag);
  template <class T>
  Result<T> replied(T value);

  std::int64_t revision_ = 0;
};

}  // namespace ioud::connectors::memory
