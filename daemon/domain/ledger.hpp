#pragma once
// The ledger: everything ioud remembers for good. Plain values with no behaviour; the planner takes
// one and gives back the next, the store keeps it. Nothing here can be rebuilt from mail or
// calendars, so nothing here lives in a cache.

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "core/civil_time.hpp"
#include "domain/calendar_item.hpp"
#include "domain/catalogue.hpp"
#include "domain/finding.hpp"

namespace ioud::domain {

/// One step in the life of a favour or an IOU, for `ioud explain`.
struct Change {
  core::Instant at;
  std::string state;
  std::string cause;  ///< a fixed phrase or an evidence id, never a person's words
  friend bool operator==(const Change&, const Change&) = default;
};

struct Evidence {
  std::string source;   ///< mail, event or capture
  std::string id;       ///< Message-ID or UID
  std::string quote;    ///< at most `privacy.excerpt_chars`; dropped when its time is over
  std::string subject;  ///< of the mail or event, for the prep's pointer; dropped with the quote
  core::Instant at;
  friend bool operator==(const Evidence&, const Evidence&) = default;
};

enum class FavourState { offered, delivered, slipped, cancelled };

struct Favour {
  std::string id;
  std::string client;
  std::string debtor;       ///< address of the contact it was promised to
  std::string beneficiary;  ///< address, or a name when none is known, or ""
  std::string kind;
  Size size = Size::S;
  std::string text;   ///< the act: "drop the part off"
  std::string thing;  ///< its object: "the part"
  std::string lemma;  ///< with client and day of the first offer the favour's key
  std::string shape;
  core::Instant offered_at;
  Due due;
  bool due_stated = false;  ///< false: the default due, asked about in the review
  FavourState state = FavourState::offered;
  std::optional<core::Instant> delivered_at;
  std::string place;
  int effort_minutes = 0;
  std::string effort_source;  ///< estimate, calendar or typed
  double confidence = 0;
  bool is_visit = false;
  bool at_delivery = false;
  std::optional<SpokenAsk> spoken;
  std::string asked_for;  ///< ask kind typed in a capture (`#ask KIND`), or ""
  std::string own_event;  ///< UID of the rep's own event for the delivery, or ""
  std::string thread;     ///< Message-ID to reply to, or ""
  std::vector<Evidence> evidence;
  std::vector<std::string> reasons;
  std::vector<Change> history;
  friend bool operator==(const Favour&, const Favour&) = default;
};

enum class IouState {
  banked,
  proposed,
  kept,
  offered,
  agreed,
  scheduled,
  collected,
  declined,
  dismissed,
  forgiven,
  expired,
  void_,
};

/// Why a sit-down stands where it stands.
enum class Where { search, at_delivery, piggyback, spoken, pinned };

struct Sitdown {
  std::string uid;
  core::Instant start;
  int minutes = 0;
  std::string place;
  Where where = Where::search;
  std::string host;      ///< UID of the meeting it rides along with
  bool is_wide = false;  ///< found only outside the usual hours
  int sequence = 0;      ///< of the event; rises on time, place or status change only
  int moves = 0;         ///< made by us to save days
  int rolls = 0;         ///< made by us because its time passed untouched
  bool pulled_forward = false;
  friend bool operator==(const Sitdown&, const Sitdown&) = default;
};

/// The one clean meeting with the client.
struct Invitation {
  std::string uid;  ///< mtg-…
  core::Instant start;
  int minutes = 0;
  int sequence = 0;
  std::optional<core::Instant> sent_at;   ///< of the newest message that left
  std::string partstat = "NEEDS-ACTION";  ///< the client's
  bool by_rep = false;                    ///< the rep's own program sent it; ours never will
  bool cancelled = false;
  friend bool operator==(const Invitation&, const Invitation&) = default;
};

struct Iou {
  std::string id;
  std::string client;
  std::string contact;               ///< address of the person the sit-down is with
  std::vector<std::string> favours;  ///< ids; none for referral and after-sale asks
  std::string ask;                   ///< ask kind, "" while banked
  std::string cause;                 ///< favour, referral, after_sale, …
  IouState state = IouState::banked;
  core::Instant opened;
  std::optional<Sitdown> sitdown;
  std::optional<Invitation> invitation;
  std::optional<core::Instant> not_before;  ///< "later 2w"
  std::optional<core::Instant> asked_at;    ///< when the ask was made: offered, or kept and done
  bool proposed_again = false;              ///< after the client meeting was cancelled, once
  std::vector<Change> history;
  friend bool operator==(const Iou&, const Iou&) = default;
};

/// Permission for exactly one message, given by a gesture of the rep.
struct Approval {
  std::string id;
  std::string iou;
  /// REQUEST, CANCEL, SECOND (the same REQUEST once more), or DRAFT (the rep will send it himself).
  std::string message;
  std::string gesture;
  core::Instant at;
  core::Instant hold_until;
  core::Instant start;  ///< the time that was approved
  int sequence = 0;
  std::optional<core::Instant> used_at;
  bool cancelled = false;
  std::optional<core::Instant> refused_at;  ///< by the mail server, for good; then also cancelled
  friend bool operator==(const Approval&, const Approval&) = default;
};

struct MeterRow {
  std::string id;
  std::string client;
  std::string favour;
  std::string kind;  ///< work, travel or prep
  int minutes = 0;
  std::string source;  ///< estimate, calendar or typed
  core::Date date{};
  friend bool operator==(const MeterRow&, const MeterRow&) = default;
};

struct TrustRow {
  std::string id;
  std::string client;
  int points = 0;
  std::string cause;
  std::string evidence;
  core::Instant at;
  friend bool operator==(const TrustRow&, const TrustRow&) = default;
};

/// A real contact; at most one a contact and day.
struct Touch {
  std::string id;
  std::string contact;
  core::Instant at;
  std::string kind;  ///< mail or meeting
  bool care = true;  ///< no ask and no complaint was made in it
  friend bool operator==(const Touch&, const Touch&) = default;
};

/// A line of the weekly review. `kind` and `about` say what an answer to it does.
struct ReviewLine {
  std::string id;
  std::string kind;
  std::string about;  ///< id of a favour, IOU, client or person
  std::string client;
  std::string text;
  core::Instant at;
  std::optional<core::Instant> mailed_at;
  int number = 0;    ///< in the mail it went with
  std::string mail;  ///< Message-ID of that mail
  bool done = false;
  friend bool operator==(const ReviewLine&, const ReviewLine&) = default;
};

/// What must never come back, known by a salted hash of its key only.
struct Tombstone {
  std::string hash;
  std::string reason;
  core::Instant at;
  friend bool operator==(const Tombstone&, const Tombstone&) = default;
};

/// The rep's answers to one phrase shape × kind × client; counters, never text.
struct Verdict {
  std::string id;
  std::string shape;  ///< salted hash
  std::string kind;
  std::string client;
  double weight = 0;  ///< negative answers: 1 or a part; positive: below 0
  core::Instant at;
  friend bool operator==(const Verdict&, const Verdict&) = default;
};

/// An event of ours that is, or was, in a calendar.
struct ItemRecord {
  std::string uid;
  std::string calendar;  ///< name in the config
  std::string owner;     ///< id of the IOU, favour, client or occasion it serves
  std::string href;
  std::string etag;
  CalendarItem written;  ///< what we last wrote
  CalendarItem seen;     ///< how it last stood, after the rep's changes
  bool gone = false;     ///< removed, by us or the rep
  friend bool operator==(const ItemRecord&, const ItemRecord&) = default;
};

struct DraftRecord {
  std::string id;
  std::string message_id;
  std::string kind;   ///< request, ask, talk, greeting
  std::string about;  ///< IOU id, or Message-ID of the request
  std::string contact;
  std::string answers;  ///< Message-ID of the thread's mail it replies to
  core::Instant at;
  std::string href;
  std::string etag;
  std::string hash;                     ///< content_hash of the bytes as written
  std::vector<std::string> line_marks;  ///< as Mail::line_marks, to know it when the rep sends it
  std::string state;                    ///< standing, removed, edited, sent
  friend bool operator==(const DraftRecord&, const DraftRecord&) = default;
};

/// A mail that left through us.
struct SentRecord {
  std::string message_id;
  std::string kind;  ///< invitation, second, update, cancellation, review
  std::string about;
  std::string contact;
  core::Instant at;
  friend bool operator==(const SentRecord&, const SentRecord&) = default;
};

/// The courtship's standard, frozen at the first purchase (M64).
struct Baseline {
  std::string client;
  double reply_hours = 0;
  double touches_a_month = 0;
  double meetings_a_month = 0;
  double started_share = 0;
  core::Instant frozen_at;
  friend bool operator==(const Baseline&, const Baseline&) = default;
};

/// Somebody whom a client's contact named to the rep (M73). The name is all that is kept of them.
struct Referral {
  std::string id;
  std::string client;
  std::string contact;  ///< address of who named them
  std::string name;
  core::Instant at;
  friend bool operator==(const Referral&, const Referral&) = default;
};

struct Ledger {
  std::map<std::string, Favour> favours;     ///< each map is keyed by the id of its rows
  std::map<std::string, Favour> candidates;  ///< too unsure to show; the review asks about them
  std::map<std::string, Iou> ious;
  std::map<std::string, Approval> approvals;
  std::map<std::string, MeterRow> meter;
  std::map<std::string, TrustRow> trust;
  std::map<std::string, Touch> touches;
  std::map<std::string, ReviewLine> review;
  std::map<std::string, Tombstone> tombstones;
  std::map<std::string, Verdict> verdicts;
  std::map<std::string, ItemRecord> items;
  std::map<std::string, DraftRecord> drafts;
  std::map<std::string, SentRecord> sent;
  std::map<std::string, Baseline> baselines;
  std::map<std::string, Referral> referrals;
  /// Single facts by name: when a client was first known, that a mail's signal took effect, ….
  std::map<std::string, std::string> marks;
  std::string salt;  ///< of the hashes above; made once with the store
};

const char* name(FavourState state);
const char* name(IouState state);
std::optional<FavourState> favour_state(std::string_view name);
std::optional<IouState> iou_state(std::string_view name);
/// banked, proposed, kept, offered, agreed, scheduled (specification 4.2).
bool is_live(IouState state);

}  // namespace ioud::domain
