#pragma once
// The texts around one talk: the proposed sit-down, the rep's private prep with the script, the
// clean meeting that replaces it, and the mails that carry it. Only the prep names the beneficiary,
// the client's facts and the effort; everything else may be read by the client.

#include <optional>
#include <string>
#include <vector>

#include "domain/wording.hpp"

namespace ioud::domain {

/// What only the rep reads before a talk.
struct PrepNotes {
  std::vector<std::string> facts;  ///< ready lines about the person, care A and B, best first
  int effort_minutes = 0;          ///< the meter's total for these favours
  bool before_delivery = false;    ///< adds the one question about what is at stake (M09)
  std::string open_question;       ///< one empty profile field as a question, or ""
};

/// "Sit-down: <contact> – <topic>"; purpose and a line for each favour. Client-safe.
Text sitdown_text(const Talk& talk);

/// Contract line, facts, effort, evidence pointers and last the script, ending in a question.
Text prep_text(const Talk& talk, const PrepNotes& notes);

/// "You: belt on Sat. They: 20 min on introductions." Without favours the second half only.
std::string contract_line(const Talk& talk);

/// The script of specification 5.7, one line an element; the last one is the permission question.
std::vector<std::string> script(const Talk& talk, bool before_delivery = false);

/// "<rep> / <contact> – <favour in two or three words>, <topic>" and a clean description.
Text meeting_text(const Talk& talk);

/// The mail that carries a REQUEST. Times are on the client's clock.
Text invitation_mail(const Talk& talk, core::Instant start);
/// The mail that carries a REQUEST of a later SEQUENCE: the meeting was moved.
Text update_mail(const Talk& talk, core::Instant start);
/// The mail that carries a REQUEST of a later SEQUENCE: it begins as before and ends otherwise.
Text length_mail(const Talk& talk, core::Instant start);
/// The mail that carries a REQUEST of a later SEQUENCE: only the place is another one, "" for none.
Text place_mail(const Talk& talk, core::Instant start, std::string_view place);
/// The mail that carries a CANCEL.
Text cancel_mail(const Talk& talk, core::Instant start);
/// The one second message after silence.
Text second_mail(const Talk& talk, core::Instant start);

}  // namespace ioud::domain
