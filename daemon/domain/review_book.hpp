#pragma once
// The lines that wait for the weekly review, the one mail that carries them, and the rep's answers
// by number. A line mailed or answered once is done.

#include <optional>
#include <string>

#include "domain/message.hpp"
#include "domain/pass.hpp"

namespace ioud::domain {

/// Adds a line once for its kind and subject; `about` is an id of the ledger, or a key.
void add_review_line(Pass& pass, std::string_view kind, const std::string& about,
                     const std::string& client, const std::string& text);
/// Whether that line was ever added, also one that is done.
bool has_review_line(const Ledger& ledger, std::string_view kind, const std::string& about);
/// The subject is settled: lines about it need no answer.
void close_review_lines(Pass& pass, const std::string& about);

/// Whether this week's review leaves now, so that lines about how things stand are put together.
bool is_review_due(const Pass& pass);

/// The review that is due now: the first pass at or after the start of this week's planning event.
/// Empty where planning is off, its half hour has not begun, or this week's review has left.
std::optional<OutgoingMail> due_review(const Pass& pass);

/// The review has left: its lines are done and numbered.
void review_sent(Ledger& ledger, const Setting& setting, const OutgoingMail& mail,
                 core::Instant now);

/// One answer of the rep to a review: "2 ok", "3 later 2w", "never Acme". `mail` is the Message-ID
/// it answers. Returns false where nobody can tell what was meant.
bool answer_review(Pass& pass, const std::string& mail, std::string_view line);

}  // namespace ioud::domain
