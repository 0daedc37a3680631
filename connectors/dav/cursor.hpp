#pragma once
// The position in a collection as the engine keeps it for us: opaque text there, this here. Kept
// for ever in people's state folders, so its form may only grow.
//
// Lines: "dav 1"; a stamp of the config that led here; the collection's URL; how changes are asked
// for ("sync", "tags" or "window"); the number of the next page of a listing, or "0", and behind a
// space since when the token is good, in seconds since 1970; the token, which is the server's but
// for "window", last because only it may hold odd characters.

#include <string>

#include "core/civil_time.hpp"

namespace ioud::connectors::dav {

struct Cursor {
  /// RFC 6578; ctag and etags; etags of some days until all are due again (window.hpp).
  enum class Way { sync, tags, window };

  std::string stamp;
  std::string url;
  Way way = Way::sync;
  std::size_t page = 0;
  core::Instant
      asked;  ///< when the server knew the token, to the day; 1970 where that was not kept
  std::string token;

  /// An empty cursor for what is none of ours.
  static Cursor parse(const std::string& text);
  std::string text() const;
};

}  // namespace ioud::connectors::dav
