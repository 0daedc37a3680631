#pragma once
// Single questions to one collection: what changed, what is there, give me these objects. Each is
// one request, or a few where a server gives less than it was asked for. How they are put together
// is the business of sync.

#include <map>
#include <string>
#include <vector>

#include "connectors/capability.hpp"
#include "connectors/dav/account.hpp"
#include "connectors/dav/requests.hpp"

namespace ioud::connectors::dav {

/// A member as a server told of it. `bytes` is nothing where they were not given.
struct Member {
  std::string name;  ///< decoded, within the collection
  std::string etag;  ///< plain; a hash of the bytes ("=…") where the server has none; "" unknown
  std::optional<std::string> bytes;
  bool is_gone = false;
  std::optional<core::Error> error;  ///< it is there and cannot be had
};

struct Listing {
  std::vector<Member> members;
  std::string token;          ///< what to ask with next time
  bool was_refused = false;   ///< the token, or this kind of question: ask in another way
  bool is_cut_short = false;  ///< there is more behind `token` (RFC 6578 3.6)
};

/// What a member's version is called.
std::string version_of(const std::string& etag, const std::optional<std::string>& bytes);

class Lister {
 public:
  Lister(SharedAccount account, Holds holds) : account_(std::move(account)), holds_(holds) {}

  /// RFC 6578, with all its pages. A token the server will not have, and a server that does not
  /// know the report, are `was_refused`.
  net::Task<Listing> changes(net::Url collection, std::string token, bool with_bytes);
  /// Every event with its bytes, by one calendar-query.
  net::Task<Listing> all_events(net::Url collection);
  /// Names and etags of the events between two days. What is not in it may be elsewhere; nothing in
  /// it is gone.
  net::Task<Listing> between(net::Url collection, core::Date begin, core::Date end);
  /// Names and etags by PROPFIND; `token` is the ctag.
  net::Task<Listing> tags(net::Url collection);
  /// The ctag alone; "" where the server has none.
  net::Task<std::string> ctag(net::Url collection);
  /// Objects by name in small batches; what a batch leaves out or fails at is asked for alone.
  /// What is gone meanwhile is left out.
  net::Task<std::vector<Member>> fetch(net::Url collection, std::vector<std::string> names);
  /// One object by GET; `is_gone` where there is none.
  net::Task<Member> fetch_one(net::Url collection, std::string name);
  core::Instant now() const { return account_->now(); }

 private:
  net::Task<Listing> ask(net::Request request, std::string what);
  std::optional<Member> member_of(const Resource& resource, const net::Url& collection) const;
  net::Task<std::vector<Member>> fetch_batch(net::Url collection, std::vector<std::string> names);

  SharedAccount account_;
  Holds holds_;
};

}  // namespace ioud::connectors::dav
