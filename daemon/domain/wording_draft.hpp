#pragma once
// Drafts for the rep's Drafts folder (specification 5.4 and 3.5): replies in a client's thread that
// he may change, send or leave. They hold at most 90 words, end in a question, and claim only what
// the calendar or the ledger shows (6.3). English; nothing here is ever sent by ioud.

#include <optional>
#include <string>

#include "domain/wording.hpp"

namespace ioud::domain {

/// What an answer to a request for help may truthfully say.
struct RequestAnswer {
  std::string rep;
  std::string contact;
  std::string subject;                 ///< of the request
  int in_the_way = 0;                  ///< the rep's own events in the time the client named
  int can_move = 0;                    ///< how many of them he alone owns
  std::optional<core::Instant> offer;  ///< the time offered; none where no slot was found
  core::Date today;                    ///< in the rep's zone
  core::Zone zone;                     ///< the offer is on this clock
};

/// "Re: Press down", never "Re: Re: …"; "Re: our conversation" where the subject is empty.
std::string reply_subject(std::string_view subject);

/// "I have two things on then and can move one."; "" where nothing is in the way.
std::string effort_line(int in_the_way, int can_move);

/// (a) A client asked for help: gladly, the effort line, a time, how urgent is it?
Text request_draft(const RequestAnswer& answer);
/// The rep has to look first (M22): one line that says so, and how urgent is it?
Text checking_draft(const RequestAnswer& answer);
/// The slot is free now (M22): the time, and a question whether it suits.
Text good_news_draft(const RequestAnswer& answer);

/// (b) A promise went out without an ask: the minutes of that ask, afterwards. `subject` is the
/// thread's.
Text ask_draft(const Talk& talk, std::string_view subject);

/// After delivery (M29): what was done and for which day, no prices. Needs a delivered favour.
Text recap_draft(const Talk& talk, std::string_view subject);

/// A contact's own birthday or anniversary; never an age, never a child. `occasion` is birthday,
/// wedding, work, first_order or a free label.
Text greeting_draft(std::string_view rep, std::string_view contact, std::string_view occasion);

}  // namespace ioud::domain
