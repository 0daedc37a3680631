#include "domain/wording_draft.hpp"

#include "core/text.hpp"
#include "domain/wording_lint.hpp"

namespace ioud::domain {
namespace {

constexpr const char* how_urgent = "How urgent is it: today, this week, or whenever it suits?";

/// "11:45", or with its day where that is not today: "11:45 on Thursday 12 Mar".
std::string offer_words(const RequestAnswer& answer) {
  const core::Instant at = answer.offer.value();
  const core::Date day = core::date_in(answer.zone, at);
  const std::string clock = core::format(core::time_of(answer.zone.to_local(at)));
  if (day == answer.today) return clock;
  return clock + " on " + core::long_weekday(day) + " " + core::short_day(day);
}

Text reply(const RequestAnswer& answer, const std::string& body) {
  return {reply_subject(answer.subject),
          greeting_words(answer.contact) + body + sign_off(answer.rep)};
}

}  // namespace

std::string reply_subject(std::string_view subject) {
  std::string rest = core::squeezed(subject);
  while (core::iequals(std::string_view(rest).substr(0, 3), "re:"))
    rest = core::trimmed(std::string_view(rest).substr(3));
  return "Re: " + (rest.empty() ? "our conversation" : rest);
}

std::string effort_line(int in_the_way, int can_move) {
  if (in_the_way <= 0) return "";
  const std::string have =
      "I have " + number_words(in_the_way) + (in_the_way == 1 ? " thing" : " things") + " on then";
  if (can_move <= 0) return have + ".";
  if (in_the_way == 1) return have + " and can move it.";
  if (can_move >= in_the_way) return have + " and can move them.";
  return have + " and can move " + number_words(can_move) + ".";
}

Text request_draft(const RequestAnswer& answer) {
  std::string body = "I would like to help.";
  if (const std::string effort = effort_line(answer.in_the_way, answer.can_move); !effort.empty())
    body += " " + effort;
  if (answer.offer) body += " I could do " + offer_words(answer) + ".";
  return reply(answer, body + "\n\n" + how_urgent);
}

Text checking_draft(const RequestAnswer& answer) {
  return reply(answer,
               std::string("I would like to help and am checking my calendar.\n\n") + how_urgent);
}

Text good_news_draft(const RequestAnswer& answer) {
  if (!answer.offer) return checking_draft(answer);
  return reply(answer, "Good news: yes, " + offer_words(answer) +
                           " works. Thank you for working with me.\n\nDoes that time suit you?");
}

Text ask_draft(const Talk& talk, std::string_view subject) {
  std::string about = "One thing to go with this";
  std::string kind;
  if (!talk.favours.empty()) {
    kind = talk.favours.front().favour.kind;
    const std::string thing = client_thing(talk.favours.front(), talk.others);
    if (!thing.empty()) about = "One thing to go with " + thing;
  }
  std::string body = about + ": could you spare " + std::to_string(talk.ask.minutes) +
                     " minutes afterwards " + purpose_words(talk.ask) + ", " +
                     benefit_line(kind, talk.ask_kind) + "?";
  if (!talk.ask.prompts.empty() && is_client_safe(talk.ask.prompts.front(), talk.others))
    body += " " + core::squeezed(talk.ask.prompts.front());
  body += "\n\nAnother day is fine if that is a bad time. Would that be all right?";
  return {reply_subject(subject), greeting_words(talk.contact) + body + sign_off(talk.rep)};
}

Text recap_draft(const Talk& talk, std::string_view subject) {
  std::string done = "What we spoke about is done";
  if (!talk.favours.empty() && talk.favours.front().favour.delivered_at) {
    const FavourWords& favour = talk.favours.front();
    const std::string thing = client_thing(favour, talk.others);
    const std::string day =
        core::short_day(core::date_in(talk.rep_zone, *favour.favour.delivered_at));
    done = (thing.empty() ? "A short note on what we spoke about: done on "
                          : "A short note on " + thing + ": done on ") +
           day;
  }
  return {reply_subject(subject), greeting_words(talk.contact) + done +
                                      ".\n\nIs everything as you need it?" + sign_off(talk.rep)};
}

Text greeting_draft(std::string_view rep, std::string_view contact, std::string_view occasion) {
  std::string wish;
  if (occasion == "birthday")
    wish = "Happy birthday";
  else if (occasion == "wedding")
    wish = "Happy anniversary";
  else if (occasion == "work")
    wish = "Congratulations on the anniversary at work";
  else if (occasion == "first_order")
    wish = "Another year since your first order, and thank you for it";
  else
    wish = is_client_safe(occasion) && !core::trimmed(occasion).empty()
               ? "Good wishes for " + core::squeezed(occasion)
               : "Good wishes for the day";
  const std::string title = occasion == "birthday" ? "Happy birthday" : std::string("Good wishes");
  return {title, greeting_words(contact) + wish +
                     ". I hope the day is a good one.\n\nHow are things with you?" + sign_off(rep)};
}

}  // namespace ioud::domain
