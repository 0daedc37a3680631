#include "domain/wording_review.hpp"

#include <array>
#include <cmath>
#include <cstdio>

#include "core/text.hpp"

namespace ioud::domain {
namespace {

constexpr std::array months = {"January",   "February", "March",    "April",
                               "May",       "June",     "July",     "August",
                               "September", "October",  "November", "December"};

std::string month_name(unsigned month) {
  return month >= 1 && month <= months.size() ? months[month - 1] : "a month not known";
}

/// A number with up to two decimals and no idle zeros: "6", "1.5", "0.33".
std::string decimal(double number) {
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%.2f", number);
  std::string out = text.data();
  while (out.back() == '0') out.pop_back();
  if (out.back() == '.') out.pop_back();
  return out == "-0" ? "0" : out;
}

std::string touches_a_month(double touches) {
  return decimal(touches) + (decimal(touches) == "1" ? " touch" : " touches") + " a month";
}

constexpr const char* answers =
    "Answer by number, one a line: 1 ok (do it), 2 no (leave it), 3 later 2w (not before then),\n"
    "4 done, 5 forgive, or never NAME (no more asks for that client).";

}  // namespace

std::string precision_line(int accepted, int dismissed) {
  std::string line = "Proposals: " + std::to_string(accepted) + " accepted, " +
                     std::to_string(dismissed) + " dismissed";
  const int all = accepted + dismissed;
  if (all > 0) line += ", precision " + std::to_string(std::lround(100.0 * accepted / all)) + " %";
  return line;
}

std::string client_line(const ClientFigures& figures) {
  return figures.client + ": " + counted(figures.favours, "favour") + ", " +
         duration_words(figures.minutes) + ", " + std::to_string(figures.collected) + " collected";
}

std::string trust_line(const ClientFigures& figures) {
  return counted(figures.deposits, "deposit") + ", " + counted(figures.withdrawals, "withdrawal") +
         (figures.since ? " since " + month_name(static_cast<unsigned>(figures.since->month()))
                        : "");
}

std::string hours_line(int customer_minutes, int prospect_minutes) {
  return "Last week: " + duration_words(customer_minutes) + " with customers, " +
         duration_words(prospect_minutes) + " with prospects";
}

Text review_mail(const std::vector<std::string>& lines, const ReviewFigures& figures) {
  const core::Date monday = core::monday_of(figures.week);
  const core::Date sunday = core::add_days(monday, 6);
  std::string body;
  int number = 0;
  for (const std::string& line : lines)
    body += std::to_string(++number) + ". " + core::squeezed(line) + "\n";
  if (lines.empty()) body += "Nothing waits for an answer.\n";
  body += "\n" + precision_line(figures.accepted, figures.dismissed) + "\n";
  body += "This quarter: " + std::to_string(figures.collected) + " collected, " +
          counted(figures.referrals, "referral") + ", " +
          counted(figures.second_orders, "second order") + "\n";
  for (const ClientFigures& client : figures.clients) {
    body += client_line(client);
    if (client.deposits + client.withdrawals > 0) body += "; " + trust_line(client);
    body += "\n";
  }
  for (const std::string& note : figures.notes) body += core::squeezed(note) + "\n";
  if (!lines.empty()) body += std::string("\n") + answers;
  while (body.ends_with('\n')) body.pop_back();
  return {"Weekly review, " + core::short_day(monday) + " to " + core::short_day(sunday), body};
}

std::string unsure_line(std::string_view contact, std::string_view client, std::string_view quote) {
  return std::string(contact) + " (" + std::string(client) + "): \"" + core::squeezed(quote) +
         "\" - was that a promise? ok adds it, no leaves it";
}

std::string scope_line(std::string_view client, const Favour& favour, int times) {
  const std::string why = times > 0
                              ? "time " + std::to_string(times) + " of its kind in the last months"
                              : duration_words(favour.effort_minutes);
  const std::string act = core::squeezed(favour.text);
  return std::string(client) + ": " + (act.empty() ? rep_thing(favour) : act) + " (" + why +
         "): say yes to this one, and offer the paid route for the next";
}

std::string due_line(std::string_view contact, const Favour& favour) {
  return std::string(contact) + ": nobody said when for \"" + core::squeezed(favour.text) + "\"; " +
         core::short_weekday(favour.due.date) + " " + core::short_day(favour.due.date) +
         " is assumed. Is that right?";
}

std::string month_line(std::string_view name, std::string_view occasion, unsigned month) {
  return std::string(name) + ": " + std::string(occasion) + " some time in " + month_name(month) +
         "; which day?";
}

std::string unknown_line(std::string_view address, int mails) {
  return std::string(address) + " wrote " + counted(mails, "mail") +
         " and is no client; a card with \"stage: prospect\" makes one";
}

std::string no_slot_line(std::string_view contact, std::string_view topic, int days) {
  return std::string(contact) + ": no time found for " + std::string(topic) + " within " +
         counted(days, "business day") + "; put it where you like";
}

std::string rolled_line(std::string_view contact, std::string_view topic, int rolls) {
  return std::string(contact) + ": the talk on " + std::string(topic) + " was put off " +
         counted(rolls, "time") + "; ok finds a new time, forgive lets it go";
}

std::string later_line(std::string_view contact, const Favour& favour) {
  return std::string(contact) + ": \"" + core::squeezed(favour.text) +
         "\" waits, there were enough proposals for one day; ok shows it";
}

std::string stranger_line(std::string_view contact, std::string_view sender) {
  return "The invitation of " + std::string(contact) + " was answered by " + std::string(sender) +
         ", who was not invited; nothing was changed";
}

std::string refresh_line(std::string_view contact) {
  return std::string(contact) +
         " asks for the invitation once more; nothing was sent. Forward it from your sent mail";
}

std::string stray_line(std::string_view sender) {
  return std::string(sender) +
         " answered an invitation that is not on record; nothing was changed. See who was meant";
}

std::string capture_line(std::string_view line) {
  return "Which client is meant by \"" + core::squeezed(line) + "\"?";
}

std::string reply_parity_line(std::string_view client, double hours, double hours_as_prospect) {
  return std::string(client) + ": " + decimal(hours) + " h against " + decimal(hours_as_prospect) +
         " h as a prospect";
}

std::string contact_parity_line(std::string_view client, double touches, double as_prospect) {
  return std::string(client) + ": " + touches_a_month(touches) + " against " +
         decimal(as_prospect) + " as a prospect";
}

std::string started_parity_line(std::string_view client, double share, double as_prospect) {
  const auto percent = [](double part) { return std::to_string(std::lround(100 * part)) + " %"; };
  return std::string(client) + ": you start " + percent(share) + " of the contacts against " +
         percent(as_prospect) + " as a prospect";
}

std::string never_asked_line(std::string_view client) {
  return std::string(client) + ": happy, never asked";
}

std::string birthday_line(std::string_view contact, core::Date day) {
  return std::string(contact) + ": birthday on " + core::short_day(day);
}

std::string silence_line(std::string_view contact, core::Date invited, bool may_ask) {
  return std::string(contact) + ": no answer to the invitation of " + core::short_day(invited) +
         "; a call may help" + (may_ask ? ", or ok asks once more" : "");
}

std::string refused_line(std::string_view contact, bool is_cancellation, core::Date day,
                         bool may_try_again) {
  const std::string who(contact);
  if (is_cancellation)
    return who + ": the mail server refused the cancellation of " + core::short_day(day) +
           ", so the talk still stands there; call, or write yourself";
  return who + ": the mail server refused the invitation for " + core::short_day(day) +
         ", and nothing was sent; check the address" +
         (may_try_again ? ", then ok tries again" : " and call");
}

std::string fallen_line(std::string_view contact, const Favour& favour, core::Date meeting,
                        bool invited_by_rep) {
  return std::string(contact) + ": \"" + core::squeezed(favour.text) +
         "\" fell through, and they still count on the meeting of " + core::short_day(meeting) +
         (invited_by_rep ? "; you invited them yourself, so please tell them"
                         : "; no, here or before its title, takes it back, or write to them");
}

std::string rising_line(std::string_view client, int minutes) {
  return std::string(client) + ": " + duration_words(minutes) +
         " given, more each month for three months, nothing collected; time to ask";
}

std::string rival_line(std::string_view client, std::string_view rival) {
  return std::string(client) + ": quiet for long, and " + std::string(rival) + " was named";
}

std::string balance_line(int percent) {
  return "Existing customers had " + std::to_string(percent) +
         " % of your hours for three weeks; who among them is due a call?";
}

std::string no_plan_line(std::string_view client) {
  return std::string(client) + ": a customer with no next touch";
}

std::string second_purchase_line(std::string_view client) {
  return std::string(client) + ": one purchase away from the second";
}

std::string leaving_line(std::string_view client) {
  return std::string(client) + ": more than one sign of leaving; a call this week";
}

std::string named_line(std::string_view contact) {
  return std::string(contact) +
         ": the talk about names is done; was somebody named? Answer \"named\" and the name";
}

std::string paused_line(std::string_view contact, int mails, core::Date until) {
  return std::string(contact) + ": " + counted(mails, "mail") + " of yours " +
         (mails == 1 ? "waits" : "wait") + " for a reply; no calls or asks until " +
         core::short_day(until);
}

std::string loss_line(const Loss& loss) {
  const std::string place = shown_place(loss.place.collection);
  const std::string named = place.find(' ') == std::string::npos ? place : "\"" + place + "\"";
  return place + " of " + loss.place.connector + ": " + std::to_string(loss.names.size()) + " of " +
         std::to_string(loss.known) +
         " are missing at once; nothing was taken as removed. If they are to be gone: ioud "
         "accept-loss " +
         loss.place.connector + " " + named;
}

std::string bad_item_line(std::string_view place, std::string_view problem) {
  return std::string(place) + " could not be read: " + std::string(problem);
}

}  // namespace ioud::domain
