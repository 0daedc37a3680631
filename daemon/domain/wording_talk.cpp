#include "domain/wording_talk.hpp"

#include <algorithm>
#include <array>

#include "core/text.hpp"
#include "domain/wording_lint.hpp"

namespace ioud::domain {
namespace {

constexpr std::size_t most_because_lines = 4;

/// The script's first line: a recap of what was delivered, with and without its name.
struct Recap {
  std::string_view kind;
  const char* with_thing;
  const char* without;
};

constexpr std::array recaps = {
    Recap{"errand", "I hope {thing} reached you in good time.",
          "I hope it all reached you in good time."},
    Recap{"rush", "I hope {thing} reached you in time.", "I hope it all reached you in time."},
    Recap{"help_colleague", "I hope the help was of use to your team.",
          "I hope the help was of use to your team."},
    Recap{"advice", "I hope a second look at {thing} was of use.",
          "I hope the second look was of use."},
    Recap{"sourcing", "I hope {thing} turned out right.", "I hope the search was of use."},
    Recap{"loan", "I hope {thing} did the job.", "I hope the loan did the job."},
    Recap{"fix", "I hope {thing} gave you no more trouble.", "I hope there was no more trouble."},
    Recap{"paperwork", "I hope {thing} saved you some time.",
          "I hope the paperwork saved you some time."},
    Recap{"introduction", "I hope the contact was of use.", "I hope the contact was of use."},
    Recap{"schedule_bend", "I was glad we could make the time.",
          "I was glad we could make the time."},
};
constexpr Recap other_recap{"", "I hope {thing} helped.", "I hope that helped."};

std::string recap_line(const Talk& talk, bool before_delivery) {
  if (talk.favours.empty()) return "Thank you for working with me.";
  const FavourWords& favour = talk.favours.front();
  const std::string thing = client_thing(favour, talk.others);
  if (before_delivery)
    return thing.empty() ? "I am glad to help." : "I am glad to help with " + thing + ".";
  const auto* found = std::find_if(recaps.begin(), recaps.end(), [&favour](const Recap& recap) {
    return recap.kind == favour.favour.kind;
  });
  const Recap& recap = found == recaps.end() ? other_recap : *found;
  return thing.empty() ? recap.without : core::replaced(recap.with_thing, "{thing}", thing);
}

std::string minutes_words(int minutes) { return std::to_string(minutes) + " minutes"; }

/// The favour lines a client reads: at most four, each once.
std::string because_lines(const Talk& talk) {
  std::vector<std::string> lines;
  for (const FavourWords& favour : talk.favours) {
    const std::string line = because_line(favour, talk.others, talk.rep_zone);
    if (lines.size() < most_because_lines &&
        std::find(lines.begin(), lines.end(), line) == lines.end())
      lines.push_back(line);
  }
  std::string out;
  for (const std::string& line : lines) out += (out.empty() ? ",\n" : ",\nand ") + line;
  return out;
}

std::string clean_body(const Talk& talk, std::string_view question) {
  return minutes_words(talk.minutes) + " " + purpose_words(talk.ask) + because_lines(talk) + ".\n" +
         std::string(question);
}

std::string evidence_line(const Evidence& evidence, const core::Zone& zone) {
  const std::string what = evidence.source == "event"     ? "meeting"
                           : evidence.source == "capture" ? "note"
                                                          : "mail";
  const std::string subject = core::squeezed(evidence.subject);
  return "Seen: " + what + " of " + core::short_day(core::date_in(zone, evidence.at)) +
         (subject.empty() ? "" : ", \"" + subject + "\"");
}

std::string mail_when(const Talk& talk, core::Instant start) {
  return when_words(start, talk.minutes, talk.client_zone) +
         (talk.client_zone == talk.rep_zone ? "" : " (" + talk.client_zone.name() + ")");
}

Text client_mail(const Talk& talk, std::string_view prefix, const std::string& body) {
  return {std::string(prefix) + meeting_text(talk).title,
          greeting_words(talk.contact) + body + sign_off(talk.rep)};
}

}  // namespace

Text sitdown_text(const Talk& talk) {
  return {"Sit-down: " + talk.contact + " – " + client_topic(talk.ask) +
              (talk.hours.empty() ? "" : " (" + talk.hours + ")"),
          clean_body(talk, "Would that be all right with you?")};
}

std::string contract_line(const Talk& talk) {
  std::vector<std::string> given;
  for (const FavourWords& words : talk.favours)
    given.push_back(rep_thing(words.favour) + " on " + core::short_weekday(words.favour.due.date));
  const std::string topic = core::squeezed(talk.ask.topic);
  return (given.empty() ? "" : "You: " + core::joined(given, "; ") + ". ") +
         "They: " + std::to_string(talk.minutes) + " min on " +
         (topic.empty() ? client_topic(talk.ask) : topic) + ".";
}

std::vector<std::string> script(const Talk& talk, bool before_delivery) {
  std::vector<std::string> lines;
  lines.push_back(recap_line(talk, before_delivery));
  if (before_delivery) lines.emplace_back("What hangs on it for you?");
  const std::string kind = talk.favours.empty() ? "" : talk.favours.front().favour.kind;
  lines.push_back("I would like to ask one thing, " + benefit_line(kind, talk.ask_kind) + ".");
  std::string ask =
      "Could you spare " + minutes_words(talk.minutes) + " " + purpose_words(talk.ask) + "?";
  for (const std::string& prompt : talk.ask.prompts) ask += " " + core::squeezed(prompt);
  lines.push_back(ask);
  lines.emplace_back("Another day is fine if now is bad. Would that be all right?");
  return lines;
}

Text prep_text(const Talk& talk, const PrepNotes& notes) {
  std::vector<std::string> lines = {contract_line(talk), "",
                                    talk.contact + (talk.client.empty() ? "" : ", " + talk.client)};
  for (const std::string& fact : notes.facts) lines.push_back("- " + core::squeezed(fact));
  for (const FavourWords& words : talk.favours)
    if (!words.beneficiary.empty())
      lines.push_back("Helps " + words.beneficiary + ": " + rep_thing(words.favour));
  if (!talk.favours.empty())
    lines.push_back("Effort so far: " + duration_words(notes.effort_minutes));
  for (const FavourWords& words : talk.favours)
    for (const Evidence& evidence : words.favour.evidence)
      lines.push_back(evidence_line(evidence, talk.rep_zone));
  if (!notes.open_question.empty()) lines.push_back("Worth learning: " + notes.open_question);
  lines.emplace_back();
  for (const std::string& line : script(talk, notes.before_delivery)) lines.push_back(line);
  return {"Prep: " + talk.contact + " – " + client_topic(talk.ask), core::joined(lines, "\n")};
}

Text meeting_text(const Talk& talk) {
  std::string about;
  if (!talk.favours.empty() && !client_thing(talk.favours.front(), talk.others).empty())
    about = few_words(talk.favours.front().favour) + ", ";
  return {talk.rep + " / " + talk.contact + " – " + about + client_topic(talk.ask),
          clean_body(talk, "Does this time suit you?")};
}

Text invitation_mail(const Talk& talk, core::Instant start) {
  return client_mail(talk, "",
                     "May I suggest " + mail_when(talk, start) + ", " + purpose_words(talk.ask) +
                         because_lines(talk) +
                         "?\n\nAnother day is fine as well. Does this one suit you?");
}

Text update_mail(const Talk& talk, core::Instant start) {
  return client_mail(talk, "Moved: ",
                     "I had to move our meeting. The new time is " + mail_when(talk, start) +
                         ".\n\nAnother day is fine as well. Does this one suit you?");
}

Text place_mail(const Talk& talk, core::Instant start, std::string_view place) {
  const std::string where = core::squeezed(place);
  return client_mail(
      talk, "Place: ",
      "Our meeting stays on " + mail_when(talk, start) + ". " +
          (where.empty() ? std::string("Its place is open again") : "The place is now " + where) +
          ".\n\nDoes that suit you?");
}

Text length_mail(const Talk& talk, core::Instant start) {
  return client_mail(talk, "Changed: ",
                     "Our meeting is to take " + counted(talk.minutes, "minute") + ": " +
                         mail_when(talk, start) + ".\n\nDoes that suit you?");
}

Text cancel_mail(const Talk& talk, core::Instant start) {
  return client_mail(talk, "Cancelled: ",
                     "I have taken our meeting of " + mail_when(talk, start) +
                         " out of the calendar. There is nothing for you to do.\n\n"
                         "May I come back to you with another time?");
}

Text second_mail(const Talk& talk, core::Instant start) {
  return client_mail(talk, "",
                     "I suggested " + mail_when(talk, start) + ", " + purpose_words(talk.ask) +
                         ".\n\nIf that is a bad time, another day is fine, and so is not meeting "
                         "at all. Would it suit you?");
}

}  // namespace ioud::domain
