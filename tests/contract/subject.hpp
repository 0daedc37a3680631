#pragma once
// What the contract needs of a connector under test: the connector itself, and the hands of
// somebody else on the other side. A new connector joins by one Subject and one line in subjects().

#include <functional>
#include <memory>
#include <optional>
#include <ostream>
#include <string>
#include <vector>

#include "connectors/capability.hpp"
#include "fakes/may_skip.hpp"

namespace ioud::contract {

/// Has the calendars "IOUs" (proposals) and "work" (read), the address book "cards" and a mailbox;
/// all empty.
class Subject {
 public:
  virtual ~Subject() = default;

  connectors::Connector connector;

  /// Somebody else writes, removes or renames an object of a calendar or book. Names end in .ics
  /// or .vcf.
  virtual void plant(const std::string& collection, const std::string& name,
                     const std::string& bytes) = 0;
  virtual void erase(const std::string& collection, const std::string& name) = 0;
  virtual void rename(const std::string& collection, const std::string& name,
                      const std::string& to) = 0;
  /// An object that is listed and cannot be had.
  virtual void spoil(const std::string& collection, const std::string& name) = 0;
  /// The whole collection is away.
  virtual void lose(const std::string& collection) = 0;
  /// The bytes that lie there.
  virtual std::optional<std::string> bytes_of(const std::string& collection,
                                              const std::string& href) = 0;
  /// Whether what lies there is what was sent. Servers may rewrite without changing the sense.
  virtual bool is_same(const std::string& sent, const std::string& stored) const {
    return sent == stored;
  }

  /// A mail in a folder: inbox, Sent, Drafts, Archive, Junk.
  virtual void deliver(const std::string& folder, const std::string& name,
                       const std::string& bytes) = 0;
  virtual void lose_mail() = 0;
  /// The messages that left, and the bytes of the drafts that lie there.
  virtual std::vector<std::string> outgoing() = 0;
  virtual std::vector<std::string> drafts() = 0;
};

struct Candidate {
  std::string name;
  std::function<std::unique_ptr<Subject>()> make;
};

/// By its name, also in what CTest calls a test.
inline void PrintTo(const Candidate& candidate, std::ostream* out) { *out << candidate.name; }

std::unique_ptr<Subject> dovecot_subject();
/// Null where it is not installed.
std::unique_ptr<Subject> cyrus_mail_subject();
std::unique_ptr<Subject> cyrus_jmap_subject();
std::unique_ptr<Subject> postfix_subject();
std::unique_ptr<Subject> local_subject();
std::unique_ptr<Subject> memory_subject();
/// Null where that server is not installed.
std::unique_ptr<Subject> dav_subject(const std::string& server);

inline std::vector<Candidate> subjects() {
  return {{"local", local_subject}, {"memory", memory_subject}};
}

/// Calendars and address books, on servers too.
inline std::vector<Candidate> calendar_subjects() {
  std::vector<Candidate> all = subjects();
  for (const char* server : {"radicale", "xandikos", "cyrus", "sabre"}) {
    all.push_back({server, [server] { return dav_subject(server); }});
  }
  return all;
}

/// The same on the large servers.
inline std::vector<Candidate> nightly_subjects() {
  return {{"sogo", [] { return dav_subject("sogo"); }},
          {"davical", [] { return dav_subject("davical"); }}};
}

/// True where the candidate is not to be had here; never where CI is set.
inline bool is_missing(const std::unique_ptr<Subject>& subject) {
  return subject == nullptr && fakes::may_skip();
}

/// Those with mail: all of the above, and accounts on real servers.
inline std::vector<Candidate> mail_subjects() {
  std::vector<Candidate> all = subjects();
  all.push_back({"dovecot", dovecot_subject});
  all.push_back({"cyrus", cyrus_mail_subject});
  all.push_back({"cyrus_jmap", cyrus_jmap_subject});
  return all;
}

/// The same, sent through the large server.
inline std::vector<Candidate> nightly_mail_subjects() { return {{"postfix", postfix_subject}}; }

}  // namespace ioud::contract
