#include "detection/signals.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

namespace ioud::detection {
namespace {

using domain::Signal;
using domain::SignalKind;

/// Wednesday 4 March 2026, 14:25.
Reckoning base() {
  Reckoning made;
  made.said = core::at(*core::parse_date("2026-03-04"), core::TimeOfDay(14, 25));
  return made;
}

std::vector<Signal> read(std::string_view text, Author author) {
  static const SignalReader reader;
  return reader.read(sentences(text, 0, text.size(), false), author, base());
}

const Signal* find(const std::vector<Signal>& signals, SignalKind kind) {
  const auto found = std::find_if(signals.begin(), signals.end(),
                                  [&](const Signal& one) { return one.kind == kind; });
  return found == signals.end() ? nullptr : &*found;
}

bool says(std::string_view text, Author author, SignalKind kind) {
  return find(read(text, author), kind) != nullptr;
}

struct Case {
  Author author;
  SignalKind kind;
  const char* text;
};

class Said : public ::testing::TestWithParam<Case> {};
TEST_P(Said, IsNoticed) {
  EXPECT_TRUE(says(GetParam().text, GetParam().author, GetParam().kind)) << GetParam().text;
}

class Unsaid : public ::testing::TestWithParam<Case> {};
TEST_P(Unsaid, IsNotNoticed) {
  EXPECT_FALSE(says(GetParam().text, GetParam().author, GetParam().kind)) << GetParam().text;
}

constexpr Author rep = Author::rep;
constexpr Author client = Author::client;

INSTANTIATE_TEST_SUITE_P(
    Rep, Said,
    ::testing::Values(
        Case{rep, SignalKind::slip, "It isn't in yet. I'll drop it off on Wednesday instead."},
        Case{rep, SignalKind::slip, "It will be Thursday now, sorry."},
        Case{rep, SignalKind::slip, "Not today, I'll come tomorrow."},
        Case{rep, SignalKind::slip, "I have to push it to Friday."},
        Case{rep, SignalKind::slip, "The van is delayed, so make it Monday."},
        Case{rep, SignalKind::cancel, "I'm sorry, I can't get the badge reader for you after all."},
        Case{rep, SignalKind::cancel, "Sorry, I can't bring the paper."},
        Case{rep, SignalKind::cancel, "I have to let you down on Saturday's trip."},
        Case{rep, SignalKind::delivered, "It's with you now."},
        Case{rep, SignalKind::delivered, "Done!"},
        Case{rep, SignalKind::delivered, "I dropped it at reception this morning."},
        Case{rep, SignalKind::delivered, "As promised, the numbers are attached."},
        Case{rep, SignalKind::acceptance, "No problem, what's her number?"},
        Case{rep, SignalKind::acceptance, "Sure, will do."},
        Case{rep, SignalKind::acceptance, "Of course!"},
        Case{rep, SignalKind::acceptance, "Leave it with me."}));

INSTANTIATE_TEST_SUITE_P(
    Rep, Unsaid,
    ::testing::Values(Case{rep, SignalKind::slip, "I'll drop the badge reader off tomorrow."},
                      Case{rep, SignalKind::slip, "I can come on Friday instead if you prefer."},
                      Case{rep, SignalKind::slip, "Shall I come on Friday instead?"},
                      Case{rep, SignalKind::cancel, "I can't wait to see it."},
                      Case{rep, SignalKind::cancel, "I'm afraid I can't take on a second branch."},
                      Case{rep, SignalKind::cancel, "I can't do it before Friday."},
                      Case{rep, SignalKind::delivered, "It will be with you tomorrow."},
                      Case{rep, SignalKind::delivered, "It isn't done yet."},
                      Case{rep, SignalKind::delivered, "Once it's done I'll ring."},
                      Case{rep, SignalKind::acceptance, "No problem with the invoice."},
                      Case{rep, SignalKind::acceptance, "No worries if not."},
                      Case{rep, SignalKind::acceptance, "Yes, it is on the portal."},
                      Case{rep, SignalKind::acceptance, "Of course, but I can't."},
                      Case{rep, SignalKind::thanks, "Thanks for the order!"}));

INSTANTIATE_TEST_SUITE_P(
    Client, Said,
    ::testing::Values(
        Case{client, SignalKind::no_longer_needed, "We don't need the belt any more."},
        Case{client, SignalKind::no_longer_needed, "No need to bring the boards, we found some."},
        Case{client, SignalKind::no_longer_needed, "Don't bother coming, thanks."},
        Case{client, SignalKind::no_longer_needed, "The paper is no longer needed."},
        Case{client, SignalKind::thanks, "Great, thanks!"},
        Case{client, SignalKind::thanks, "Thanks again for the boards!"},
        Case{client, SignalKind::counted_thanks,
             "The sample boards arrived this morning, thank you so much, they look perfect."},
        Case{client, SignalKind::counted_thanks, "You legend. The press is running again."},
        Case{client, SignalKind::counted_thanks, "Thanks a lot. Works like a charm."},
        Case{client, SignalKind::complaint, "This is unacceptable."},
        Case{client, SignalKind::complaint, "This keeps going wrong."},
        Case{client, SignalKind::complaint, "I'm disappointed."},
        Case{client, SignalKind::complaint, "I want to complain."},
        Case{client, SignalKind::praise, "Great job on the rollers."},
        Case{client, SignalKind::stop, "Stop"}, Case{client, SignalKind::stop, "Please don't ask."},
        Case{client, SignalKind::stop, "Please don't ask me for names again."},
        Case{client, SignalKind::stop, "Unsubscribe me."},
        Case{client, SignalKind::referral, "You should call Dana Whitfield at Labelco."},
        Case{client, SignalKind::referral, "I gave your name to Hassan at Sayed Print."},
        Case{client, SignalKind::bereavement, "My father passed away on Sunday."},
        Case{client, SignalKind::bereavement, "I'm away for a funeral."},
        Case{client, SignalKind::acceptance, "Yes please!"},
        Case{client, SignalKind::acceptance, "That would be great, thanks."},
        Case{client, SignalKind::acceptance, "Sounds good."}));

INSTANTIATE_TEST_SUITE_P(
    Client, Unsaid,
    ::testing::Values(
        Case{client, SignalKind::no_longer_needed, "No need to rush."},
        Case{client, SignalKind::no_longer_needed, "We still need the belt."},
        Case{client, SignalKind::no_longer_needed, "Don't forget the belt."},
        Case{client, SignalKind::no_longer_needed, "Do we not need it any more?"},
        Case{client, SignalKind::thanks, "No thanks."},
        Case{client, SignalKind::thanks, "We don't need it any more, but thanks."},
        Case{client, SignalKind::counted_thanks, "Thanks, but it hasn't arrived."},
        Case{client, SignalKind::counted_thanks, "Thanks, let me know when it arrives."},
        Case{client, SignalKind::counted_thanks, "Thanks, I hope it works."},
        Case{client, SignalKind::counted_thanks, "Thanks, I got your message."},
        Case{client, SignalKind::counted_thanks, "We don't need it, it arrived anyway. Thanks!"},
        Case{client, SignalKind::complaint, "Can't complain."},
        Case{client, SignalKind::complaint, "You won't be disappointed."},
        Case{client, SignalKind::complaint, "No complaints here."},
        Case{client, SignalKind::praise, "That would be great."},
        Case{client, SignalKind::stop, "Please don't ask me why."},
        Case{client, SignalKind::stop, "Please don't hesitate to ask."},
        Case{client, SignalKind::stop, "The machine won't stop."},
        Case{client, SignalKind::stop, "We had to stop the press."},
        Case{client, SignalKind::referral, "Who should I call?"},
        Case{client, SignalKind::referral, "You should call before you come."},
        Case{client, SignalKind::bereavement, "The printer died again."},
        Case{client, SignalKind::slip, "I'll pay on Friday instead."},
        Case{Author::other, SignalKind::thanks, "Thanks!"}));

TEST(Signals, GiveASlipItsNewTimeAndItsThing) {
  const auto signals =
      read("Sorry, the badge reader isn't in yet. I'll drop it off on Wednesday instead.", rep);
  const Signal* slip = find(signals, SignalKind::slip);
  ASSERT_NE(slip, nullptr);
  ASSERT_TRUE(slip->due);
  EXPECT_EQ(core::format(slip->due->date), "2026-03-11");
  EXPECT_EQ(slip->thing, "the badge reader");
  EXPECT_EQ(find(signals, SignalKind::cancel), nullptr);
  const auto tomorrow = read("Not today, I'll come tomorrow.", rep);
  ASSERT_NE(find(tomorrow, SignalKind::slip), nullptr);
  EXPECT_EQ(core::format(find(tomorrow, SignalKind::slip)->due->date), "2026-03-05");
}

TEST(Signals, NameTheThingOfACancellation) {
  const auto signals = read("I'm sorry, I can't get the badge reader for you after all.", rep);
  ASSERT_EQ(signals.size(), 1U);
  EXPECT_EQ(signals[0].kind, SignalKind::cancel);
  EXPECT_EQ(signals[0].thing, "the badge reader");
}

TEST(Signals, NameTheThingOfThanks) {
  const auto signals =
      read("The sample boards arrived this morning, thank you so much, they look perfect.", client);
  ASSERT_NE(find(signals, SignalKind::counted_thanks), nullptr);
  EXPECT_EQ(find(signals, SignalKind::counted_thanks)->thing, "The sample boards");
  EXPECT_EQ(find(signals, SignalKind::thanks), nullptr);
}

TEST(Signals, NameWhoIsReferred) {
  const auto signals = read("I gave your name to Dana Whitfield.", client);
  ASSERT_NE(find(signals, SignalKind::referral), nullptr);
  EXPECT_EQ(find(signals, SignalKind::referral)->name, "Dana Whitfield");
}

TEST(Signals, KeepQuotesShort) {
  const auto signals = read("Thanks " + std::string(500, 'x'), client);
  ASSERT_FALSE(signals.empty());
  EXPECT_LE(signals[0].quote.size(), 170U);
}

}  // namespace
}  // namespace ioud::detection
