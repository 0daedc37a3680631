#include "detection/jsonl.hpp"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "detection/scorer.hpp"

namespace ioud::detection {
namespace {

Sentence read(const std::string& line) {
  const auto row = read_row(line, 1);
  EXPECT_TRUE(row.has_value()) << (row ? "" : row.error().text);
  return row ? row->sentence : Sentence{};
}

TEST(ReadRow, TakesTheAuthorFromFieldContextOrTag) {
  EXPECT_EQ(read(R"({"text":"x","context":"mail_received"})").author, Author::client);
  EXPECT_EQ(read(R"({"text":"x"})").author, Author::rep);
  EXPECT_EQ(read(R"({"text":"x","context":"notes","author":"client"})").author, Author::client);
  const Sentence tagged = read(
      R"({"text":"[02:14] Meg Alvarado: lend us one","context":"transcript","rep":"Tom Reyes","client":"Meg Alvarado","author":"speaker_tag"})");
  EXPECT_EQ(tagged.author, Author::client);
  EXPECT_EQ(tagged.text, "lend us one");
  EXPECT_EQ(read(R"({"text":"Pat: morning","context":"transcript","rep":"Tom Reyes"})").author,
            Author::other);
}

TEST(ReadRow, TakesBulletsAndTagsOffNotes) {
  const Sentence note = read(
      R"({"text":"- TR: boxes to Meg","context":"notes","rep":"Tom Reyes","client":"Meg Moss"})");
  EXPECT_EQ(note.text, "boxes to Meg");
  EXPECT_EQ(note.author, Author::rep);
  EXPECT_EQ(read(R"({"text":"- Boxes: two","context":"notes"})").text, "Boxes: two");
  EXPECT_EQ(read(R"({"text":"Tom: hello","context":"mail_sent","rep":"Tom Reyes"})").text,
            "Tom: hello");
}

TEST(ReadRow, SeesQuotedLines) {
  EXPECT_EQ(read(R"({"text":"> I'll bring it"})").zone, Zone::quoted);
  EXPECT_EQ(read(R"({"text":"I'll bring it"})").zone, Zone::fresh);
}

TEST(ReadRow, NamesTheLineAndWhatIsWrong) {
  for (const char* bad :
       {"", "x", "[]", "{}", R"({"text":7})", R"({"text":"x","context":"fax"})"}) {
    const auto row = read_row(bad, 12);
    ASSERT_FALSE(row.has_value()) << bad;
    EXPECT_EQ(row.error().fault, core::Fault::rejected);
    EXPECT_EQ(row.error().place, "line 12");
    EXPECT_FALSE(row.error().text.empty());
  }
}

TEST(ReadRow, SurvivesOddTypes) {
  const Sentence odd = read(R"({"text":" x ","prev":[1,null,"a"],"rep":[],"author":3,"id":4})");
  EXPECT_EQ(odd.text, "x");
  ASSERT_EQ(odd.prev.size(), 1U);
}

TEST(Answer, HasTheShapeOfTheContract) {
  const auto scorer = LearnedScorer::built_in();
  ASSERT_TRUE(scorer.has_value()) << scorer.error().text;
  const auto line = answer(
      R"({"id":"7","context":"mail_sent","rep":"Tom Reyes","client":"Meg Moss","client_org":"Moss","author":"rep","date":"2026-03-04","prev":[],"text":"I'll drop the part off on Saturday, no charge."})",
      1, *scorer);
  ASSERT_TRUE(line.has_value()) << line.error().text;
  EXPECT_EQ(line->find('\n'), std::string::npos);
  const auto json = nlohmann::json::parse(*line);
  EXPECT_EQ(json["id"], "7");
  EXPECT_EQ(json["label"], "rep_favour");
  EXPECT_GE(json["score"], 0.5);
  EXPECT_TRUE(json["slots"].is_object());
  EXPECT_EQ(answer("nonsense", 3, *scorer).error().place, "line 3");
}

TEST(LabelNamed, KnowsEveryLabel) {
  for (std::size_t i = 0; i < label_count; ++i) {
    const auto label = static_cast<domain::Label>(i);
    EXPECT_EQ(label_named(name(label)), label);
  }
  EXPECT_EQ(label_named("favour"), std::nullopt);
}

}  // namespace
}  // namespace ioud::detection
