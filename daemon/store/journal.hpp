#pragma once
// The journal's values: an intent is kept for good before anything is written elsewhere, its
// outcome after. An intent without an outcome was interrupted; at the next start it is settled by
// asking the other side what stands there, never by guessing.

#include <optional>
#include <string>
#include <vector>

#include "core/civil_time.hpp"
#include "domain/calendar_item.hpp"

namespace ioud::store {

enum class IntentKind {
  put,           ///< write a calendar object
  remove,        ///< remove a calendar object
  draft,         ///< append a draft
  draft_remove,  ///< remove a draft
  send,          ///< let a mail leave
};

/// One write that is about to be tried.
struct Intent {
  long long id = 0;  ///< given by the store; 0 until then
  IntentKind kind = IntentKind::put;
  std::string connector;
  std::string collection;  ///< "" for drafts and mail
  std::string uid;         ///< UID, or Message-ID of a draft or mail
  std::string href;        ///< "" for a new object
  std::string etag;        ///< the version that must stand there; "": must not exist yet
  std::string hash;        ///< content_hash of `bytes`, "" for removals
  std::string owner;       ///< id of the IOU, favour, draft, … it is done for
  core::Instant at;
  // What settling it may need. Kept until the outcome is known, then dropped: it holds words.
  std::string bytes;  ///< the whole object or message
  std::optional<domain::CalendarItem> item;
  std::string sender;                   ///< of a mail
  std::vector<std::string> recipients;  ///< of a mail
  friend bool operator==(const Intent&, const Intent&) = default;
};

enum class Ending {
  done,       ///< it stands there as intended
  conflict,   ///< something else stands there; decided anew
  refused,    ///< the other side will not have it
  abandoned,  ///< given up before it had an effect
};

struct Outcome {
  long long intent = 0;  ///< Intent::id
  Ending ending = Ending::done;
  core::Instant at;
  std::string href;  ///< where it stands, when done
  std::string etag;
};

/// Lines to add to the journal. Settled intents are forgotten 30 days after their outcome.
struct JournalLines {
  std::vector<Intent> intents;
  std::vector<Outcome> outcomes;
};

const char* name(IntentKind kind);
const char* name(Ending ending);

}  // namespace ioud::store
