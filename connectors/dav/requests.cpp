#include "connectors/dav/requests.hpp"

#include <algorithm>

#include "core/text.hpp"

namespace ioud::connectors::dav {
namespace {

constexpr std::string_view head = R"(<?xml version="1.0" encoding="utf-8"?>)";
constexpr std::string_view spaces =
    R"( xmlns:D="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav")"
    R"( xmlns:R="urn:ietf:params:xml:ns:carddav" xmlns:S="http://calendarserver.org/ns/")"
    R"( xmlns:A="http://apple.com/ns/ical/")";

/// A whole document with that root.
std::string document(std::string_view root, const std::string& content) {
  std::string text(head);
  text += "<" + std::string(root) + std::string(spaces) + ">" + content;
  return text += "</" + std::string(root) + ">";
}

std::string element(std::string_view name, const std::string& content) {
  return "<" + std::string(name) + ">" + content + "</" + std::string(name) + ">";
}

std::string properties(const std::vector<std::string_view>& names) {
  std::string content;
  for (const std::string_view name : names) content += "<" + std::string(name) + "/>";
  return element("D:prop", content);
}

std::string_view bytes_of(Holds holds) {
  return holds == Holds::events ? property::calendar_bytes : property::card_bytes;
}

}  // namespace

std::string escape_xml(std::string_view text) {
  std::string escaped;
  for (const char c : text) {
    switch (c) {
      case '&':
        escaped += "&amp;";
        break;
      case '<':
        escaped += "&lt;";
        break;
      case '>':
        escaped += "&gt;";
        break;
      case '"':
        escaped += "&quot;";
        break;
      default:
        // XML 1.0 has no way to write other control characters.
        if (static_cast<unsigned char>(c) >= ' ' || c == '\n' || c == '\r' || c == '\t') {
          escaped += c;
        }
    }
  }
  return escaped;
}

std::string propfind(const std::vector<std::string_view>& names) {
  return document("D:propfind", properties(names));
}

std::string sync_collection(Holds holds, std::string_view token, bool with_bytes) {
  std::vector<std::string_view> names = {property::etag};
  if (with_bytes) names.push_back(bytes_of(holds));
  return document("D:sync-collection", element("D:sync-token", escape_xml(token)) +
                                           element("D:sync-level", "1") + properties(names));
}

std::string query_all_events() {
  return document("C:calendar-query",
                  properties({property::etag, property::calendar_bytes}) +
                      R"(<C:filter><C:comp-filter name="VCALENDAR"><C:comp-filter name="VEVENT"/>)"
                      "</C:comp-filter></C:filter>");
}

std::string query_window(core::Date begin, core::Date end) {
  const auto midnight = [](core::Date date) {
    return core::replaced(core::format(date), "-", "") + "T000000Z";
  };
  return document("C:calendar-query",
                  properties({property::etag}) +
                      R"(<C:filter><C:comp-filter name="VCALENDAR"><C:comp-filter name="VEVENT">)"
                      R"(<C:time-range start=")" +
                      midnight(begin) + R"(" end=")" + midnight(end) +
                      R"("/></C:comp-filter></C:comp-filter></C:filter>)");
}

std::string query_uid(std::string_view uid) {
  return document("C:calendar-query",
                  properties({property::etag, property::calendar_bytes}) +
                      R"(<C:filter><C:comp-filter name="VCALENDAR"><C:comp-filter name="VEVENT">)"
                      R"(<C:prop-filter name="UID"><C:text-match collation="i;octet">)" +
                      escape_xml(uid) +
                      "</C:text-match></C:prop-filter></C:comp-filter></C:comp-filter></C:filter>");
}

std::string multiget(Holds holds, const std::vector<std::string>& paths) {
  std::string content = properties({property::etag, bytes_of(holds)});
  for (const std::string& path : paths) content += element("D:href", escape_xml(path));
  return document(holds == Holds::events ? "C:calendar-multiget" : "R:addressbook-multiget",
                  content);
}

std::string mkcalendar(std::string_view display_name, std::string_view colour) {
  std::string content = element("D:displayname", escape_xml(display_name));
  if (!colour.empty()) content += element("A:calendar-color", escape_xml(colour));
  content += R"(<C:supported-calendar-component-set><C:comp name="VEVENT"/>)"
             "</C:supported-calendar-component-set>";
  return document("C:mkcalendar", element("D:set", element("D:prop", content)));
}

net::Request xml_request(std::string method, net::Url url, std::string body,
                         std::string_view depth) {
  net::Request request;
  request.method = std::move(method);
  request.url = std::move(url);
  request.body = std::move(body);
  if (!depth.empty()) request.headers.push_back({"Depth", std::string(depth)});
  request.headers.push_back({"Content-Type", "application/xml; charset=utf-8"});
  return request;
}

std::string plain_etag(std::string_view written) {
  written = core::trimmed(written);
  if (written.starts_with("W/") || written.starts_with("w/")) written.remove_prefix(2);
  const bool is_odd = std::any_of(written.begin(), written.end(), [](char c) {
    return static_cast<unsigned char>(c) < ' ' || c == '\x7f';
  });
  if (is_odd || written == "\"\"" || core::iequals(core::replaced(written, "\"", ""), "null")) {
    return {};
  }
  return std::string(written);
}

std::string member_name(std::string_view href, const net::Url& collection) {
  href = href.substr(0, href.find_first_of("?#"));
  if (href.empty() || href.ends_with('/')) return {};
  const auto slash = href.rfind('/');
  const std::string name =
      net::decode_segment(slash == std::string_view::npos ? href : href.substr(slash + 1));
  // Some servers name the collection itself without its closing slash.
  std::string own = net::normal_path(collection.path);
  if (own.ends_with('/')) own.pop_back();
  if (own.ends_with("/" + net::encode_segment(name))) {
    const auto named = net::resolve(collection, href);
    if (named && net::normal_path(named->path) == own) return {};
  }
  return name;
}

net::Url member_url(const net::Url& collection, std::string_view name) {
  net::Url url = collection;
  if (!url.path.ends_with('/')) url.path += '/';
  url.path += net::encode_segment(name);
  return url;
}

}  // namespace ioud::connectors::dav
