#pragma once
// The ports: what the engine asks of a mailbox, a calendar or an address book, and nothing more.
// Every connector fills in those it can and must pass tests/contract for them. A port moves bytes
// and tokens; it never interprets them and never decides.

#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "connectors/position.hpp"
#include "core/civil_time.hpp"
#include "domain/mail.hpp"
#include "net/task.hpp"

namespace ioud::connectors {

using net::Task;

/// One stored object, whole. `href` names it within its collection for as long as it is not moved;
/// it is never its identity (that is the UID or Message-ID inside).
struct Item {
  std::string href;
  std::string etag;
  std::string bytes;
};

/// An object that is there and cannot be had (half-written, refused, too large).
struct ItemFault {
  std::string href;
  std::string etag;
  core::Error error;
};

/// What is different from a Position. `more`: pull again with the new cursor. `restarted`: the
/// server forgot us and `seen` is the beginning of a whole listing; then an href that is not in
/// it by the last page is gone, but only the engine, behind its mass-removal guard, may say so.
template <class T>
struct Changes {
  std::vector<T> seen;
  std::vector<std::string> gone;
  std::vector<ItemFault> bad;
  std::string cursor;
  bool more = false;
  bool restarted = false;
  /// The collection is not the store that the Position tells of (a folder or server was swapped):
  /// nothing that is missing was removed by anybody, and objects are matched by UID. Implies
  /// `restarted`.
  bool other_store = false;
};

/// Where an object stands after a write.
struct Stored {
  std::string href;
  std::string etag;
};

class CalendarSource {
 public:
  virtual ~CalendarSource() = default;
  /// `collection` is a name from the config. Fails whole (transient, auth, …) or reports single
  /// objects in `bad`.
  virtual Task<Changes<Item>> pull(std::string collection, Position from) = 0;
};

/// A conditional write of one calendar object (RFC 4791 5.3.2).
struct CalendarWrite {
  std::string collection;
  std::string uid;
  std::string href;  ///< empty for a new object; the connector then chooses a name from the UID
  std::string etag;  ///< the version last seen; empty: must not exist yet (If-None-Match: *)
  std::string bytes;
};

class CalendarSink {
 public:
  virtual ~CalendarSink() = default;
  /// Fails with Fault::conflict where the object is not as `etag` says; then nothing was written.
  virtual Task<Stored> put(CalendarWrite write) = 0;
  /// Removing what is gone already succeeds; removing a newer version is a conflict.
  virtual Task<bool> remove(std::string collection, std::string href, std::string etag) = 0;
  /// Makes all that was put and removed so far outlive a power cut. The journal calls a write done
  /// only after it; where it fails, each write is looked up again.
  virtual Task<bool> settle() { co_return true; }
};

class ContactSource {
 public:
  virtual ~ContactSource() = default;
  virtual Task<Changes<Item>> pull(std::string collection, Position from) = 0;
};

/// A mail and the kind of folder it lies in. `bytes` is the whole message, of a large one its
/// beginning; without `has_body` no more than its head, because nobody wanted the rest.
struct MailItem {
  std::string href;
  std::string etag;
  std::string bytes;
  domain::Box box = domain::Box::other;
  bool has_body = true;
};

/// Tells from the head of a mail (at least its head_fields) and its box whether the body is wanted
/// too. May be called on another thread while the pull is waited for. An empty one wants all.
using MailFilter = std::function<bool(const MailItem& head)>;

class MailSource {
 public:
  virtual ~MailSource() = default;
  /// All folders but spam, junk and trash, as one collection; no mail older than `since` (by its
  /// time of arrival) need be given. Of a mail whose body is not wanted only the head is, and as
  /// little else as the way to the mailbox allows is fetched.
  virtual Task<Changes<MailItem>> pull(Position from, core::Instant since, MailFilter wants) = 0;
};

class DraftBox {
 public:
  virtual ~DraftBox() = default;
  /// Appends a draft. Writing the same message_id again returns where it stands.
  virtual Task<Stored> append(std::string message_id, std::string bytes) = 0;
  /// Removes the draft only if it is still the version of `etag`; else a conflict.
  virtual Task<bool> remove(std::string href, std::string etag) = 0;
};

/// Mail that may leave. Only the engine's courier can make one, and only out of an unused approval
/// of the rep or for the rep himself, so no connector can mail a client by accident.
class ApprovedMessage {
 public:
  const std::string& message_id() const { return message_id_; }
  const std::string& sender() const { return sender_; }
  const std::vector<std::string>& recipients() const { return recipients_; }
  const std::string& bytes() const { return bytes_; }

 private:
  friend class ApprovedMessageMaker;
  ApprovedMessage(std::string message_id, std::string sender, std::vector<std::string> recipients,
                  std::string bytes)
      : message_id_(std::move(message_id)),
        sender_(std::move(sender)),
        recipients_(std::move(recipients)),
        bytes_(std::move(bytes)) {}
  std::string message_id_;
  std::string sender_;
  std::vector<std::string> recipients_;
  std::string bytes_;
};

class MailSink {
 public:
  virtual ~MailSink() = default;
  /// Hands the message over once; sending the same Message-ID again is a success that sends
  /// nothing, wherever the connector can know that it left (whenever has_sent says so), and files
  /// the copy of it that may still be missing.
  virtual Task<bool> send(ApprovedMessage message) = 0;
  /// Whether a message of that id has left, as far as the connector can tell: after a crash or a
  /// lost reply the courier asks this before it tries again.
  virtual Task<bool> has_sent(std::string message_id) = 0;
};

/// Tells that something may have changed, so that the engine pulls now and not at the next tick.
class News {
 public:
  virtual ~News() = default;
  /// Returns when something changed, and keeps waiting otherwise; ends with the task's
  /// cancellation.
  virtual Task<bool> wait() = 0;
};

/// What a calendar is used for, as the config says (`use = […]`).
enum class Use { read, busy, proposals, occasions, meetings };

struct Calendar {
  std::string name;
  std::set<Use> uses;
};

/// Tells a person which address to visit with a browser.
using ShowAddress = std::function<void(const std::string& address)>;

/// One configured connector, ready to use. Absent ports are null. `make` of a kind does no input or
/// output; `probe` is the online check of `ioud check` and writes nothing.
struct Connector {
  std::string name;
  std::vector<Calendar> calendars;
  std::vector<std::string> books;  ///< address books, by name
  std::unique_ptr<CalendarSource> calendar_source;
  std::unique_ptr<CalendarSink> calendar_sink;
  std::unique_ptr<ContactSource> contact_source;
  std::unique_ptr<MailSource> mail_source;
  std::unique_ptr<DraftBox> draft_box;
  std::unique_ptr<MailSink> mail_sink;
  std::unique_ptr<News> news;
  /// All the troubles found, each with the place in the config to look at; none: ready.
  std::function<boost::asio::awaitable<std::vector<core::Error>>()> probe;
  /// Lets a person sign in with a browser and keeps what that brings; empty where no sign-in of
  /// that kind is configured.
  std::function<Task<bool>(ShowAddress)> sign_in;
};

}  // namespace ioud::connectors
