#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "domain/wording_care.hpp"
#include "domain/wording_draft.hpp"
#include "domain/wording_lint.hpp"
#include "domain/wording_review.hpp"
#include "unit/domain/wording_samples.hpp"

namespace ioud::domain {
namespace {

using samples::at;
using samples::chicago;
using samples::day;
using samples::favour;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

RequestAnswer answer(int in_the_way, int can_move) {
  RequestAnswer answer;
  answer.rep = "Tom Reyes";
  answer.contact = "Meg Alvarez";
  answer.subject = "A hand for Karen";
  answer.in_the_way = in_the_way;
  answer.can_move = can_move;
  answer.offer = at(2026, 3, 10, 11, 45);
  answer.today = day(2026, 3, 10);
  answer.zone = chicago();
  return answer;
}

void expect_draft(const Text& draft) {
  EXPECT_THAT(lint(draft.title), IsEmpty()) << draft.title;
  EXPECT_THAT(lint(draft.body, {{}, {}, true}), IsEmpty()) << draft.body;
}

TEST(WordingDraft, EffortIsWhatTheCalendarShows) {
  EXPECT_EQ(effort_line(0, 0), "");
  EXPECT_EQ(effort_line(1, 0), "I have one thing on then.");
  EXPECT_EQ(effort_line(1, 1), "I have one thing on then and can move it.");
  EXPECT_EQ(effort_line(2, 1), "I have two things on then and can move one.");
  EXPECT_EQ(effort_line(3, 3), "I have three things on then and can move them.");
  EXPECT_EQ(effort_line(12, 2), "I have 12 things on then and can move two.");
}

TEST(WordingDraft, AnswersARequestWithEffortTimeAndQuestion) {
  const Text draft = request_draft(answer(2, 1));
  EXPECT_EQ(draft.title, "Re: A hand for Karen");
  EXPECT_EQ(draft.body,
            "Hello Meg,\n\n"
            "I would like to help. I have two things on then and can move one. "
            "I could do 11:45.\n\n"
            "How urgent is it: today, this week, or whenever it suits?\n\n"
            "Kind regards,\nTom Reyes");
  expect_draft(draft);
}

TEST(WordingDraft, ClaimsNoEffortInAnEmptyMorningAndNoTimeWhereNoneWasFound) {
  RequestAnswer open = answer(0, 0);
  EXPECT_THAT(request_draft(open).body, Not(HasSubstr("things")));
  EXPECT_THAT(request_draft(open).body, Not(HasSubstr("move")));
  open.offer.reset();
  EXPECT_THAT(request_draft(open).body, Not(HasSubstr("could do")));
  expect_draft(request_draft(open));
}

TEST(WordingDraft, NamesTheDayOfALaterOffer) {
  RequestAnswer later = answer(0, 0);
  later.offer = at(2026, 3, 12, 9, 30);
  EXPECT_THAT(request_draft(later).body, HasSubstr("I could do 09:30 on Thursday 12 Mar."));
}

TEST(WordingDraft, ChecksFirstAndThenBringsGoodNews) {
  expect_draft(checking_draft(answer(2, 1)));
  expect_draft(good_news_draft(answer(2, 1)));
  EXPECT_THAT(good_news_draft(answer(2, 1)).body, HasSubstr("yes, 11:45 works"));
  RequestAnswer none = answer(0, 0);
  none.offer.reset();
  EXPECT_EQ(good_news_draft(none), checking_draft(none));
}

TEST(WordingDraft, RepliesKeepTheSubject) {
  EXPECT_EQ(reply_subject("Press down"), "Re: Press down");
  EXPECT_EQ(reply_subject("RE: re:  Press down"), "Re: Press down");
  EXPECT_EQ(reply_subject(""), "Re: our conversation");
  EXPECT_EQ(reply_subject("Re:"), "Re: our conversation");
}

TEST(WordingDraft, AsksForTheMinutesOfTheAsk) {
  Talk part = samples::talk("introductions", {favour("errand", "the part")});
  part.minutes = 35;
  const Text draft = ask_draft(part, "Re: Press down");
  EXPECT_EQ(draft.title, "Re: Press down");
  EXPECT_EQ(draft.body,
            "Hello Meg,\n\n"
            "One thing to go with the part: could you spare 20 minutes afterwards to talk about "
            "introductions, so that I know your trade better the next time you need a delivery "
            "like this? If you had my job, who would you ring first?\n\n"
            "Another day is fine if that is a bad time. Would that be all right?\n\n"
            "Kind regards,\nTom Reyes");
}

TEST(WordingDraft, LeavesOutPromptsNoClientMayRead) {
  Talk part = samples::talk("feedback", {favour("errand", "free samples")});
  part.ask.prompts = {"What would you do in return?"};
  EXPECT_THAT(ask_draft(part, "Samples").body, Not(HasSubstr("return")));
  EXPECT_THAT(ask_draft(part, "Samples").body, HasSubstr("One thing to go with this:"));
}

TEST(WordingDraft, RecapsWhatWasDone) {
  FavourWords belt = favour("errand", "the belt");
  belt.favour.delivered_at = at(2026, 3, 7, 9);
  EXPECT_THAT(recap_draft(samples::talk("feedback", {belt}), "Belt").body,
              HasSubstr("A short note on the belt: done on 7 Mar."));
  belt.favour.thing = "";
  EXPECT_THAT(recap_draft(samples::talk("feedback", {belt}), "Belt").body,
              HasSubstr("what we spoke about: done on 7 Mar."));
}

TEST(WordingDraft, GreetsWithoutAge) {
  for (const char* occasion :
       {"birthday", "wedding", "work", "first_order", "name day", "free beer day", ""})
    expect_draft(greeting_draft("Tom Reyes", "Ana Ruiz", occasion));
  EXPECT_EQ(greeting_draft("Tom Reyes", "Ana Ruiz", "birthday").body,
            "Hello Ana,\n\nHappy birthday. I hope the day is a good one.\n\n"
            "How are things with you?\n\nKind regards,\nTom Reyes");
  EXPECT_THAT(greeting_draft("Tom", "Ana", "name day").body, HasSubstr("wishes for name day"));
  EXPECT_THAT(greeting_draft("Tom", "Ana", "free beer day").body, HasSubstr("wishes for the day"));
}

TEST(WordingCare, ReminderSaysWhatForWhomAndWhen) {
  FavourWords part = favour("errand", "the part", "drop the part off");
  part.favour.place = "Unit 4";
  Text text = reminder_text(part.favour, "Meg Alvarez", chicago());
  EXPECT_EQ(text.title, "Meg Alvarez: drop the part off");
  EXPECT_EQ(text.body, "Due Sat 7 Mar.\nPromised on 4 Mar.\nWhere: Unit 4");
  part.favour.due.time = core::TimeOfDay(18, 0);
  part.favour.due_stated = false;
  part.favour.text.clear();
  text = reminder_text(part.favour, "Meg Alvarez", chicago());
  EXPECT_EQ(text.title, "Meg Alvarez: part");
  EXPECT_THAT(text.body, HasSubstr("Due Sat 7 Mar at 18:00 (nobody said when)."));
}

constexpr std::array every_cause = {
    NudgeCause::cadence,         NudgeCause::new_customer,    NudgeCause::reply_parity,
    NudgeCause::contact_parity,  NudgeCause::make_good,       NudgeCause::lapse,
    NudgeCause::reorder,         NudgeCause::after_visit,     NudgeCause::referral_thank,
    NudgeCause::referral_follow, NudgeCause::referral_report, NudgeCause::silence,
    NudgeCause::review_talk,     NudgeCause::birthday_card};

TEST(WordingCare, EveryNudgeNamesTheContactAndIsCleanWithAndWithoutFacts) {
  for (const NudgeCause cause : every_cause)
    for (const bool full : {false, true}) {
      Nudge nudge;
      nudge.contact = "Meg Alvarez";
      nudge.cause = cause;
      if (full) {
        nudge.client = "Acme Press";
        nudge.last_contact = day(2026, 3, 2);
        nudge.last_thing = "the press";
        nudge.last_thing_on = day(2026, 2, 11);
        nudge.about = "Nina Orr";
        nudge.about_on = day(2026, 3, 3);
      }
      const Text text = nudge_text(nudge);
      EXPECT_THAT(text.title, testing::StartsWith("Call Meg Alvarez: "));
      EXPECT_GT(text.title.size(), std::string("Call Meg Alvarez: ").size());
      EXPECT_THAT(lint(text.title + "\n" + text.body), IsEmpty()) << text.title;
      EXPECT_THAT(refusal_advice(text.body), IsEmpty());
    }
}

TEST(WordingCare, NudgesNameTheirEvidence) {
  Nudge nudge;
  nudge.contact = "Meg Alvarez";
  nudge.last_contact = day(2026, 3, 2);
  EXPECT_EQ(nudge_text(nudge).title, "Call Meg Alvarez: last contact 2 Mar");
  nudge.last_contact.reset();
  nudge.last_thing = "the belt";
  EXPECT_EQ(nudge_text(nudge).title, "Call Meg Alvarez: how is it going with the belt");
  nudge.cause = NudgeCause::lapse;
  nudge.last_thing_on = day(2026, 2, 11);
  EXPECT_EQ(nudge_text(nudge).title, "Call Meg Alvarez: last order the belt of 11 Feb");
}

TEST(WordingCare, MeetingPrepHoldsFactsLastContactAndWhatIsOpen) {
  MeetingPrep prep;
  prep.meeting = "Press review";
  prep.contact = "Meg Alvarez";
  prep.client = "Acme Press";
  prep.stage = "customer";
  prep.facts = {"hobby: sailing"};
  prep.last_contact = day(2026, 3, 2);
  Iou iou;
  iou.state = IouState::proposed;
  const Favour belt = favour("errand", "the belt").favour;
  prep.open = {open_line(&belt, iou, "introductions", chicago())};
  iou.state = IouState::banked;
  prep.open.push_back(open_line(&belt, iou, "", chicago()));
  iou.state = IouState::kept;
  prep.open.push_back(open_line(nullptr, iou, "your view", chicago()));
  prep.open_question = "What do they do at weekends?";
  const Text text = meeting_prep_text(prep);
  EXPECT_EQ(text.title, "Prep: Meg Alvarez – Press review");
  EXPECT_EQ(text.body,
            "Meg Alvarez, Acme Press, customer\n"
            "- hobby: sailing\n"
            "Last contact 2 Mar\n"
            "Open: belt of 4 Mar, introductions (proposed)\n"
            "Open: belt of 4 Mar, nothing asked yet\n"
            "Open: talk, your view (kept)\n"
            "Worth learning: What do they do at weekends?");
  EXPECT_THAT(meeting_prep_text({}).body, HasSubstr("No contact on record yet"));
}

TEST(WordingCare, PlanningHasATitle) { EXPECT_FALSE(planning_text().title.empty()); }

TEST(WordingReview, MailHoldsNumberedLinesFiguresAndAnswers) {
  ReviewFigures figures;
  figures.week = day(2026, 3, 20);
  figures.dismissed = 3;
  figures.clients = {{"Acme", 4, 370, 1, 3, 1, day(2026, 3, 2)}, {"Newco", 1, 30, 0, 0, 0, {}}};
  figures.notes = {"Weeks on plan: 3 of 4"};
  const Text mail = review_mail({"First\nline", "Second line"}, figures);
  EXPECT_EQ(mail.title, "Weekly review, 16 Mar to 22 Mar");
  EXPECT_THAT(mail.body,
              testing::StartsWith("1. First line\n2. Second line\n\n"
                                  "Proposals: 0 accepted, 3 dismissed, precision 0 %\n"));
  EXPECT_THAT(mail.body, HasSubstr("Acme: 4 favours, 6 h 10, 1 collected; "
                                   "3 deposits, 1 withdrawal since March\n"));
  EXPECT_THAT(mail.body, HasSubstr("Newco: 1 favour, 30 min, 0 collected\n"));
  EXPECT_THAT(mail.body, HasSubstr("Weeks on plan: 3 of 4"));
  EXPECT_THAT(mail.body, HasSubstr("never NAME"));
}

TEST(WordingReview, AnEmptyWeekIsSaidSo) {
  ReviewFigures figures;
  figures.week = day(2026, 3, 20);
  const Text mail = review_mail({}, figures);
  EXPECT_THAT(mail.body, testing::StartsWith("Nothing waits for an answer.\n"));
  EXPECT_THAT(mail.body, HasSubstr("Proposals: 0 accepted, 0 dismissed\n"));
  EXPECT_THAT(mail.body, Not(HasSubstr("never NAME")));
}

TEST(WordingReview, RoundsPrecision) {
  EXPECT_EQ(precision_line(2, 1), "Proposals: 2 accepted, 1 dismissed, precision 67 %");
}

TEST(WordingReview, LinesSayWhatWasSeen) {
  const Favour part = favour("errand", "the part", "drop the part off").favour;
  EXPECT_EQ(unsure_line("Omar Haddad", "Initech", "I'll look over your deck tonight."),
            "Omar Haddad (Initech): \"I'll look over your deck tonight.\" - was that a promise? "
            "ok adds it, no leaves it");
  Favour training = favour("help_colleague", "", "train the two new hires").favour;
  training.effort_minutes = 61;
  EXPECT_EQ(scope_line("Joburg Signs", training, 0),
            "Joburg Signs: train the two new hires (1 h 01): say yes to this one, and offer the "
            "paid route for the next");
  EXPECT_THAT(scope_line("Acme", training, 3), HasSubstr("time 3 of its kind"));
  EXPECT_EQ(due_line("Meg Alvarez", part),
            "Meg Alvarez: nobody said when for \"drop the part off\"; Sat 7 Mar is assumed. "
            "Is that right?");
  EXPECT_EQ(month_line("Gus Ito", "birthday", 5), "Gus Ito: birthday some time in May; which day?");
  EXPECT_THAT(month_line("Gus Ito", "birthday", 13), HasSubstr("a month not known"));
  EXPECT_EQ(reply_parity_line("Acme Press", 6, 1.5), "Acme Press: 6 h against 1.5 h as a prospect");
  EXPECT_EQ(reply_parity_line("Acme Press", 10, 1.0 / 3),
            "Acme Press: 10 h against 0.33 h as a prospect");
  EXPECT_EQ(contact_parity_line("Acme", 1, 3), "Acme: 1 touch a month against 3 as a prospect");
  EXPECT_EQ(contact_parity_line("Acme", 0, 3), "Acme: 0 touches a month against 3 as a prospect");
  EXPECT_EQ(reply_parity_line("Acme", 10.256, 0.25), "Acme: 10.26 h against 0.25 h as a prospect");
  EXPECT_EQ(reply_parity_line("Acme", 100, 0), "Acme: 100 h against 0 h as a prospect");
  EXPECT_EQ(started_parity_line("Acme", 1.0 / 3, 0.8),
            "Acme: you start 33 % of the contacts against 80 % as a prospect");
  EXPECT_EQ(hours_line(190, 0), "Last week: 3 h 10 with customers, 0 min with prospects");
  EXPECT_EQ(never_asked_line("Acme"), "Acme: happy, never asked");
}

TEST(WordingReview, NoLineAdvisesToRefuse) {
  const Favour part = favour("errand", "the part", "drop the part off").favour;
  for (const std::string& line : {unsure_line("Meg", "Acme", "Sure"),
                                  scope_line("Acme", part, 0),
                                  scope_line("Acme", part, 3),
                                  due_line("Meg", part),
                                  month_line("Meg", "birthday", 3),
                                  unknown_line("a@b.test", 3),
                                  no_slot_line("Meg", "your view", 10),
                                  rolled_line("Meg", "your view", 2),
                                  later_line("Meg", part),
                                  refresh_line("Meg Alvarado"),
                                  stray_line("karen@acme.test"),
                                  capture_line("favor Omr: ink"),
                                  reply_parity_line("Acme", 6, 1),
                                  contact_parity_line("Acme", 0.5, 2),
                                  started_parity_line("Acme", 0.2, 0.6),
                                  named_line("Meg"),
                                  never_asked_line("Acme"),
                                  birthday_line("Meg", day(2026, 3, 9)),
                                  silence_line("Meg", day(2026, 3, 9), false),
                                  refused_line("Meg", true, day(2026, 3, 9), false),
                                  refused_line("Meg", false, day(2026, 3, 9), true),
                                  refused_line("Meg", false, day(2026, 3, 9), false),
                                  silence_line("Meg", day(2026, 3, 9), true),
                                  rising_line("Acme", 600),
                                  rival_line("Acme", "Inkwell"),
                                  balance_line(22),
                                  no_plan_line("Acme"),
                                  second_purchase_line("Acme"),
                                  leaving_line("Acme"),
                                  paused_line("Meg", 3, day(2026, 5, 9)),
                                  bad_item_line("disk", "two bad cards"),
                                  loss_line({{"disk", "work"}, 40, {"a", "b"}})}) {
    EXPECT_THAT(refusal_advice(line), IsEmpty()) << line;
    EXPECT_FALSE(line.empty());
    EXPECT_EQ(line.find('\n'), std::string::npos);
  }
}

}  // namespace
}  // namespace ioud::domain
