#include "connectors/caldav/writer.hpp"

#include <algorithm>

#include "connectors/caldav/object.hpp"
#include "connectors/object.hpp"
#include "core/ident.hpp"
#include "core/text.hpp"

namespace ioud::connectors::caldav {
namespace {

using core::Fault;
using dav::Collection;

core::Error conflict(const net::Url& at, std::string text) {
  return core::Error{Fault::conflict, net::format(at), std::move(text), std::nullopt};
}

bool is_hash(const std::string& etag) { return etag.starts_with('='); }

/// "ioud-ious": what the path of a calendar ends in that we make.
std::string segment_for(const std::string& name) {
  std::string segment = "ioud-";
  for (const char c : core::ascii_lower(name)) {
    const bool is_plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    segment += is_plain ? c : '-';
  }
  return segment;
}

/// Names of preconditions that say the UID stands under another name (RFC 4791 5.3.2.1, RFC 6638
/// 3.2.4.1).
bool says_uid_is_taken(const std::string& body) {
  std::vector<dav::Resource> resources;
  const auto read = dav::read_multistatus(body, resources);
  if (!read) return false;
  return std::any_of(read->errors.begin(), read->errors.end(), [](const std::string& name) {
    return name == "C:no-uid-conflict" || name == "C:unique-scheduling-object-resource";
  });
}

}  // namespace

Writer::Writer(dav::SharedAccount account, std::shared_ptr<dav::Shelf> shelf,
               std::vector<CalendarSettings> calendars)
    : account_(account),
      shelf_(std::move(shelf)),
      calendars_(std::move(calendars)),
      lister_(std::move(account), dav::Holds::events) {}

core::Result<CalendarSettings> Writer::ours(const std::string& name) const {
  const auto wanted = shelf_->entry(name);
  if (!wanted) return tl::unexpected(wanted.error());
  for (const CalendarSettings& one : calendars_) {
    if (one.calendar.name == name && is_ours(one.calendar)) return one;
  }
  return core::fail(Fault::config, format(wanted->place),
                    "this calendar is not ours to write; give it the use proposals, occasions or "
                    "meetings");
}

/// Where the calendar is; one that is ours alone is made where it is missing.
net::Task<Collection> Writer::place(CalendarSettings calendar) {
  auto collection = co_await shelf_->locate(calendar.calendar.name);
  const bool is_missing = !collection && collection.error().fault == Fault::not_found;
  if (!is_missing) co_return collection;
  if (!calendar.wanted.may_be_missing) {
    core::Error missing = collection.error();
    missing.fault = Fault::transient;
    co_return tl::unexpected(std::move(missing));
  }
  co_return co_await make_calendar(std::move(calendar));
}

net::Task<Collection> Writer::make_calendar(CalendarSettings calendar) {
  const auto all = co_await shelf_->found();
  if (!all) co_return tl::unexpected(all.error());
  const std::string& name = calendar.calendar.name;
  if (!all->home || calendar.wanted.collection.find('/') != std::string::npos) {
    co_return core::fail(
        Fault::config, format(calendar.wanted.place),
        "the calendar " + name +
            " is not there and cannot be made here; make it "
            "on the server, or write the address of the whole account as `server`");
  }
  net::Url url = *all->home;
  url.path += segment_for(calendar.wanted.collection) + "/";
  auto request = dav::xml_request("MKCALENDAR", url,
                                  dav::mkcalendar(calendar.wanted.collection, calendar.colour), "");
  auto answer = co_await account_->write(std::move(request));
  if (answer && (answer->status == 403 || answer->status == 415 || answer->status == 422)) {
    // A server that cannot keep the name or the colour makes a plain one.
    auto plain = dav::xml_request("MKCALENDAR", url, "", "");
    plain.headers.clear();
    answer = co_await account_->write(std::move(plain));
  }
  shelf_->forget();
  // Whatever was answered, also nothing: what counts is whether it stands there.
  auto made = co_await shelf_->locate(name);
  if (made) co_return made;
  const auto again = co_await shelf_->found();
  if (!again) co_return tl::unexpected(again.error());
  for (const Collection& one : again->collections) {
    if (net::normal_path(one.url.path) != net::normal_path(url.path)) continue;
    shelf_->remember(name, one);
    Collection nameless = one;
    co_return nameless;
  }
  if (!answer) co_return tl::unexpected(answer.error());
  co_return tl::unexpected(account_->error(*answer, url, "making the calendar " + name));
}

/// Whether the server sends invitations of its own (RFC 6638 2).
net::Task<bool> Writer::schedules(net::Url calendar) {
  if (schedules_) co_return *schedules_;
  net::Request request;
  request.method = "OPTIONS";
  request.url = std::move(calendar);
  auto answer = co_await account_->send(std::move(request));
  if (!answer) co_return tl::unexpected(answer.error());
  bool found = false;
  for (const std::string& word : core::split(answer->headers.all("DAV"), ',')) {
    found = found || core::iequals(core::trimmed(word), "calendar-auto-schedule");
  }
  schedules_ = found;
  co_return found;
}

/// An invitation leaves by one way, which is ours; a server that would send one too gets no event
/// that makes it do so.
net::Task<bool> Writer::is_harmless(net::Url calendar, std::string bytes) {
  if (!server_would_invite(bytes)) co_return true;
  const auto sends = co_await schedules(calendar);
  if (!sends) co_return tl::unexpected(sends.error());
  if (!*sends) co_return true;
  co_return core::fail(Fault::rejected, net::format(calendar),
                       "the event has attendees and the server would write to them by itself; it "
                       "is not written");
}

net::Task<Writer::Standing> Writer::look(net::Url calendar, std::string name) {
  Standing standing;
  auto request =
      dav::xml_request("PROPFIND", dav::member_url(calendar, name),
                       dav::propfind({dav::property::etag, dav::property::schedule_tag}), "0");
  auto found = co_await account_->resources(std::move(request), "looking at an event");
  if (!found && found.error().fault == Fault::not_found) co_return standing;
  if (!found) co_return tl::unexpected(found.error());
  if (found->empty() || found->front().status == 404) co_return standing;
  standing.is_there = true;
  standing.etag = dav::plain_etag(found->front().text(dav::property::etag));
  standing.schedule_tag =
      std::string(core::trimmed(found->front().text(dav::property::schedule_tag)));
  if (!standing.etag.empty()) co_return standing;
  auto member = co_await lister_.fetch_one(std::move(calendar), std::move(name));
  if (!member) co_return tl::unexpected(member.error());
  if (member->error) co_return tl::unexpected(*member->error);
  standing.is_there = !member->is_gone;
  standing.etag = member->etag;
  co_return standing;
}

/// Whether the UID stands in the calendar under another name. A server that cannot say is believed
/// to have none: the write itself is refused by those that watch over UIDs.
net::Task<bool> Writer::stands_elsewhere(net::Url calendar, std::string uid, std::string name) {
  auto request = dav::xml_request("REPORT", calendar, dav::query_uid(uid), "1");
  auto found = co_await account_->resources(std::move(request), "looking for a UID");
  if (!found) {
    const Fault fault = found.error().fault;
    if (fault == Fault::auth || fault == Fault::throttled || fault == Fault::config) {
      co_return tl::unexpected(found.error());
    }
    co_return false;
  }
  for (const dav::Resource& resource : *found) {
    if (dav::member_name(resource.href, calendar) == name) continue;
    const auto uids = uids_in(resource.text(dav::property::calendar_bytes));
    if (std::find(uids.begin(), uids.end(), uid) != uids.end()) co_return true;
  }
  co_return false;
}

/// The name for a new event. Somebody else's object may bear the name of our UID; then the hash is
/// free.
net::Task<std::string> Writer::free_name(net::Url calendar, CalendarWrite write) {
  std::vector<std::string> names = {write.href};
  if (write.href.empty()) {
    names = {file_name_for(write.uid, ".ics"), core::ident({"file", write.uid}) + ".ics"};
  }
  for (const std::string& name : names) {
    auto standing = co_await look(calendar, name);
    if (!standing) co_return tl::unexpected(standing.error());
    if (!standing->is_there) co_return name;
    auto member = co_await lister_.fetch_one(calendar, name);
    if (!member) co_return tl::unexpected(member.error());
    const auto uids = uids_in(member->bytes.value_or(""));
    if (std::find(uids.begin(), uids.end(), write.uid) != uids.end()) break;
  }
  co_return tl::unexpected(
      conflict(dav::member_url(calendar, names.front()), "an event stands here already"));
}

/// One PUT. A success without an etag is looked up.
net::Task<Stored> Writer::send(net::Request request, net::Url calendar, std::string name) {
  const net::Url url = request.url;
  auto answer = co_await account_->write(std::move(request));
  if (!answer) co_return tl::unexpected(answer.error());
  if (answer->status == 200 || answer->status == 201 || answer->status == 204) {
    Stored stored{name, dav::plain_etag(answer->headers.find("ETag").value_or(""))};
    if (!stored.etag.empty()) co_return stored;
    auto standing = co_await look(calendar, name);
    if (!standing) co_return tl::unexpected(standing.error());
    stored.etag = standing->etag;
    co_return stored;
  }
  if (answer->status >= 200 && answer->status < 300) {
    // Xandikos answers 207 when it did not write; what stands there tells.
    co_return tl::unexpected(
        account_->error(Fault::rejected, url,
                        "writing an event: the server answered " + std::to_string(answer->status)));
  }
  core::Error error = account_->error(*answer, url, "writing an event");
  if (says_uid_is_taken(answer->body)) {
    error = conflict(url, "the UID stands in another object of this account already");
  } else if (answer->status == 409) {
    error.fault = Fault::transient;
  }
  co_return tl::unexpected(std::move(error));
}

/// After a write that did not plainly succeed: whether it was carried out all the same. libcurl
/// itself sends again on a connection that had died, so even a 412 may be our own doing.
net::Task<Stored> Writer::settle(core::Error why, net::Url calendar, std::string name,
                                 std::string bytes) {
  if (why.fault == Fault::auth || why.fault == Fault::config || why.fault == Fault::throttled) {
    co_return tl::unexpected(std::move(why));
  }
  auto member = co_await lister_.fetch_one(std::move(calendar), name);
  if (!member || member->is_gone || !member->bytes) co_return tl::unexpected(std::move(why));
  if (!says_the_same(bytes, *member->bytes)) co_return tl::unexpected(std::move(why));
  Stored stored{name, member->etag};
  co_return stored;
}

net::Task<Stored> Writer::create(net::Url calendar, CalendarWrite write) {
  auto name = co_await free_name(calendar, write);
  if (!name) co_return tl::unexpected(name.error());
  const auto elsewhere = co_await stands_elsewhere(calendar, write.uid, *name);
  if (!elsewhere) co_return tl::unexpected(elsewhere.error());
  if (*elsewhere) {
    co_return tl::unexpected(
        conflict(calendar, "the UID stands in this calendar under another name"));
  }
  net::Request request;
  request.method = "PUT";
  request.url = dav::member_url(calendar, *name);
  request.body = write.bytes;
  request.headers.push_back({"Content-Type", "text/calendar; charset=utf-8"});
  request.headers.push_back({"If-None-Match", "*"});
  auto stored = co_await send(std::move(request), calendar, *name);
  if (stored) co_return stored;
  core::Error why = stored.error();
  co_return co_await settle(std::move(why), calendar, *name, write.bytes);
}

net::Task<Stored> Writer::update(net::Url calendar, CalendarWrite write) {
  const net::Url url = dav::member_url(calendar, write.href);
  auto standing = co_await look(calendar, write.href);
  if (!standing) co_return tl::unexpected(standing.error());
  if (!standing->is_there || standing->etag != write.etag) {
    co_return tl::unexpected(conflict(url, "the event is not as it was read"));
  }
  net::Request request;
  request.method = "PUT";
  request.url = url;
  request.body = write.bytes;
  request.headers.push_back({"Content-Type", "text/calendar; charset=utf-8"});
  if (!is_hash(write.etag)) request.headers.push_back({"If-Match", write.etag});
  if (!standing->schedule_tag.empty()) {
    request.headers.push_back({"If-Schedule-Tag-Match", standing->schedule_tag});
  }
  auto stored = co_await send(std::move(request), calendar, write.href);
  if (stored) co_return stored;
  core::Error why = stored.error();
  if (why.fault == Fault::not_found) why.fault = Fault::conflict;
  co_return co_await settle(std::move(why), calendar, write.href, write.bytes);
}

net::Task<Stored> Writer::put(CalendarWrite write) {
  auto calendar = ours(write.collection);
  if (!calendar) co_return tl::unexpected(calendar.error());
  if (write.href.find('/') != std::string::npos || (write.href.empty() && !write.etag.empty())) {
    co_return core::fail(Fault::rejected, write.href, "this is no name for an event");
  }
  auto collection = co_await place(std::move(*calendar));
  if (!collection) co_return tl::unexpected(collection.error());
  const auto harmless = co_await is_harmless(collection->url, write.bytes);
  if (!harmless) co_return tl::unexpected(harmless.error());
  if (write.etag.empty()) co_return co_await create(collection->url, std::move(write));
  co_return co_await update(collection->url, std::move(write));
}

net::Task<bool> Writer::send_removal(net::Url calendar, std::string name, Standing standing) {
  net::Request request;
  request.method = "DELETE";
  request.url = dav::member_url(calendar, name);
  const net::Url url = request.url;
  if (!is_hash(standing.etag)) request.headers.push_back({"If-Match", standing.etag});
  // Our events leave without a word of the server to anybody (RFC 6638 8.1).
  request.headers.push_back({"Schedule-Reply", "F"});
  auto answer = co_await account_->write(std::move(request));
  if (answer && answer->status >= 200 && answer->status < 300 && answer->status != 207) {
    co_return true;
  }
  if (answer && (answer->status == 404 || answer->status == 410)) co_return true;
  core::Error why = answer ? account_->error(*answer, url, "removing an event") : answer.error();
  if (why.fault == Fault::auth || why.fault == Fault::config || why.fault == Fault::throttled) {
    co_return tl::unexpected(std::move(why));
  }
  const auto left = co_await look(std::move(calendar), std::move(name));
  if (left && !left->is_there) co_return true;
  co_return tl::unexpected(std::move(why));
}

net::Task<bool> Writer::remove(std::string collection, std::string href, std::string etag) {
  auto calendar = ours(collection);
  if (!calendar) co_return tl::unexpected(calendar.error());
  if (href.empty() || href.find('/') != std::string::npos) {
    co_return core::fail(Fault::rejected, href, "this is no name for an event");
  }
  auto found = co_await shelf_->locate(collection);
  if (!found) {
    // A calendar that cannot be found may have been renamed; that says nothing of its events.
    core::Error missing = found.error();
    if (missing.fault == Fault::not_found) missing.fault = Fault::transient;
    co_return tl::unexpected(std::move(missing));
  }
  auto standing = co_await look(found->url, href);
  if (!standing) co_return tl::unexpected(standing.error());
  if (!standing->is_there) co_return true;
  if (standing->etag != etag) {
    co_return tl::unexpected(
        conflict(dav::member_url(found->url, href), "the event is not as it was read"));
  }
  co_return co_await send_removal(found->url, std::move(href), std::move(*standing));
}

}  // namespace ioud::connectors::caldav
