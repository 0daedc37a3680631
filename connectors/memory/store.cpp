#include "connectors/memory/store.hpp"

#include <algorithm>
#include <charconv>

#include "connectors/mail_head.hpp"

namespace ioud::connectors::memory {
namespace {

std::int64_t revision_in(const std::string& cursor) {
  std::int64_t revision = 0;
  std::from_chars(cursor.data(), cursor.data() + cursor.size(), revision);
  return revision;
}

/// Unfolded nowhere: tests write their UID on a line of its own.
bool has_uid(const std::string& bytes, const std::string& uid) {
  const auto at = bytes.find("UID:" + uid);
  if (at == std::string::npos) return false;
  const auto end = at + 4 + uid.size();
  return end == bytes.size() || bytes[end] == '\r' || bytes[end] == '\n';
}

tl::unexpected<core::Error> conflict(const std::string& href) {
  return core::fail(core::Fault::conflict, href, "the object is not as it was read");
}

}  // namespace

void Store::plant(Collection& collection, const std::string& href, std::string bytes,
                  domain::Box box, core::Instant arrived) {
  ++revision_;
  collection.objects[href] = {"e" + std::to_string(revision_), std::move(bytes), revision_, box,
                              arrived};
  if (when_changed) when_changed();
}

void Store::erase(Collection& collection, const std::string& href) {
  collection.objects.erase(href);
  if (when_changed) when_changed();
}

void Store::rename(Collection& collection, const std::string& href, const std::string& to) {
  Object object = std::move(collection.objects.at(href));
  collection.objects.erase(href);
  plant(collection, to, std::move(object.bytes), object.box, object.arrived);
}

Result<bool> Store::begin(std::string call) {
  calls.push_back(std::move(call));
  if (script.failures <= 0 || !calls.back().starts_with(script.failing)) return true;
  --script.failures;
  return tl::unexpected(script.failure);
}

template <class T>
Result<T> Store::replied(T value) {
  if (script.lost_replies <= 0) return value;
  --script.lost_replies;
  return core::fail(core::Fault::transient, "memory", "the reply was lost");
}

Result<Changes<MailItem>> Store::pull(Collection* collection, const std::string& name,
                                      const Position& from, core::Instant since,
                                      const MailFilter& wants) {
  if (auto begun = begin("pull " + name); !begun) return tl::unexpected(begun.error());
  if (collection == nullptr) {
    return core::fail(core::Fault::config, name, "there is no collection of that name");
  }
  if (collection->is_missing) {
    return core::fail(core::Fault::transient, name, "the collection is not there");
  }
  Changes<MailItem> changes;
  changes.other_store = script.is_other_store;
  changes.restarted = script.forgets_cursors || script.is_other_store;
  script.forgets_cursors = script.is_other_store = false;
  const auto held = from.held->all();
  if (!held) return tl::unexpected(held.error());
  const Etags& etags = **held;
  const std::int64_t start = changes.restarted ? 0 : revision_in(from.cursor);

  std::vector<std::pair<std::string, const Object*>> listing;
  for (const auto& [href, object] : collection->objects) listing.emplace_back(href, &object);
  if (script.truncated_to && *script.truncated_to < listing.size()) {
    listing.resize(*script.truncated_to);
  }
  const auto by_href = [](const auto& listed, const std::string& href) {
    return listed.first < href;
  };
  if (!changes.restarted) {
    for (const auto& [href, etag] : etags) {
      const auto at = std::lower_bound(listing.begin(), listing.end(), href, by_href);
      if (at == listing.end() || at->first != href) changes.gone.push_back(href);
    }
  }

  std::sort(listing.begin(), listing.end(),
            [](const auto& a, const auto& b) { return a.second->revision < b.second->revision; });
  std::int64_t last = start;
  for (const auto& [href, object] : listing) {
    // What cannot be had is told each time, as a folder would.
    const bool is_unreadable = collection->unreadable.count(href) != 0;
    if (object->revision <= start && !is_unreadable) continue;
    if (object->arrived < since) continue;
    const auto known = etags.find(href);
    const bool is_known = known != etags.end() && known->second == object->etag;
    if (is_known && !changes.restarted) continue;
    if (changes.seen.size() >= script.page_items) {
      changes.more = true;
      changes.gone.clear();  // believed only with the last page
      break;
    }
    last = std::max(last, object->revision);
    if (is_unreadable) {
      changes.bad.push_back(
          {href, object->etag,
           core::Error{core::Fault::rejected, href, "the object cannot be had", std::nullopt}});
    } else {
      MailItem item{href, object->etag, std::string(head_in(object->bytes)), object->box, false};
      item.has_body = !wants || wants(item);
      if (item.has_body) item.bytes = object->bytes;
      changes.seen.push_back(std::move(item));
    }
  }
  changes.cursor = std::to_string(changes.more ? last : revision_);
  return changes;
}

Result<Stored> Store::put(const CalendarWrite& write) {
  const std::string href = write.href.empty() ? write.uid + ".ics" : write.href;
  if (auto begun = begin("put " + write.collection + " " + href); !begun) {
    return tl::unexpected(begun.error());
  }
  const auto calendar = calendars.find(write.collection);
  if (calendar == calendars.end()) {
    return core::fail(core::Fault::config, write.collection, "there is no calendar of that name");
  }
  auto& objects = calendar->second.objects;
  const auto standing = objects.find(href);
  if (write.etag.empty()) {
    const bool is_taken = std::any_of(objects.begin(), objects.end(), [&](const auto& object) {
      return has_uid(object.second.bytes, write.uid);
    });
    if (standing != objects.end() || is_taken) return conflict(href);
  } else if (standing == objects.end() || standing->second.etag != write.etag) {
    return conflict(href);
  }
  plant(calendar->second, href, script.rewrite ? script.rewrite(write.bytes) : write.bytes);
  return replied(Stored{href, objects.at(href).etag});
}

Result<bool> Store::removed(Collection& collection, const std::string& href,
                            const std::string& etag) {
  const auto standing = collection.objects.find(href);
  if (standing == collection.objects.end()) return replied(true);
  if (standing->second.etag != etag) return conflict(href);
  erase(collection, href);
  return replied(true);
}

Result<bool> Store::remove(const std::string& calendar, const std::string& href,
                           const std::string& etag) {
  if (auto begun = begin("remove " + calendar + " " + href); !begun) return begun;
  const auto found = calendars.find(calendar);
  if (found == calendars.end()) {
    return core::fail(core::Fault::config, calendar, "there is no calendar of that name");
  }
  return removed(found->second, href, etag);
}

Result<Stored> Store::append_draft(const std::string& message_id, const std::string& bytes) {
  if (auto begun = begin("draft " + message_id); !begun) return tl::unexpected(begun.error());
  const std::string href = "drafts/" + message_id;
  if (mail.objects.count(href) == 0) {
    // A draft is as new as the newest mail, whatever time the test is at.
    plant(mail, href, bytes, domain::Box::drafts, core::Instant::max());
  }
  return replied(Stored{href, mail.objects.at(href).etag});
}

Result<bool> Store::remove_draft(const std::string& href, const std::string& etag) {
  if (auto begun = begin("remove draft " + href); !begun) return begun;
  if (!href.starts_with("drafts/")) {
    return core::fail(core::Fault::rejected, href, "only a draft may be removed");
  }
  return removed(mail, href, etag);
}

Result<bool> Store::send(const ApprovedMessage& message) {
  if (auto begun = begin("send " + message.message_id()); !begun) return begun;
  const bool has_left = std::any_of(sent.begin(), sent.end(), [&](const Sent& earlier) {
    return earlier.message_id == message.message_id();
  });
  if (!has_left) {
    sent.push_back({message.message_id(), message.sender(), message.recipients(), message.bytes()});
    plant(mail, "sent/" + message.message_id(), message.bytes(), domain::Box::sent,
          core::Instant::max());
  }
  return replied(true);
}

Result<bool> Store::has_sent(const std::string& message_id) {
  if (auto begun = begin("has_sent " + message_id); !begun) return begun;
  return std::any_of(sent.begin(), sent.end(),
                     [&](const Sent& earlier) { return earlier.message_id == message_id; });
}

}  // namespace ioud::connectors::memory
