#include "detection/joiner.hpp"

#include <gtest/gtest.h>

#include <string>

#include "detection/slots.hpp"

namespace ioud::detection {
namespace {

using domain::Finding;
using domain::Label;
using domain::Mail;
using domain::Reading;
using domain::Signal;
using domain::SignalKind;

/// Wednesday 4 March 2026.
Reckoning base() {
  Reckoning made;
  made.said = core::at(*core::parse_date("2026-03-04"), core::TimeOfDay(14, 25));
  return made;
}

Finding finding(Label label, std::string_view text, std::size_t begin = 0) {
  static const SlotReader reader(domain::Catalogue::standard());
  Sentence sentence;
  sentence.text = text;
  sentence.rep = "Tom Reyes";
  sentence.client = "Meg Alvarez";
  sentence.author = label == Label::favour_request ? Author::client : Author::rep;
  Finding made;
  made.label = label;
  made.score = 0.9;
  made.quote = text;
  made.begin = begin;
  made.end = begin + text.size();
  made.slots = reader.read(sentence, label, base());
  return made;
}

Signal signal(SignalKind kind, std::string_view quote) {
  Signal made;
  made.kind = kind;
  made.quote = quote;
  return made;
}

/// A thread put together mail by mail; `join` gives the readings.
class ThreadText {
 public:
  ThreadText& rep(Reading reading) { return add(std::move(reading), true); }
  ThreadText& client(Reading reading) { return add(std::move(reading), false); }
  std::vector<Reading> join() const {
    std::vector<ThreadMail> by_date;
    for (std::size_t i = 0; i < mails_.size(); ++i) by_date.push_back({&mails_[i], by_rep_[i]});
    return join_thread(by_date);
  }

