#pragma once
// The weekly review: the one mail ioud writes to the rep himself, its figures, and the lines that
// wait for it in the ledger. A line says what was seen, names the client, and what an answer does;
// none advises to refuse help. The rep alone reads these texts.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/loss.hpp"
#include "domain/wording.hpp"

namespace ioud::domain {

/// The figures of one client in a review.
struct ClientFigures {
  std::string client;
  int favours = 0;
  int minutes = 0;    ///< the meter's total
  int collected = 0;  ///< IOUs
  int deposits = 0;   ///< trust rows above and below nothing …
  int withdrawals = 0;
  std::optional<core::Date> since;  ///< … since this day
};

struct ReviewFigures {
  core::Date week;  ///< any day of it
  int accepted = 0;
  int dismissed = 0;
  int collected = 0;  ///< in this quarter
  int referrals = 0;
  int second_orders = 0;
  std::vector<ClientFigures> clients;
  std::vector<std::string> notes;  ///< further ready lines without a number
};

/// "Weekly review, 16 to 22 Mar"; the numbered lines as they stand, the figures, the answers.
Text review_mail(const std::vector<std::string>& lines, const ReviewFigures& figures);

/// "Proposals: 0 accepted, 3 dismissed, precision 0 %"; without the last part where there were
/// none.
std::string precision_line(int accepted, int dismissed);
/// "Acme: 4 favours, 6 h 10, 1 collected".
std::string client_line(const ClientFigures& figures);
/// "3 deposits, 1 withdrawal since March".
std::string trust_line(const ClientFigures& figures);
/// "Last week: 3 h with customers, 1 h 30 with prospects" (M52).
std::string hours_line(int customer_minutes, int prospect_minutes);

// Lines that wait in the ledger. `contact` is a full name, `client` the client's.

/// A promise below the floor: the rep's own words, and the question whether it was one.
std::string unsure_line(std::string_view contact, std::string_view client, std::string_view quote);
/// Help that is a paid service (M26). `times` is its count in the window, 0 where minutes decided.
std::string scope_line(std::string_view client, const Favour& favour, int times);
/// Nobody said when: the day that was assumed.
std::string due_line(std::string_view contact, const Favour& favour);
/// Month known, day not: "Gus Ito: birthday some time in May; which day?"
std::string month_line(std::string_view name, std::string_view occasion, unsigned month);
/// Somebody who writes and is no client yet.
std::string unknown_line(std::string_view address, int mails);
/// No time was found in the whole window.
std::string no_slot_line(std::string_view contact, std::string_view topic, int days);
/// An untouched proposal rolled forward as often as it may.
std::string rolled_line(std::string_view contact, std::string_view topic, int rolls);
/// More proposals than one day shows.
std::string later_line(std::string_view contact, const Favour& favour);
/// A calendar answer to the invitation of that contact by somebody else, which was ignored.
std::string stranger_line(std::string_view contact, std::string_view sender);
/// The program of a contact asks for the invitation once more (REFRESH).
std::string refresh_line(std::string_view contact);
/// An answer by mail to an invitation that the ledger does not know.
std::string stray_line(std::string_view sender);
/// A capture that fits no client alone.
std::string capture_line(std::string_view line);
/// "Acme Press: 6 h against 1.5 h as a prospect"; hours with up to two decimals.
std::string reply_parity_line(std::string_view client, double hours, double hours_as_prospect);
/// "Acme Press: 1 touch a month against 3 as a prospect"; up to two decimals.
std::string contact_parity_line(std::string_view client, double touches, double as_prospect);
/// "Acme Press: you start 20 % of the contacts against 60 % as a prospect"; shares from 0 to 1.
std::string started_parity_line(std::string_view client, double share, double as_prospect);
/// Praise was heard, and nothing was ever asked (M43).
std::string never_asked_line(std::string_view client);
/// A bronze client's birthday: a greeting is the rep's to give.
std::string birthday_line(std::string_view contact, core::Date day);
/// The client has not answered an invitation. `may_ask`: an ok has him asked once more.
std::string silence_line(std::string_view contact, core::Date invited, bool may_ask);
/// The mail server took no mail to the contact: an invitation or its change, or the cancellation of
/// the talk on that day.
std::string refused_line(std::string_view contact, bool is_cancellation, core::Date day,
                         bool may_try_again);
/// What was promised fell through, and the client still counts on the meeting of that day.
std::string fallen_line(std::string_view contact, const Favour& favour, core::Date meeting,
                        bool invited_by_rep);
/// Unpaid hours rose three months running with nothing collected (M15).
std::string rising_line(std::string_view client, int minutes);
/// Quiet for long, and a rival was named (M44).
std::string rival_line(std::string_view client, std::string_view rival);
/// Too little time for existing customers (M52). `percent` of the hours.
std::string balance_line(int percent);
/// Customers with no next touch (M69).
std::string no_plan_line(std::string_view client);
/// One purchase from the second (M67).
std::string second_purchase_line(std::string_view client);
/// Two signals of leaving (M70).
std::string leaving_line(std::string_view client);
/// A talk about names is done, and no name is known (M73): the answer is "named" and
/// the names.
std::string named_line(std::string_view contact);
/// The rep's mails wait for replies: asks pause.
std::string paused_line(std::string_view contact, int mails, core::Date until);
/// A source lost much at once; nothing was taken as removed.
std::string loss_line(const Loss& loss);
/// An item that cannot be read, by file or account, never by its words.
std::string bad_item_line(std::string_view place, std::string_view problem);

}  // namespace ioud::domain
