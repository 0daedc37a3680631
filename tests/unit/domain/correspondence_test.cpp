#include "domain/correspondence.hpp"

#include <gmock/gmock.h>

#include "desk.hpp"
#include "domain/favours.hpp"
#include "domain/line_marks.hpp"
#include "domain/touches.hpp"

namespace ioud::domain {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

class Correspondence : public testing::Test, protected Desk {
 protected:
  /// A mail that says something about what is known.
  void says(const std::string& from, SignalKind kind, std::optional<Due> to = std::nullopt,
            const std::string& answers = "promise") {
    const std::string id = "s" + std::to_string(facts.mails.size());
    Mail& mail = from == "tom@rep.test" ? sent(id, "meg@acme.test", {}, answers)
                                        : received(id, from, {}, answers);
    Signal one = signal(kind);
    one.due = to;
    mail.reading.signals = {one};
  }
  void client_says(SignalKind kind) { says("meg@acme.test", kind); }
  int points(const std::string& cause) {
    int sum = 0;
    for (const auto& [id, row] : ledger.trust)
      if (row.cause == cause) sum += row.points;
    return sum;
  }
};

TEST_F(Correspondence, ASlipMovesFavourSitdownAndReminder) {
  propose_errand();
  at("2026-03-05 09:00");
  says("tom@rep.test", SignalKind::slip, due("2026-03-12"));
  facts.mails.back().reading.findings = {promise("errand", "bring it", due("2026-03-12"))};
  settle("2026-03-05 09:05");
  settle("2026-03-05 09:10");
  EXPECT_EQ(favour().due, due("2026-03-12"));
  EXPECT_EQ(favour().state, FavourState::slipped);
  EXPECT_EQ(points("late"), -2);
  EXPECT_GE(item("iou-").start, when("2026-03-13 09:00"));
  EXPECT_EQ(item("iou-").sequence, 1);
  EXPECT_EQ(item("fav-").start, when("2026-03-12 09:00"));
}

TEST_F(Correspondence, ASlipWithoutADayChangesNothing) {
  propose_errand();
  says("tom@rep.test", SignalKind::slip);
  settle("2026-03-05 09:05");
  EXPECT_EQ(favour().state, FavourState::offered);
}

TEST_F(Correspondence, WhatTheRepCannotDoIsBroken) {
  propose_errand();
  says("tom@rep.test", SignalKind::cancel);
  settle("2026-03-05 09:05");
  EXPECT_EQ(favour().state, FavourState::cancelled);
  EXPECT_EQ(state(), IouState::void_);
  EXPECT_EQ(points("broken"), -3);
  EXPECT_THAT(facts.standing, IsEmpty());
  EXPECT_EQ(metered_minutes(ledger, "Acme Press"), 0);
}

TEST_F(Correspondence, WhatTheClientNeedsNoLongerCostsNothingAndItsThanksDoNotCount) {
  propose_errand();
  client_says(SignalKind::no_longer_needed);
  facts.mails.back().reading.signals.push_back(signal(SignalKind::counted_thanks));
  settle("2026-03-05 09:05");
  EXPECT_EQ(favour().state, FavourState::cancelled);
  EXPECT_THAT(ledger.trust, IsEmpty());
}

TEST_F(Correspondence, TheRepsOwnWordDelivers) {
  propose_errand();
  at("2026-03-05 09:00");
  says("tom@rep.test", SignalKind::delivered);
  settle("2026-03-05 09:05");
  EXPECT_EQ(favour().state, FavourState::delivered);
  EXPECT_EQ(favour().delivered_at, when("2026-03-05 09:00"));
}

TEST_F(Correspondence, ACountedThanksDeliversAndPullsForwardOnce) {
  propose_errand();
  ASSERT_EQ(iou().sitdown->start, when("2026-03-09 10:00"));
  at("2026-03-04 15:00");
  client_says(SignalKind::counted_thanks);
  settle("2026-03-04 15:05");
  EXPECT_EQ(favour().state, FavourState::delivered);
  EXPECT_TRUE(iou().sitdown->pulled_forward);
  EXPECT_LT(iou().sitdown->start, when("2026-03-07 00:00"));
}

TEST_F(Correspondence, ABareThanksInAdvanceChangesNothing) {
  propose_errand();
  client_says(SignalKind::thanks);
  settle("2026-03-05 09:05");
  EXPECT_EQ(favour().state, FavourState::offered);
  EXPECT_FALSE(iou().sitdown->pulled_forward);
}

TEST_F(Correspondence, AComplaintCostsTrustAndBringsANudgeTheNextDay) {
  propose_errand();
  at("2026-03-05 09:00");
  client_says(SignalKind::complaint);
  settle("2026-03-05 09:05");
  EXPECT_EQ(points("complaint"), -3);
  EXPECT_EQ(count("care-"), 1U);
  EXPECT_EQ(core::date_in(setting.rep.zone, item("care-").start), day("2026-03-06"));
}

TEST_F(Correspondence, StopMeansStop) {
  client_says(SignalKind::stop);
  propose_errand();
  EXPECT_EQ(state(), IouState::banked);
  EXPECT_EQ(count("iou-"), 0U);
  EXPECT_EQ(count("fav-"), 1U);
}

TEST_F(Correspondence, OtherWordsAreNoted) {
  for (const SignalKind kind :
       {SignalKind::praise, SignalKind::referral, SignalKind::bereavement, SignalKind::slip})
    client_says(kind);
  settle();
  for (const char* mark : {"praise:Acme Press", "referral:Acme Press", "bereavement:Acme Press"})
    EXPECT_TRUE(ledger.marks.contains(mark)) << mark;
}

TEST_F(Correspondence, SignalsOfNothingKnownDoNothing) {
  says("tom@rep.test", SignalKind::cancel);
  client_says(SignalKind::no_longer_needed);
  client_says(SignalKind::counted_thanks);
  settle();
  EXPECT_THAT(ledger.favours, IsEmpty());
  EXPECT_THAT(ledger.trust, IsEmpty());
}

TEST_F(Correspondence, ASignalTakesEffectOnce) {
  propose_errand();
  client_says(SignalKind::complaint);
  settle("2026-03-05 09:05");
  settle("2026-03-05 09:10");
  EXPECT_EQ(points("complaint"), -3);
}

TEST_F(Correspondence, MailOfStrangersColleaguesTheIdentityAndDraftsIsNothing) {
  const Finding found = promise("errand", "drop belt", due("2026-03-07"));
  received("a", "x@stranger.test", {found});
  received("b", "boss@rep.test", {found});
  received("c", "tom+ioud@rep.test", {found});
  sent("d", "x@stranger.test", {found});
  sent("e", "meg@acme.test", {found}).box = Box::drafts;
  sent("f", "meg@acme.test", {found});
  ledger.sent["f"] = {};
  received("g", "meg@acme.test", {found}).is_bulk = true;
  settle();
  EXPECT_THAT(ledger.favours, IsEmpty());
}

TEST_F(Correspondence, AFavourIsThatOfTheFirstContactAddressed) {
  Mail& mail = sent("m", "x@stranger.test", {promise("errand", "drop belt", due("2026-03-07"))});
  mail.cc = {"boss@rep.test", "karen@acme.test", "meg@acme.test"};
  settle();
  EXPECT_EQ(favour().debtor, "karen@acme.test");
}

TEST_F(Correspondence, ASpokenAskIsOfferedAtOnceWithoutADraft) {
  Finding found = promise("errand", "drop belt", due("2026-03-07"), 0.6);
  found.spoken = SpokenAsk{"ordering_schedule", false, day("2026-03-10")};
  sent("promise", "meg@acme.test", {found});
  settle();
  EXPECT_EQ(state(), IouState::offered);
  EXPECT_EQ(iou().ask, "ordering_schedule");
  EXPECT_EQ(iou().sitdown->start, when("2026-03-10 10:00"));
  EXPECT_THAT(written_drafts, IsEmpty());
}

TEST_F(Correspondence, TheClientsYesInThatThreadAgrees) {
  Finding found = promise("errand", "drop belt", due("2026-03-07"));
  found.spoken = SpokenAsk{"ordering_schedule", false, day("2026-03-10")};
  sent("promise", "meg@acme.test", {found});
  settle();
  client_says(SignalKind::acceptance);
  settle("2026-03-05 09:00");
  EXPECT_EQ(state(), IouState::agreed);
}

TEST_F(Correspondence, ADraftTheRepSentMakesTheAsk) {
  propose_errand();
  ASSERT_THAT(written_drafts, SizeIs(1));
  Mail& mail = sent("mine", "meg@acme.test", {promise("errand", "ask again")}, "promise");
  mail.line_marks = ledger.drafts.begin()->second.line_marks;
  mail.date = when("2026-03-05 09:00");
  settle("2026-03-05 09:05");
  EXPECT_EQ(state(), IouState::offered);
  EXPECT_EQ(ledger.drafts.begin()->second.state, "sent");
  EXPECT_THAT(ledger.favours, SizeIs(1)) << "our own words are no promise";
  Finding yes;
  yes.label = Label::client_iou;
  received("yes", "meg@acme.test", {yes}, "mine");
  settle("2026-03-05 10:05");
  EXPECT_EQ(state(), IouState::agreed);
}

TEST_F(Correspondence, AReplyOfOtherWordsIsNotTheDraft) {
  propose_errand();
  Mail& mail = sent("mine", "meg@acme.test", {}, "promise");
  mail.line_marks = {"aaaaaaaaaa", "bbbbbbbbbb"};
  mail.date = when("2026-03-05 09:00");
  settle("2026-03-05 09:05");
  EXPECT_EQ(state(), IouState::proposed);
}

TEST_F(Correspondence, NotesAreFavoursOfTheContactPresent) {
  MeetingNotes notes;
  notes.uid = "visit@work.test";
  notes.recurrence = "2026-03-04T15:00:00Z";
  notes.start = when("2026-03-04 09:00");
  notes.guests = {{"boss@rep.test", "", "", false, ""}, {"omar@initech.test", "", "", false, ""}};
  Finding other;
  notes.reading.findings = {promise("errand", "bring belt", due("2026-03-06")), other};
  MeetingNotes cancelled = notes;
  cancelled.cancelled = true;
  cancelled.reading.findings = {promise("errand", "bring cake", due("2026-03-06"))};
  MeetingNotes alone = notes;
  alone.guests.clear();
  alone.reading.findings = {promise("errand", "bring tea", due("2026-03-06"))};
  facts.notes = {notes, cancelled, alone};
  settle();
  EXPECT_EQ(favour().client, "Initech");
  EXPECT_EQ(favour().evidence.front().source, "event");
  EXPECT_EQ(favour().evidence.front().id, "visit@work.test#2026-03-04T15:00:00Z");
}

TEST_F(Correspondence, ACaptureIsAFavourOrAQuestion) {
  CaptureNote note;
  note.source = "event";
  note.id = "c1";
  note.line = "favour Acme: belt";
  note.is_sure = true;
  note.client = "Acme Press";
  note.made = now;
  note.slots = promise("errand", "belt").slots;
  note.start = when("2026-03-06 15:00");
  note.end = when("2026-03-06 15:45");
  CaptureNote unsure = note;
  unsure.id = "c2";
  unsure.is_sure = false;
  CaptureNote all_day = note;
  all_day.id = "c3";
  all_day.contact = "karen@acme.test";
  all_day.slots.lemma = "sample";
  all_day.start.reset();
  all_day.day = day("2026-03-10");
  facts.captures = {note, unsure, all_day};
  settle();
  settle("2026-03-04 15:00");
  ASSERT_THAT(ledger.favours, SizeIs(2));
  for (const auto& [id, one] : ledger.favours) {
    const bool is_timed = one.lemma == "belt";
    EXPECT_EQ(one.debtor, is_timed ? "meg@acme.test" : "karen@acme.test");
    EXPECT_EQ(one.own_event, is_timed ? "c1" : "");
    EXPECT_EQ(one.effort_source, is_timed ? "calendar" : "estimate");
    EXPECT_EQ(one.due.date, day(is_timed ? "2026-03-06" : "2026-03-10"));
  }
  EXPECT_EQ(count("fav-"), 1U) << "his own event is reminder enough";
  std::size_t questions = 0;
  for (const auto& [id, line] : ledger.review)
    if (line.kind == "capture") ++questions;
  EXPECT_EQ(questions, 1U);
  EXPECT_EQ(first_seen(ledger, "eventc1"), when("2026-03-04 14:30"));
  EXPECT_EQ(first_seen(ledger, "eventc9"), std::nullopt);
}

TEST_F(Correspondence, AMailAnswersTheNearestFirst) {
  Mail mail;
  mail.in_reply_to = "c";
  mail.references = {"a", "b", "c"};
  EXPECT_THAT(answered_ids(mail), ElementsAre("c", "b", "a"));
}

TEST_F(Correspondence, RequestsOfACalendarAnswerNothing) {
  invite();
  client_answers("request", "DECLINED", 0, "REQUEST");
  settle("2026-03-05 12:00");
  EXPECT_EQ(state(), IouState::offered);
}

TEST(LineMarks, AreOfTheWordsAboveTheSignature) {
  EXPECT_THAT(line_marks(""), IsEmpty());
  EXPECT_EQ(line_marks("Hello  Meg,\n\n> quoted\n"), line_marks("hello meg,"));
  EXPECT_EQ(line_marks("One\n-- \nTom"), line_marks("One"));
  EXPECT_THAT(line_marks("One\nTwo"), SizeIs(2));
  EXPECT_NE(line_marks("One"), line_marks("Two"));
}

class Touches : public testing::Test, protected Desk {
 protected:
  std::map<std::string, Touch> noted() {
    Pass p = pass();
    note_touches(p);
    return ledger.touches;
  }
};

TEST_F(Touches, AreAMailAndItsAnswerOnceADay) {
  received("ask", "meg@acme.test");
  EXPECT_THAT(noted(), IsEmpty());
  sent("yes", "meg@acme.test", {}, "ask");
  received("thanks", "meg@acme.test", {}, "yes");
  sent("alone", "meg@acme.test", {}, "yes");
  ASSERT_THAT(noted(), SizeIs(1));
  EXPECT_TRUE(ledger.touches.begin()->second.care);
  EXPECT_EQ(ledger.touches.begin()->second.contact, "meg@acme.test");
}

TEST_F(Touches, WithAnAskOrAComplaintAreNoCare) {
  received("ask", "meg@acme.test");
  sent("yes", "meg@acme.test", {}, "ask");
  noted();
  received("angry", "meg@acme.test", {}, "yes").reading.signals = {signal(SignalKind::complaint)};
  EXPECT_FALSE(noted().begin()->second.care);
  ledger.touches.clear();
  facts.mails.pop_back();
  Finding spoken;
  spoken.spoken = SpokenAsk{};
  facts.mails.back().reading.findings = {spoken};
  EXPECT_FALSE(noted().begin()->second.care);
}

TEST_F(Touches, OfBulkAutomaticInvitationsAndOursAreNone) {
  received("ask", "meg@acme.test");
  sent("a", "meg@acme.test", {}, "ask").is_bulk = true;
  sent("b", "meg@acme.test", {}, "ask").is_automatic = true;
  sent("c", "meg@acme.test", {}, "ask").answer = CalendarAnswer{};
  sent("d", "meg@acme.test", {}, "ask").box = Box::drafts;
  sent("e", "meg@acme.test", {}, "ask");
  ledger.sent["e"] = {};
  received("x", "x@stranger.test");
  sent("f", "x@stranger.test", {}, "x");
  EXPECT_THAT(noted(), IsEmpty());
}

TEST_F(Touches, AreMeetingsHeld) {
  auto meeting = agenda_samples::meeting_with("2026-03-04 10:00", 60, "meg@acme.test");
  facts.occurrences = {meeting};
  EXPECT_THAT(noted(), SizeIs(1));
  EXPECT_EQ(ledger.touches.begin()->second.kind, "meeting");
  for (const auto& spoil : std::vector<std::function<void(Occurrence&)>>{
           [](Occurrence& one) { one.readable = false; },
           [](Occurrence& one) { one.cancelled = true; }, [](Occurrence& one) { one.busy = false; },
           [](Occurrence& one) { one.all_day = true; },
           [](Occurrence& one) { one.end += std::chrono::days(1); },
           [](Occurrence& one) { one.guests[1].partstat = "DECLINED"; },
           [](Occurrence& one) { one.guests[1].address = "boss@rep.test"; }}) {
    ledger.touches.clear();
    facts.occurrences = {meeting};
    spoil(facts.occurrences.front());
    EXPECT_THAT(noted(), IsEmpty());
  }
}

TEST_F(Touches, LastContactCountsFromTheFirstKnowledgeWithoutAny) {
  Pass p = pass();
  EXPECT_EQ(last_contacts(p).at("Initech"), now);
  note_clients(p);
  at("2026-03-10 10:00");
  Pass later = pass();
  note_clients(later);
  EXPECT_EQ(last_contacts(later).at("Initech"), when("2026-03-04 14:30"));
  ledger.touches["t"] = {"t", "omar@initech.test", when("2026-03-09 10:00"), "mail", true};
  ledger.touches["u"] = {"u", "omar@initech.test", when("2026-03-08 10:00"), "mail", true};
  EXPECT_EQ(last_contacts(later).at("Initech"), when("2026-03-09 10:00"));
}

TEST_F(Correspondence, AnInvitationThatTheClientsProgramLostIsNamedInTheReview) {
  invite();
  client_answers("lost", "", 0, "REFRESH");
  settle("2026-03-05 12:00");
  settle("2026-03-05 12:30");
  EXPECT_EQ(state(), IouState::offered);
  EXPECT_EQ(left.size(), 1U);
  EXPECT_EQ(std::count_if(ledger.review.begin(), ledger.review.end(),
                          [](const auto& one) { return one.second.kind == "refresh"; }),
            1);
}

}  // namespace
}  // namespace ioud::domain