 private:
  ThreadText& add(Reading reading, bool by_rep) {
    Mail mail;
    mail.reading = std::move(reading);
    mails_.push_back(std::move(mail));
    by_rep_.push_back(by_rep);
    return *this;
  }
  std::vector<Mail> mails_;
  std::vector<bool> by_rep_;
};

Reading with(Finding one) { return {{std::move(one)}, {}, {}}; }
Reading with(Signal one) { return {{}, {std::move(one)}, {}}; }

TEST(Joiner, MakesOneFavourOfTwoSentences) {
  Reading reading;
  const std::string first = "I'll get you the drive belt.";
  reading.findings = {
      finding(Label::rep_favour, first),
      finding(Label::rep_favour, "I'll drop it off on Saturday.", first.size() + 1)};
  const Reading joined = joined_passage(reading);
  ASSERT_EQ(joined.findings.size(), 1U);
  EXPECT_EQ(joined.findings[0].slots.thing, "the drive belt");
  EXPECT_EQ(joined.findings[0].slots.time_value, "2026-03-07");
}

TEST(Joiner, MakesOneFavourOfAYesAndItsPromise) {
  Reading reading;
  reading.findings = {finding(Label::rep_favour, "Sure, will do."),
                      finding(Label::rep_favour, "I'll look over your budget tonight.", 15)};
  const Reading joined = joined_passage(reading);
  ASSERT_EQ(joined.findings.size(), 1U);
  EXPECT_EQ(joined.findings[0].slots.lemma, "look budget");
  EXPECT_EQ(joined.findings[0].slots.kind, "advice");
}

TEST(Joiner, KeepsTwoFavoursApart) {
  Reading reading;
  reading.findings = {finding(Label::rep_favour, "I'll drop the belt off."),
                      finding(Label::rep_favour, "I'll check your contract file.", 24),
                      finding(Label::rep_favour, "I'll call her tomorrow.", 55)};
  EXPECT_EQ(joined_passage(reading).findings.size(), 3U);
}

TEST(Joiner, KeepsARequestApartFromAPromise) {
  Reading reading;
  reading.findings = {finding(Label::favour_request, "Could you bring the belt?"),
                      finding(Label::rep_favour, "I'll bring the belt.", 26)};
  EXPECT_EQ(joined_passage(reading).findings.size(), 2U);
}

TEST(Joiner, MakesOneFavourOfTheSameActFarApart) {
  Reading reading;
  reading.findings = {finding(Label::rep_favour, "I'll bring the belt."),
                      finding(Label::rep_favour, "So I'll bring the belt on Friday.", 500)};
  const Reading joined = joined_passage(reading);
  ASSERT_EQ(joined.findings.size(), 1U);
  EXPECT_EQ(joined.findings[0].slots.time_value, "2026-03-06");
}

TEST(Thread, MakesOneFavourOfARequestAndItsPromise) {
  const auto joined =
      ThreadText()
          .client(with(finding(Label::favour_request,
                               "Any chance you could get us the drive belt from the warehouse "
                               "before the weekend is over?")))
          .rep(with(finding(Label::rep_favour, "No problem, I'll drop the part off Saturday.")))
          .join();
  ASSERT_EQ(joined[1].findings.size(), 1U);
  EXPECT_EQ(joined[1].findings[0].slots.what, "drop the part off");
  EXPECT_EQ(joined[1].findings[0].slots.kind, "errand");
  EXPECT_EQ(joined[1].findings[0].slots.time_value, "2026-03-07");
  EXPECT_TRUE(joined[0].findings[0].answered);
}

TEST(Thread, CompletesAPromiseFromTheRequest) {
  const auto joined =
      ThreadText()
          .client(
              with(finding(Label::favour_request,
                           "Can you talk to my new assistant Karen about getting up to speed?")))
          .rep(with(finding(Label::rep_favour, "Good news, I can call her in 10 minutes.")))
          .join();
  const domain::Slots& slots = joined[1].findings.at(0).slots;
  EXPECT_EQ(slots.beneficiary, "Karen");
  EXPECT_EQ(slots.kind, "help_colleague");
  EXPECT_EQ(slots.time_value, "2026-03-04T14:35");
}

TEST(Thread, MakesAPromiseOfABareYes) {
  const auto joined =
      ThreadText()
          .client(with(finding(Label::favour_request, "Could you check the drawing by Friday?")))
          .rep(with(signal(SignalKind::acceptance, "No problem, what's her number?")))
          .join();
  ASSERT_EQ(joined[1].findings.size(), 1U);
  const Finding& made = joined[1].findings[0];
  EXPECT_EQ(made.label, Label::rep_favour);
  EXPECT_EQ(made.quote, "No problem, what's her number?");
  EXPECT_EQ(made.slots.what, "check the drawing");
  EXPECT_EQ(made.slots.kind, "advice");
  EXPECT_EQ(made.slots.time_value, "2026-03-06");
  EXPECT_TRUE(joined[0].findings[0].answered);
}

TEST(Thread, CompletesAYesThatWasFoundAsAPromise) {
  const auto joined =
      ThreadText()
          .client(with(finding(Label::favour_request, "Could you check the drawing by Friday?")))
          .rep(with(finding(Label::rep_favour, "Will do!")))
          .join();
  const domain::Slots& slots = joined[1].findings.at(0).slots;
  EXPECT_EQ(slots.what, "check the drawing");
  EXPECT_EQ(slots.kind, "advice");
  EXPECT_EQ(slots.time_value, "2026-03-06");
}

TEST(Thread, MakesNoPromiseOfARefusalOrSilence) {
  Reading refusal;
  refusal.signals = {signal(SignalKind::cancel, "I can't after all"),
                     signal(SignalKind::acceptance, "Of course")};
  const auto refused = ThreadText()
                           .client(with(finding(Label::favour_request, "Could you check it?")))
                           .rep(refusal)
                           .join();
  EXPECT_TRUE(refused[1].findings.empty());
  EXPECT_TRUE(refused[0].findings[0].answered);
  const auto silent = ThreadText()
                          .client(with(finding(Label::favour_request, "Could you check it?")))
                          .rep(Reading{})
                          .join();
  EXPECT_FALSE(silent[0].findings[0].answered);
}

TEST(Thread, TakesAYesOnlyAfterARequest) {
  const auto joined = ThreadText().rep(with(signal(SignalKind::acceptance, "Will do"))).join();
  EXPECT_TRUE(joined[0].findings.empty());
}

TEST(Thread, MakesAPromiseOfAnOfferAndAYes) {
  const auto joined =
      ThreadText()
          .rep(with(finding(Label::rep_question, "Shall I bring one of our demo units on Friday?")))
          .client(with(signal(SignalKind::acceptance, "Yes please!")))
          .join();
  ASSERT_EQ(joined[1].findings.size(), 1U);
  EXPECT_EQ(joined[1].findings[0].label, Label::rep_favour);
  EXPECT_EQ(joined[1].findings[0].quote, "Yes please!");
  EXPECT_EQ(joined[1].findings[0].slots.time_value, "2026-03-06");
}

TEST(Thread, LeavesAnOfferWithoutAYesAlone) {
  const auto joined = ThreadText()
                          .rep(with(finding(Label::rep_question, "Shall I bring one?")))
                          .client(with(signal(SignalKind::thanks, "Thanks for asking.")))
                          .join();
  EXPECT_TRUE(joined[1].findings.empty());
}

TEST(Thread, DropsAPromiseToldAgain) {
  const auto joined = ThreadText()
                          .rep(with(finding(Label::rep_favour, "I'll bring the belt on Friday.")))
                          .rep(with(finding(Label::rep_favour, "As I said, I'll bring the belt.")))
                          .join();
  EXPECT_EQ(joined[0].findings.size(), 1U);
  EXPECT_TRUE(joined[1].findings.empty());
}

TEST(Thread, KeepsAPromiseThatAddsATime) {
  const auto joined = ThreadText()
                          .rep(with(finding(Label::rep_favour, "I'll bring the belt.")))
                          .rep(with(finding(Label::rep_favour, "I'll bring the belt on Friday.")))
                          .join();
  EXPECT_EQ(joined[1].findings.size(), 1U);
}

TEST(Thread, GivesALaterAskToItsFavour) {
  Reading later;
  later.spoken = domain::SpokenAsk{"introductions", false, std::nullopt};
  const auto joined = ThreadText()
                          .rep(with(finding(Label::rep_favour, "I'll bring the belt on Friday.")))
                          .rep(later)
                          .join();
  ASSERT_TRUE(joined[0].findings[0].spoken);
  EXPECT_EQ(joined[0].findings[0].spoken->ask, "introductions");
}

TEST(Thread, AnswersEachOfTwoRequests) {
  Reading asked;
  asked.findings = {finding(Label::favour_request, "Could you check the drawing by Friday?"),
                    finding(Label::favour_request, "Can you bring the belt tomorrow?", 60)};
  Reading answer;
  answer.findings = {finding(Label::rep_favour, "I'll bring the belt."),
                     finding(Label::rep_favour, "I'll check the drawing.", 30)};
  const auto joined = ThreadText().client(asked).rep(answer).join();
  EXPECT_EQ(joined[1].findings.at(0).slots.time_value, "2026-03-05");
  EXPECT_EQ(joined[1].findings.at(1).slots.time_value, "2026-03-06");
}

TEST(Thread, OfNothingIsNothing) { EXPECT_TRUE(join_thread({}).empty()); }

}  // namespace
}  // namespace ioud::detection
