#pragma once
// The bodies of WebDAV requests, and the small words around them (etags, the name of a member).
// Pure text; the answers are read by multistatus.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "connectors/dav/names.hpp"
#include "core/civil_time.hpp"
#include "net/http.hpp"

namespace ioud::connectors::dav {

/// Whether a collection holds events or cards: the two dialects of the same requests.
enum class Holds { events, cards };

/// Text for an element's content or an attribute.
std::string escape_xml(std::string_view text);

/// RFC 4918 9.1. Names as in names.hpp.
std::string propfind(const std::vector<std::string_view>& names);

/// RFC 6578 3.2, for what changed since the token; "" asks for everything. `with_bytes` asks for
/// the objects too; not every server gives them.
std::string sync_collection(Holds holds, std::string_view token, bool with_bytes);

/// Every event of a calendar (RFC 4791 7.8), with its bytes.
std::string query_all_events();
/// The etags of the events between two days, UTC. Both ends are given, since some servers know no
/// half-open filter.
std::string query_window(core::Date begin, core::Date end);
/// The events whose UID contains that text, with their bytes.
std::string query_uid(std::string_view uid);

/// RFC 4791 7.9, RFC 6352 8.7. `paths` are encoded.
std::string multiget(Holds holds, const std::vector<std::string>& paths);

/// RFC 4791 5.3.1. `colour` is "#RRGGBB" or empty.
std::string mkcalendar(std::string_view display_name, std::string_view colour);

/// A request with an XML body, as every server wants to have it named.
net::Request xml_request(std::string method, net::Url url, std::string body,
                         std::string_view depth);

/// The entity tag as it compares and goes into If-Match: without "W/", which servers add when they
/// compress. "" for what is none, such as `""`, NULL or a tag with control characters.
std::string plain_etag(std::string_view written);

/// The decoded last segment of a member's href within its collection; "" for the collection itself
/// and for collections in it.
std::string member_name(std::string_view href, const net::Url& collection);

/// The URL of a member.
net::Url member_url(const net::Url& collection, std::string_view name);

}  // namespace ioud::connectors::dav
