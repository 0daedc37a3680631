#include "connectors/dav/discovery.hpp"

#include <algorithm>

#include "core/text.hpp"

namespace ioud::connectors::dav {
namespace {

using core::Fault;

std::string_view home_property(Holds holds) {
  return holds == Holds::events ? property::calendar_homes : property::book_homes;
}

std::string_view element_of(Holds holds) {
  return holds == Holds::events ? "C:calendar" : "R:addressbook";
}

std::string what_of(Holds holds) {
  return holds == Holds::events ? "looking for calendars" : "looking for address books";
}

/// An href as servers write it, spaces and other raw bytes included.
std::optional<net::Url> url_of(const net::Url& base, std::string_view href) {
  std::string clean;
  for (const char c : href) {
    const bool is_raw = static_cast<unsigned char>(c) <= ' ' || static_cast<signed char>(c) < 0;
    clean += is_raw ? net::encode_segment(std::string_view(&c, 1)) : std::string(1, c);
  }
  return net::resolve(base, clean);
}

std::vector<std::string_view> member_properties(Holds holds) {
  std::vector<std::string_view> names = {property::kind,      property::display_name,
                                         property::reports,   property::privileges,
                                         property::principal, home_property(holds)};
  if (holds == Holds::events) names.push_back(property::components);
  return names;
}

void add_slash(net::Url& url) {
  if (!url.path.ends_with('/')) url.path += '/';
}

/// One look at an address: what the resource there says of itself, and where it was found.
struct Look {
  std::optional<Resource> resource;
  net::Url at;
};

/// Nothing where there is no WebDAV; faults where nobody can tell.
net::Task<Look> look_at(SharedAccount account, Holds holds, net::Url url) {
  Look look;
  auto request = xml_request("PROPFIND", url, propfind(member_properties(holds)), "0");
  auto found = co_await account->resources(std::move(request), what_of(holds), &look.at);
  if (!found) {
    const Fault fault = found.error().fault;
    const bool is_no_dav = fault == Fault::not_found || fault == Fault::rejected ||
                           fault == Fault::protocol || fault == Fault::conflict;
    if (is_no_dav) co_return look;
    co_return tl::unexpected(found.error());
  }
  if (!found->empty()) look.resource = std::move(found->front());
  co_return look;
}

std::vector<net::Url> homes_of(const Look& look, Holds holds) {
  std::vector<net::Url> homes;
  const Property* property = look.resource ? look.resource->find(home_property(holds)) : nullptr;
  if (property == nullptr) return homes;
  for (const std::string& href : property->hrefs) {
    if (auto url = url_of(look.at, href)) {
      add_slash(*url);
      homes.push_back(std::move(*url));
    }
  }
  return homes;
}

std::optional<net::Url> principal_of(const Look& look) {
  const Property* property = look.resource ? look.resource->find(property::principal) : nullptr;
  if (property == nullptr || property->hrefs.empty()) return std::nullopt;
  return url_of(look.at, property->hrefs.front());
}

/// The collections below a home.
net::Task<std::vector<Collection>> list(SharedAccount account, Holds holds, net::Url home) {
  auto request = xml_request("PROPFIND", home, propfind(member_properties(holds)), "1");
  net::Url at;
  auto found = co_await account->resources(std::move(request), what_of(holds), &at);
  if (!found) co_return tl::unexpected(found.error());
  std::vector<Collection> collections;
  for (const Resource& resource : *found) {
    if (auto one = collection_in(resource, holds, at)) collections.push_back(std::move(*one));
  }
  co_return collections;
}

/// The homes that the address leads to, directly or by its principal.
net::Task<std::vector<net::Url>> homes_from(SharedAccount account, Holds holds, Look look) {
  auto homes = homes_of(look, holds);
  const auto principal = principal_of(look);
  if (!homes.empty() || !principal) co_return homes;
  auto said = co_await look_at(account, holds, *principal);
  if (!said) co_return tl::unexpected(said.error());
  co_return homes_of(*said, holds);
}

/// What is said at the server's address. Where nobody answers, the domain's next server is asked.
net::Task<Look> look_at_server(SharedAccount account, Holds holds) {
  for (;;) {
    auto server = co_await account->server();
    if (!server) co_return tl::unexpected(server.error());
    auto look = co_await look_at(account, holds, std::move(*server));
    if (look || look.error().fault != Fault::transient) co_return look;
    if (account->change_server()) continue;
    account->doubt_server();
    co_return look;
  }
}

}  // namespace

std::optional<Collection> collection_in(const Resource& resource, Holds holds,
                                        const net::Url& asked) {
  const Property* kind = resource.find(property::kind);
  if (kind == nullptr || !kind->has(element_of(holds))) return std::nullopt;
  const Property* components = resource.find(property::components);
  if (holds == Holds::events && components != nullptr && !components->names.empty() &&
      !components->has("C:comp=VEVENT")) {
    return std::nullopt;
  }
  auto url = url_of(asked, resource.href);
  if (!url) return std::nullopt;
  add_slash(*url);
  Collection collection;
  collection.url = std::move(*url);
  collection.display_name = std::string(core::trimmed(resource.text(property::display_name)));
  const Property* reports = resource.find(property::reports);
  collection.has_sync = reports != nullptr && reports->has("D:sync-collection");
  const Property* rights = resource.find(property::privileges);
  collection.is_writable = rights == nullptr || rights->names.empty() || rights->has("D:all") ||
                           rights->has("D:write") || rights->has("D:write-content") ||
                           rights->has("D:bind");
  return collection;
}

net::Task<Found> discover(SharedAccount account, Holds holds) {
  Found found;
  auto look = co_await look_at_server(account, holds);
  if (!look) co_return tl::unexpected(look.error());
  const net::Url server = account->settings().server;
  if (look->resource) {
    if (auto itself = collection_in(*look->resource, holds, look->at)) {
      found.collections.push_back(std::move(*itself));
      co_return found;
    }
  }
  auto homes = co_await homes_from(account, holds, *look);
  if (homes && homes->empty()) {
    net::Url known = server;
    known.path = holds == Holds::events ? "/.well-known/caldav" : "/.well-known/carddav";
    known.query.clear();
    look = co_await look_at(account, holds, known);
    if (!look) co_return tl::unexpected(look.error());
    homes = co_await homes_from(account, holds, *look);
  }
  if (!homes) co_return tl::unexpected(homes.error());
  if (homes->empty()) {
    co_return core::fail(Fault::config, format(account->settings().server_place),
                         "there are no " +
                             std::string(holds == Holds::events ? "calendars" : "address books") +
                             " to be found at " + net::format(server) +
                             "; write the address that the provider gives for " +
                             (holds == Holds::events ? "CalDAV" : "CardDAV"));
  }
  found.home = homes->front();
  for (const net::Url& home : *homes) {
    auto listed = co_await list(account, holds, home);
    if (!listed) co_return tl::unexpected(listed.error());
    std::move(listed->begin(), listed->end(), std::back_inserter(found.collections));
  }
  co_return found;
}

core::Result<const Collection*> choose(const Found& found, const std::string& wanted,
                                       const net::Url& server) {
  std::vector<const Collection*> fitting;
  const auto take = [&](auto fits) {
    if (!fitting.empty()) return;
    for (const Collection& one : found.collections) {
      if (fits(one)) fitting.push_back(&one);
    }
  };
  if (wanted.find('/') != std::string::npos) {
    auto url = url_of(server, wanted);
    if (url) add_slash(*url);
    take([&](const Collection& one) {
      return url && net::same_origin(one.url, *url) &&
             net::normal_path(one.url.path) == net::normal_path(url->path);
    });
    if (fitting.empty()) return nullptr;
  }
  take([&](const Collection& one) { return one.display_name == wanted; });
  take([&](const Collection& one) {
    return one.url.path.ends_with("/" + net::encode_segment(wanted) + "/");
  });
  take([&](const Collection& one) { return core::iequals(one.display_name, wanted); });
  if (fitting.empty()) return nullptr;
  if (fitting.size() > 1) {
    std::string paths;
    for (const Collection* one : fitting) paths += (paths.empty() ? "" : ", ") + one->url.path;
    return core::fail(Fault::config, wanted,
                      "several collections are called \"" + wanted +
                          "\"; name the right one by its path with `collection`: " + paths);
  }
  return fitting.front();
}

}  // namespace ioud::connectors::dav
