#include "domain/wording_care.hpp"

#include "core/text.hpp"

namespace ioud::domain {
namespace {

std::string on_day(std::string_view before, const std::optional<core::Date>& day) {
  return day ? std::string(before) + core::short_day(*day) : "";
}

/// "the belt of 7 Mar", "the press", "": what was last delivered or bought.
std::string last_thing(const Nudge& nudge) {
  const std::string thing = core::squeezed(nudge.last_thing);
  return thing.empty() ? "" : thing + on_day(" of ", nudge.last_thing_on);
}

/// The end of the title: why today, in a few words.
std::string reason(const Nudge& nudge) {
  const std::string thing = last_thing(nudge);
  const std::string contact = on_day("last contact ", nudge.last_contact);
  switch (nudge.cause) {
    case NudgeCause::cadence:
      if (!contact.empty()) return contact;
      return thing.empty() ? "keep in touch" : "how is it going with " + thing;
    case NudgeCause::new_customer:
      return thing.empty() ? "how is the start going" : "how is it going with " + thing;
    case NudgeCause::reply_parity:
      return "a quick answer to whatever is open";
    case NudgeCause::contact_parity:
      return contact.empty() ? "a word in between" : contact;
    case NudgeCause::make_good:
      return "put it right" + on_day(", complaint of ", nudge.about_on);
    case NudgeCause::lapse:
      return thing.empty() ? "a while since the last order" : "last order " + thing;
    case NudgeCause::reorder:
      return thing.empty() ? "stock check" : "stock check, " + thing;
    case NudgeCause::after_visit:
      return "how did it go after the visit";
    case NudgeCause::referral_thank:
      return nudge.about.empty() ? "thanks for the name" : "thanks for naming " + nudge.about;
    case NudgeCause::referral_follow:
      return nudge.about.empty() ? "a note to pass on" : "a note to pass on to " + nudge.about;
    case NudgeCause::referral_report:
      return nudge.about.empty() ? "tell how it went" : "tell how it went with " + nudge.about;
    case NudgeCause::silence:
      return "no answer yet" + on_day(" to ", nudge.about_on);
    case NudgeCause::review_talk:
      return "a look back together";
    case NudgeCause::birthday_card:
      return "card for " + (nudge.about.empty() ? std::string("the birthday") : nudge.about) +
             on_day(" on ", nudge.about_on);
  }
  return "keep in touch";
}

/// One sentence on what the call is for.
const char* purpose(NudgeCause cause) {
  switch (cause) {
    case NudgeCause::cadence:
      return "A call to hear how things are; nothing to sell.";
    case NudgeCause::new_customer:
      return "Ask how the start is going and what is missing.";
    case NudgeCause::reply_parity:
      return "Answers took longer than they did at the start.";
    case NudgeCause::contact_parity:
      return "There was less contact than at the start.";
    case NudgeCause::make_good:
      return "Listen first, then say what happens next and by when.";
    case NudgeCause::lapse:
      return "Ask how things are going; the usual order has not come.";
    case NudgeCause::reorder:
      return "The usual time between two orders is nearly over.";
    case NudgeCause::after_visit:
      return "Ask how it went after the visit; nothing to sell.";
    case NudgeCause::referral_thank:
      return "Thank them for the name.";
    case NudgeCause::referral_follow:
      return "A short note that they can forward themselves is the polite way in.";
    case NudgeCause::referral_report:
      return "Tell them what came of the name they gave.";
    case NudgeCause::silence:
      return "A call is kinder than another mail.";
    case NudgeCause::review_talk:
      return "What went well, what did not, what changes on their side.";
    case NudgeCause::birthday_card:
      return "A card by post takes a few days.";
  }
  return "";
}

}  // namespace

Text reminder_text(const Favour& favour, std::string_view contact, const core::Zone& zone) {
  const std::string act = core::squeezed(favour.text);
  std::string due =
      "Due " + core::short_weekday(favour.due.date) + " " + core::short_day(favour.due.date);
  if (favour.due.time) due += " at " + core::format(*favour.due.time);
  if (!favour.due_stated) due += " (nobody said when)";
  std::string body =
      due + ".\nPromised on " + core::short_day(core::date_in(zone, favour.offered_at)) + ".";
  if (!favour.place.empty()) body += "\nWhere: " + core::squeezed(favour.place);
  return {std::string(contact) + ": " + (act.empty() ? rep_thing(favour) : act), body};
}

Text nudge_text(const Nudge& nudge) {
  std::string body = nudge.contact + (nudge.client.empty() ? "" : ", " + nudge.client) + "\n" +
                     purpose(nudge.cause);
  if (nudge.last_contact) body += "\nLast contact: " + core::short_day(*nudge.last_contact);
  if (const std::string thing = last_thing(nudge); !thing.empty()) body += "\nLast: " + thing;
  return {"Call " + nudge.contact + ": " + reason(nudge), body};
}

Text planning_text() {
  return {"Planning: clients of the week",
          "Half an hour for who was helped, who went quiet, and who is next.\n"
          "The weekly review is in your mail."};
}

Text meeting_prep_text(const MeetingPrep& prep) {
  std::vector<std::string> lines;
  std::string who = prep.contact;
  if (!prep.client.empty()) who += ", " + prep.client;
  if (!prep.stage.empty()) who += ", " + prep.stage;
  lines.push_back(who);
  for (const std::string& fact : prep.facts) lines.push_back("- " + core::squeezed(fact));
  lines.push_back(prep.last_contact ? "Last contact " + core::short_day(*prep.last_contact)
                                    : "No contact on record yet");
  for (const std::string& open : prep.open) lines.push_back("Open: " + open);
  if (!prep.open_question.empty()) lines.push_back("Worth learning: " + prep.open_question);
  const std::string meeting = core::squeezed(prep.meeting);
  return {"Prep: " + prep.contact + (meeting.empty() ? "" : " – " + meeting),
          core::joined(lines, "\n")};
}

std::string open_line(const Favour* favour, const Iou& iou, std::string_view topic,
                      const core::Zone& zone) {
  const std::string what =
      favour == nullptr
          ? "talk"
          : rep_thing(*favour) + " of " + core::short_day(core::date_in(zone, favour->offered_at));
  if (iou.state == IouState::banked) return what + ", nothing asked yet";
  return what + ", " + std::string(topic) + " (" + name(iou.state) + ")";
}

}  // namespace ioud::domain
