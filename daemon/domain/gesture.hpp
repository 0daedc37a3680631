#pragma once
// What the rep's answers mean (specification 4.6): an edge between how an event stood and how it
// stands, a word before its title, a category, a line in his answer to the review. Approving makes
// an Approval and nothing else; nothing here writes to anybody.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/pass.hpp"

namespace ioud::domain {

enum class Answer { approve, keep, dismiss, done, forgive, later, banked };

/// A word of the rep: "ok", "keep", "no", "done", "forgive", "later 2w", "banked".
struct AnswerWord {
  Answer answer = Answer::approve;
  int days = 0;          ///< of `later`; a week where he gives no number
  std::size_t size = 0;  ///< bytes of the word and what separates it from the title
};

/// The answer at the beginning of a text, if it begins with one as a whole word, any case.
std::optional<AnswerWord> leading_answer(std::string_view text);

/// Does what was answered about a live IOU. `gesture` names it in the history. Returns false where
/// the IOU is final already.
bool apply_answer(Pass& pass, Iou& iou, const AnswerWord& word, std::string_view gesture);

/// An event of ours as it stands, with the rep's gestures taken out of it (the title without the
/// word, the categories without IOU-OK and IOU-NO). `raw` is what the calendar really holds.
struct Settled {
  CalendarItem raw;
  CalendarItem item;
  std::string calendar;
  std::string href;
  std::string etag;
};

/// Prefix of the mark that a calendar (its name follows) was found to be another store than before.
/// Until it was listed whole, what is missing or different there is no gesture of the rep.
inline constexpr const char* other_store_mark = "other_store:";

/// Reads every gesture since the last pass, acts on it, and notes in the ledger how each event
/// stands. Gives back our events as they stand.
std::vector<Settled> take_gestures(Pass& pass);

/// The key under which a deletion is remembered.
std::string tombstone_key(const Ledger& ledger, std::string_view uid);
bool is_tombstoned(const Ledger& ledger, std::string_view uid);
void bury(Ledger& ledger, std::string_view uid, std::string_view reason, core::Instant at);

}  // namespace ioud::domain
