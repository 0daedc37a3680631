#include "connectors/dav/listing.hpp"

#include <algorithm>
#include <set>

#include "core/ident.hpp"
#include "core/text.hpp"

namespace ioud::connectors::dav {
namespace {

using core::Fault;

/// Xandikos takes time by the square of a multiget's size.
constexpr std::size_t batch_size = 40;
constexpr std::size_t most_pages = 10'000;
constexpr std::chrono::minutes patience_for_listing{10};
constexpr std::size_t most_listing_bytes = std::size_t{1} << 30U;

/// A listing may take a server long to think about and long to send.
net::Request patient(net::Request request) {
  request.limits.first_byte = patience_for_listing;
  request.limits.stall = std::chrono::minutes{1};
  request.limits.body_bytes = most_listing_bytes;
  return request;
}

bool is_question_refused(int status) {
  return status == 400 || status == 403 || status == 404 || status == 405 || status == 409 ||
         status == 410 || status == 412 || status == 415 || status == 422 || status == 500 ||
         status == 501;
}

/// Xandikos says within a multistatus that nothing is there.
bool is_missing(const Resource& resource) {
  return resource.status == 404 || resource.status == 410;
}

core::Error no_collection(const net::Url& url) {
  return core::Error{Fault::not_found, net::format(url), "the collection is not there",
                     std::nullopt};
}

core::Error too_large(const std::string& name) {
  return core::Error{Fault::rejected, name,
                     "the object is larger than `item_limit_kib` allows and was not read",
                     std::nullopt};
}

core::Error refused(const std::string& name, int status) {
  return core::Error{Fault::rejected, name,
                     "the server lists the object and answers " + std::to_string(status) +
                         " when it is asked for it; look at it in a calendar program, or remove it",
                     std::nullopt};
}

}  // namespace

std::string version_of(const std::string& etag, const std::optional<std::string>& bytes) {
  if (!etag.empty() || !bytes) return etag;
  return "=" + core::content_hash(*bytes);
}

std::optional<Member> Lister::member_of(const Resource& resource,
                                        const net::Url& collection) const {
  Member member;
  member.name = member_name(resource.href, collection);
  if (member.name.empty()) return std::nullopt;
  if (is_missing(resource)) {
    member.is_gone = true;
    return member;
  }
  if (resource.status >= 400) {
    member.error = refused(member.name, resource.status);
    return member;
  }
  const Property* kind = resource.find(property::kind);
  if (kind != nullptr && kind->has("D:collection")) return std::nullopt;
  member.etag = plain_etag(resource.text(property::etag));
  const std::string_view wanted =
      holds_ == Holds::events ? property::calendar_bytes : property::card_bytes;
  if (const Property* bytes = resource.find(wanted)) {
    if (bytes->is_too_large) {
      member.error = too_large(member.name);
    } else if (!bytes->text.empty()) {
      member.bytes = bytes->text;
    }
  }
  member.etag = version_of(member.etag, member.bytes);
  return member;
}

net::Task<Listing> Lister::ask(net::Request request, std::string what) {
  const net::Url collection = request.url;
  Listing listing;
  MultistatusLimits limits;
  limits.property_bytes = account_->settings().item_bytes;
  MultistatusReader reader(
      [&](const Resource& resource) {
        if (resource.status == 507) {
          listing.is_cut_short = true;
        } else if (auto member = member_of(resource, collection)) {
          listing.members.push_back(std::move(*member));
        }
        return true;
      },
      limits);
  net::Request asked = patient(std::move(request));
  auto response = co_await account_->send(std::move(asked), &reader);
  if (!response) co_return tl::unexpected(response.error());
  if (is_question_refused(response->status)) {
    listing.was_refused = true;
    co_return listing;
  }
  if (response->status < 200 || response->status > 299) {
    co_return tl::unexpected(account_->error(*response, collection, what));
  }
  auto read = reader.finish();
  if (read && (response->status != 207 || read->root != "D:multistatus")) {
    read = core::fail(Fault::protocol, "", "the answer is not what WebDAV servers give");
  }
  if (!read) {
    core::Error wrong = read.error();
    wrong.place = net::format(collection);
    wrong.text = what + ": " + wrong.text;
    co_return tl::unexpected(std::move(wrong));
  }
  listing.token = read->sync_token;
  co_return listing;
}

net::Task<Listing> Lister::changes(net::Url collection, std::string token, bool with_bytes) {
  Listing all;
  for (std::size_t page = 0; page < most_pages; ++page) {
    auto request =
        xml_request("REPORT", collection, sync_collection(holds_, token, with_bytes), "");
    request.headers.push_back({"Depth", "0"});
    auto listing = co_await ask(std::move(request), "asking for changes");
    if (!listing) co_return listing;
    if (listing->was_refused) co_return listing;
    if (listing->token.empty() || (listing->is_cut_short && listing->token == token)) {
      co_return tl::unexpected(account_->error(Fault::protocol, collection,
                                               "asking for changes: the answer has no token to "
                                               "go on with"));
    }
    std::move(listing->members.begin(), listing->members.end(), std::back_inserter(all.members));
    token = listing->token;
    all.token = token;
    if (!listing->is_cut_short) co_return all;
  }
  co_return tl::unexpected(
      account_->error(Fault::protocol, collection, "asking for changes: the listing never ends"));
}

net::Task<Listing> Lister::all_events(net::Url collection) {
  auto request = xml_request("REPORT", collection, query_all_events(), "1");
  co_return co_await ask(std::move(request), "asking for all events");
}

net::Task<Listing> Lister::between(net::Url collection, core::Date begin, core::Date end) {
  auto request = xml_request("REPORT", collection, query_window(begin, end), "1");
  auto listing = co_await ask(std::move(request), "asking for the events of some days");
  if (listing) std::erase_if(listing->members, [](const Member& one) { return one.is_gone; });
  co_return listing;
}

net::Task<Listing> Lister::tags(net::Url collection) {
  auto request = xml_request("PROPFIND", collection,
                             propfind({property::etag, property::kind, property::ctag}), "1");
  Listing listing;
  bool has_itself = false;
  bool is_away = false;
  MultistatusReader reader([&](const Resource& resource) {
    if (auto member = member_of(resource, collection)) {
      listing.members.push_back(std::move(*member));
    } else if (const Property* ctag = resource.find(property::ctag)) {
      listing.token = std::string(core::trimmed(ctag->text));
    }
    const bool is_itself = member_name(resource.href, collection).empty();
    has_itself = has_itself || (is_itself && !is_missing(resource));
    is_away = is_away || (is_itself && is_missing(resource));
    return true;
  });
  net::Request asked = patient(std::move(request));
  auto response = co_await account_->expect(std::move(asked), "listing", &reader);
  if (!response) co_return tl::unexpected(response.error());
  auto read = reader.finish();
  if (!read) co_return tl::unexpected(read.error());
  if (is_away) co_return tl::unexpected(no_collection(collection));
  // A depth-1 answer names the collection too; without it, this is no listing to believe.
  if (response->status != 207 || !has_itself) {
    co_return tl::unexpected(account_->error(Fault::protocol, collection,
                                             "listing: the answer does not name the collection; "
                                             "nothing is taken from it"));
  }
  co_return listing;
}

net::Task<std::string> Lister::ctag(net::Url collection) {
  auto request = xml_request("PROPFIND", collection, propfind({property::ctag}), "0");
  auto found = co_await account_->resources(std::move(request), "looking for changes");
  if (!found) co_return tl::unexpected(found.error());
  if (!found->empty() && is_missing(found->front())) {
    co_return tl::unexpected(no_collection(collection));
  }
  std::string ctag;
  if (!found->empty()) ctag = std::string(core::trimmed(found->front().text(property::ctag)));
  co_return ctag;
}

net::Task<Member> Lister::fetch_one(net::Url collection, std::string name) {
  net::Request request;
  request.url = member_url(collection, name);
  request.limits.body_bytes = account_->settings().item_bytes;
  auto response = co_await account_->send(std::move(request));
  Member member;
  member.name = name;
  if (!response) {
    if (response.error().fault != Fault::protocol) co_return tl::unexpected(response.error());
    member.error = too_large(name);
    co_return member;
  }
  if (response->status == 404 || response->status == 410) {
    member.is_gone = true;
  } else if (response->status != 200) {
    member.error = refused(name, response->status);
  } else {
    member.bytes = std::move(response->body);
    member.etag = version_of(plain_etag(response->headers.find("ETag").value_or("")), member.bytes);
  }
  co_return member;
}

net::Task<std::vector<Member>> Lister::fetch_batch(net::Url collection,
                                                   std::vector<std::string> names) {
  std::vector<std::string> paths;
  for (const std::string& name : names) paths.push_back(member_url(collection, name).path);
  auto request = xml_request("REPORT", collection, multiget(holds_, paths), "1");
  auto listing = co_await ask(std::move(request), "fetching objects");
  if (!listing) co_return tl::unexpected(listing.error());
  std::vector<Member> members = std::move(listing->members);
  std::erase_if(members, [](const Member& one) {
    return one.name.empty() || (!one.bytes && !one.error && !one.is_gone);
  });
  std::set<std::string> given;
  for (const Member& one : members) given.insert(one.name);
  for (const std::string& name : names) {
    if (given.contains(name)) continue;
    auto one = co_await fetch_one(collection, name);
    if (!one) co_return tl::unexpected(one.error());
    members.push_back(std::move(*one));
  }
  const bool all_failed = std::all_of(members.begin(), members.end(),
                                      [](const Member& one) { return one.error.has_value(); });
  if (listing->was_refused && all_failed && members.size() > 1) {
    co_return tl::unexpected(account_->error(
        Fault::transient, collection, "the server fails at every object; it is tried again"));
  }
  co_return members;
}

net::Task<std::vector<Member>> Lister::fetch(net::Url collection, std::vector<std::string> names) {
  std::vector<Member> members;
  for (std::size_t begin = 0; begin < names.size(); begin += batch_size) {
    const std::size_t end = std::min(begin + batch_size, names.size());
    std::vector<std::string> batch(names.begin() + static_cast<std::ptrdiff_t>(begin),
                                   names.begin() + static_cast<std::ptrdiff_t>(end));
    auto some = co_await fetch_batch(collection, std::move(batch));
    if (!some) co_return tl::unexpected(some.error());
    for (Member& one : *some) {
      if (!one.is_gone) members.push_back(std::move(one));
    }
  }
  co_return members;
}

}  // namespace ioud::connectors::dav
