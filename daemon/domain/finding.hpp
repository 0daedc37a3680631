#pragma once
// What detection found in somebody's words: labelled sentences with their slots and reasons, and
// signals about favours already known. Values only; how they are found is detection's business.

#include <optional>
#include <string>
#include <vector>

#include "core/civil_time.hpp"

namespace ioud::domain {

/// The classes of a sentence; definitions in config and `ioud explain labels`.
enum class Label {
  rep_favour,
  client_iou,
  favour_request,
  billable,
  routine,
  third_party,
  negated,
  hedged,
  past_favour,
  rep_question,
  quoted,
  boilerplate,
  other,
};

/// A day, and an hour where one was given as an hour; civil time of the rep's zone.
struct Due {
  core::Date date{};
  std::optional<core::TimeOfDay> time;
  friend bool operator==(const Due&, const Due&) = default;
};

/// An ask the rep made in his own words ("in return I need you to sit down with me on Monday").
struct SpokenAsk {
  std::string ask;           ///< ask kind
  bool at_delivery = false;  ///< "when I get there"
  std::optional<core::Date> day;
  friend bool operator==(const SpokenAsk&, const SpokenAsk&) = default;
};

struct Slots {
  std::string what;         ///< the act with its object, as written: "drop the part off"
  std::string thing;        ///< the object alone: "the part"
  std::string lemma;        ///< verb and object in base form, folded: "drop part"; the favour's key
  std::string shape;        ///< who, modal and verb without the object: "i will look over"
  std::string kind;         ///< favour kind of the catalogue, "" when none fits
  std::string category;     ///< errand, delivery, loan, …, detection's own finer word
  std::string ower;         ///< name of who owes, as given in the passage
  std::string beneficiary;  ///< another person who is helped, by name, or ""
  std::string time_text;    ///< the words of the time, "" when unsaid
  std::optional<Due> due;   ///< resolved; empty when unsaid
  std::optional<Due> until;  ///< end of a range, where the words gave one
  std::string time_value;  ///< ISO 8601 as exact as the words: day, hour, range "a/b" or month; ""
  std::string day_part;    ///< morning, afternoon, evening, or ""
  std::optional<int> effort_minutes;
  bool is_visit = false;     ///< something is brought or fetched
  bool at_delivery = false;  ///< "@there", "when I get there"
};

struct Finding {
  Label label = Label::other;
  double score = 0;       ///< calibrated probability, 0 to 1
  std::string quote;      ///< the sentence, shortened to `privacy.excerpt_chars`
  std::size_t begin = 0;  ///< byte range in the text that was read
  std::size_t end = 0;
  Slots slots;
  std::optional<SpokenAsk> spoken;
  bool answered = false;             ///< a request the rep has said yes or no to
  std::vector<std::string> reasons;  ///< for `explain`: cues and weights in a rep's language
};

/// Things said about favours already known, or about the relation.
enum class SignalKind {
  slip,              ///< rep: later, with the new time in due
  cancel,            ///< rep: cannot do it after all
  no_longer_needed,  ///< client: need it no longer
  thanks,            ///< client: bare or in advance
  counted_thanks,    ///< client: says it arrived, works, is done
  delivered,         ///< rep: "it's with you now", "done"
  complaint,
  praise,
  stop,        ///< client: "please don't ask", "unsubscribe me"
  acceptance,  ///< a bare yes: "No problem", "Will do"
  referral,    ///< client names somebody
  bereavement,
};

struct Signal {
  SignalKind kind = SignalKind::thanks;
  std::string quote;  ///< shortened as in Finding
  std::string thing;  ///< what it is about, where said: "the sample boards"
  std::optional<Due> due;
  std::string name;  ///< of a person referred
};

/// Everything read in one passage (a mail, the notes of a meeting).
struct Reading {
  std::vector<Finding> findings;
  std::vector<Signal> signals;
  /// An ask the rep spoke in a passage that holds no favour of his: it belongs to an earlier one.
  std::optional<SpokenAsk> spoken;
};

}  // namespace ioud::domain
