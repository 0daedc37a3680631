#pragma once
// What a JMAP server answered, taken apart (RFC 8620 3.4 to 3.6). Each call's answer is looked up
// by its name; an error in its place becomes a fault. Pure; keeps no words of people.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "connectors/jmap/json.hpp"
#include "connectors/jmap/mailboxes.hpp"
#include "core/civil_time.hpp"
#include "core/result.hpp"

namespace ioud::connectors::jmap {

/// How a mail stands. The bytes of a mail never change under its id, its mailboxes do.
struct Standing {
  std::string id;
  std::string blob;
  std::vector<std::string> mailboxes;  ///< ids
  std::uint64_t size = 0;              ///< bytes
  core::Instant received;
  std::vector<std::string> message_ids;
  std::string head;  ///< its head_fields, as they stand in it
};

struct Standings {
  std::string state;
  std::vector<Standing> found;
  std::vector<std::string> not_found;
};

struct ChangedIds {
  std::string state;  ///< after them
  bool has_more = false;
  std::vector<std::string> created;
  std::vector<std::string> updated;
  std::vector<std::string> destroyed;
};

struct ListedIds {
  std::vector<std::string> ids;
  std::uint64_t position = 0;
  std::optional<std::uint64_t> total;
};

/// What became of the one mail that was to be written.
struct Written {
  bool is_done = false;
  std::string id;     ///< of what was created, or of what is there already
  std::string error;  ///< "alreadyExists", "notFound", … (RFC 8620 5.3); empty: done
};

class Answers {
 public:
  /// `place` goes into errors. Fails with Fault::protocol where the text is no response.
  static core::Result<Answers> read(std::string_view text, std::string place);

  const std::string& session_state() const { return session_state_; }

  /// The type of the error in the place of that answer; empty where there is none.
  std::string error_type(std::string_view name) const;

  /// The server has no such account, so the session that named it is out of date.
  bool is_account_unknown() const;

  core::Result<std::vector<Mailbox>> mailboxes(std::string_view name) const;
  core::Result<Standings> mails(std::string_view name) const;
  core::Result<ChangedIds> changes(std::string_view name) const;
  core::Result<ListedIds> listing(std::string_view name) const;
  core::Result<Written> written(std::string_view name) const;

 private:
  struct Answer {
    std::string name;
    std::string method;
    Json arguments;
  };
  core::Result<const Answer*> find(std::string_view name, std::string_view method) const;
  tl::unexpected<core::Error> unreadable(std::string_view what) const;

  std::string place_;
  std::string session_state_;
  std::vector<Answer> answers_;
};

/// Whether an error of Email/changes means that the server cannot tell what changed since that
/// state, so that everything is to be listed (RFC 8620 5.2; Cyrus says invalidArguments).
bool means_listing(std::string_view error_type);

/// Whether the state went on from one to the other. Counters that run backwards are those of a
/// server that forgot us, even where it says that nothing changed.
bool goes_on(std::string_view from, std::string_view to);

/// The fault that a request as a whole met (RFC 8620 3.6.1), from the problem in its body; nothing
/// where the body tells of none.
std::optional<core::Error> problem_in(std::string_view body, std::string place);

/// The fault of an error in the place of an answer.
core::Error error_of_type(std::string_view type, std::string place);

}  // namespace ioud::connectors::jmap
