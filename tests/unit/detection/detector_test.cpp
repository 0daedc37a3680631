#include "detection/detector.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <string>

namespace ioud::detection {
namespace {

using domain::Finding;
using domain::Label;
using domain::Reading;
using domain::SignalKind;

/// Labels a sentence by a word in it, and remembers what it was asked.
class ScriptedScorer final : public SentenceScorer {
 public:
  using SentenceScorer::score;
  Score score(const Sentence& sentence, Recall&) const override {
    asked.push_back(sentence);
    Score made;
    made.probability = 0.95;
    for (const auto& [word, label] : words)
      if (sentence.text.find(word) != std::string::npos) {
        made.label = label;
        made.reasons = {"the word " + word};
        return made;
      }
    return made;
  }
  std::map<std::string, Label> words;
  mutable std::vector<Sentence> asked;
};

Passage passage(std::string_view text, Author author = Author::rep) {
  Passage made;
  made.context = author == Author::rep ? Context::mail_sent : Context::mail_received;
  made.author = author;
  made.text = text;
  made.rep = "Tom Reyes";
  made.client = "Meg Alvarez";
  made.client_org = "Acme Press";
  made.base = core::at(*core::parse_date("2026-03-04"), core::TimeOfDay(14, 25));  // a Wednesday
  return made;
}

class DetectorText : public ::testing::Test {
 protected:
  Reading read(const Passage& one) const {
    return Detector(scorer, domain::Catalogue::standard()).read(one);
  }
  ScriptedScorer scorer;
};

TEST_F(DetectorText, FindsAPromiseWithItsSlotsAndPlace) {
  scorer.words["drop the part"] = Label::rep_favour;
  const std::string text = "Hi Meg,\n\nNo problem, I'll drop the part off Saturday.\n\nTom\n";
  const Reading reading = read(passage(text));
  ASSERT_EQ(reading.findings.size(), 1U);
  const Finding& found = reading.findings[0];
  EXPECT_EQ(found.label, Label::rep_favour);
  EXPECT_DOUBLE_EQ(found.score, 0.95);
  EXPECT_EQ(found.quote, "No problem, I'll drop the part off Saturday.");
  EXPECT_EQ(text.substr(found.begin, found.end - found.begin), found.quote);
  EXPECT_EQ(found.slots.kind, "errand");
  EXPECT_EQ(found.slots.time_value, "2026-03-07");
  EXPECT_EQ(found.slots.ower, "Tom Reyes");
  EXPECT_FALSE(found.reasons.empty());
}

TEST_F(DetectorText, NeverReadsQuotesSignaturesAndNotices) {
  scorer.words["I'll"] = Label::rep_favour;
  const Reading reading = read(passage(
      "Fine.\n\n-- \nTom, I'll beat any price\n\nOn 1 May 2026, Meg wrote:\n> I'll bring it\n"));
  EXPECT_TRUE(reading.findings.empty());
}

TEST_F(DetectorText, HandsQuotesOnAsContext) {
  read(passage("Yes. Me.\n\nOn 1 May 2026, Meg wrote:\n> Can somebody hold her hand?\n"));
  ASSERT_FALSE(scorer.asked.empty());
  ASSERT_FALSE(scorer.asked[0].prev.empty());
  EXPECT_EQ(scorer.asked[0].prev.back(), "Meg Alvarez: Can somebody hold her hand?");
}

TEST_F(DetectorText, HandsTheThreadAndEarlierSentencesOn) {
  Passage one = passage("First here it is. Second is this one.");
  one.prev = {"Meg: could you come?"};
  read(one);
  ASSERT_EQ(scorer.asked.size(), 2U);
  EXPECT_EQ(scorer.asked[1].prev,
            (std::vector<std::string>{"Meg: could you come?", "First here it is."}));
}

TEST_F(DetectorText, LeavesOutWhatIsUnlikely) {
  scorer.words["part"] = Label::rep_favour;
  Thresholds strict;
  strict.rep_favour = 0.99;
  const Detector detector(scorer, domain::Catalogue::standard(), strict);
  EXPECT_TRUE(detector.read(passage("I'll drop the part off.")).findings.empty());
}

TEST_F(DetectorText, LeavesOutOtherLabels) {
  scorer.words["invoice"] = Label::routine;
  scorer.words["call you"] = Label::rep_question;
  EXPECT_TRUE(
      read(passage("I'll send the invoice. Who should I call you about?")).findings.empty());
}

TEST_F(DetectorText, KeepsAnOfferForALaterYes) {
  scorer.words["Shall I"] = Label::rep_question;
  const Reading reading = read(passage("Shall I bring a demo unit on Friday?"));
  ASSERT_EQ(reading.findings.size(), 1U);
  EXPECT_EQ(reading.findings[0].label, Label::rep_question);
}

TEST_F(DetectorText, GivesARequestWhenItsPersonIsThere) {
  scorer.words["Can you talk"] = Label::favour_request;
  const Reading reading =
      read(passage("Can you talk to my new assistant Karen about getting up to speed with your "
                   "software? She's got a couple of questions. She'll be here all morning.",
                   Author::client));
  ASSERT_EQ(reading.findings.size(), 1U);
  const domain::Slots& slots = reading.findings[0].slots;
  EXPECT_EQ(slots.day_part, "morning");
  EXPECT_EQ(slots.beneficiary, "Karen");
  ASSERT_TRUE(slots.due);
  EXPECT_EQ(core::format(slots.due->date), "2026-03-04");
  EXPECT_FALSE(slots.due->time);
}

TEST_F(DetectorText, AttachesAnAskSpokenWithTheFavour) {
  scorer.words["bring the paper"] = Label::rep_favour;
  const Reading one = read(passage(
      "I can bring the paper you need tonight at 6pm, but when I do, we have to sit down and work "
      "out an ordering schedule so that this doesn't happen to you again."));
  ASSERT_EQ(one.findings.size(), 1U);
  ASSERT_TRUE(one.findings[0].spoken);
  EXPECT_EQ(one.findings[0].spoken->ask, "ordering_schedule");
  EXPECT_TRUE(one.findings[0].spoken->at_delivery);
  EXPECT_EQ(one.findings[0].slots.kind, "rush");
  EXPECT_EQ(one.findings[0].slots.time_value, "2026-03-04T18:00");
  const Reading before =
      read(passage("In return I'd like some honest feedback. I'll bring the paper."));
  ASSERT_EQ(before.findings.size(), 1U);
  EXPECT_TRUE(before.findings[0].spoken);
  EXPECT_FALSE(before.spoken);
}

TEST_F(DetectorText, KeepsAnAskWithoutAFavourForTheThread) {
  const Reading reading = read(passage("In return I'd like some honest feedback."));
  ASSERT_TRUE(reading.spoken);
  EXPECT_EQ(reading.spoken->ask, "feedback");
}

TEST_F(DetectorText, NamesWhatItIs) {
  scorer.words["drop it off"] = Label::rep_favour;
  const Reading reading =
      read(passage("Sorry, the badge reader isn't in yet. I'll drop it off on Wednesday instead."));
  ASSERT_EQ(reading.findings.size(), 1U);
  EXPECT_EQ(reading.findings[0].slots.thing, "the badge reader");
  EXPECT_EQ(reading.findings[0].slots.lemma, "drop badge reader");
  ASSERT_EQ(reading.signals.size(), 1U);
  EXPECT_EQ(reading.signals[0].kind, SignalKind::slip);
  EXPECT_EQ(reading.signals[0].due, reading.findings[0].slots.due);
}

TEST_F(DetectorText, ReadsNotesBySpeaker) {
  scorer.words["check your contract"] = Label::rep_favour;
  scorer.words["will intro us"] = Label::client_iou;
  Passage notes = passage(
      "Agenda: contract\nTom: I'll check your contract file tonight.\n"
      "- Meg: will intro us to her brother\nAnn: thanks everyone");
  notes.context = Context::event_description;
  notes.others = {"Ann Lee"};
  const Reading reading = read(notes);
  ASSERT_EQ(reading.findings.size(), 2U);
  EXPECT_EQ(reading.findings[0].slots.kind, "advice");
  EXPECT_EQ(reading.findings[1].slots.ower, "Meg Alvarez");
  EXPECT_TRUE(reading.signals.empty());
  std::vector<Author> authors;
  for (const Sentence& one : scorer.asked) authors.push_back(one.author);
  EXPECT_EQ(authors,
            (std::vector<Author>{Author::rep, Author::rep, Author::client, Author::other}));
}

TEST_F(DetectorText, ReadsInitialsAndUnknownNames) {
  Passage notes = passage("TR - bring the ladder\nbx: ring him\nGlenn: will post it");
  notes.context = Context::notes;
  read(notes);
  ASSERT_EQ(scorer.asked.size(), 3U);
  EXPECT_EQ(scorer.asked[0].author, Author::rep);
  EXPECT_EQ(scorer.asked[1].author, Author::rep);
  EXPECT_EQ(scorer.asked[2].author, Author::other);
}

TEST_F(DetectorText, ReadsNumbersByTheRepsLocale) {
  scorer.words["bring it"] = Label::rep_favour;
  Passage one = passage("I'll bring it by 3/12.");
  one.locale = "en-US";
  EXPECT_EQ(read(one).findings.at(0).slots.time_value, "2026-03-12");
  one.locale = "en-GB";
  EXPECT_EQ(read(one).findings.at(0).slots.time_value, "2026-12-03");
}

TEST_F(DetectorText, ReadsAnOpeningWithItsSentence) {
  scorer.words["Every morning"] = Label::rep_favour;
  const Reading reading =
      read(passage("Yes. Me. Every morning this week at 8:45.\n\nWill do!\nTom"));
  ASSERT_EQ(reading.findings.size(), 1U);
  EXPECT_EQ(reading.findings[0].quote, "Yes. Me. Every morning this week at 8:45.");
  EXPECT_EQ(scorer.asked.size(), 3U);
  EXPECT_TRUE(std::any_of(reading.signals.begin(), reading.signals.end(), [](const auto& one) {
    return one.kind == SignalKind::acceptance && one.quote == "Will do!";
  }));
}

TEST_F(DetectorText, TakesNoDayFromWordsOfAnotherDay) {
  scorer.words["Will do"] = Label::rep_favour;
  Passage one = passage("Will do!\n\n> Could you come tomorrow?\n");
  one.prev = {"Meg: could you come tomorrow?"};
  EXPECT_FALSE(read(one).findings.at(0).slots.due);
}

TEST_F(DetectorText, ReadsSignalsOfTheClient) {
  const Reading reading =
      read(passage("The sample boards arrived this morning, thank you so much, they look perfect.",
                   Author::client));
  EXPECT_TRUE(std::any_of(reading.signals.begin(), reading.signals.end(),
                          [](const auto& one) { return one.kind == SignalKind::counted_thanks; }));
}

TEST_F(DetectorText, ReadsNothingInNothing) {
  EXPECT_TRUE(read(passage("")).findings.empty());
  EXPECT_TRUE(read(passage("\n\n> quoted\n")).findings.empty());
}

TEST_F(DetectorText, SurvivesHostileText) {
  scorer.words["a"] = Label::rep_favour;
  EXPECT_NO_FATAL_FAILURE(read(passage(std::string(10'000'000, 'a'))));
  EXPECT_NO_FATAL_FAILURE(read(passage(std::string(1'000'000, '\x80'))));
  std::string lines;
  for (int i = 0; i < 50'000; ++i) lines += "I'll bring a box tomorrow.\n";
  EXPECT_LE(read(passage(lines)).findings.size(), 2U);
}

}  // namespace
}  // namespace ioud::detection
