#include "detection/earlier.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace ioud::detection {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

Sentence after(std::vector<std::string> before) {
  Sentence sentence;
  sentence.text = "Will do.";
  sentence.rep = "Tom Reyes";
  sentence.client = "Meg Alvarado";
  sentence.prev = std::move(before);
  return sentence;
}

/// "client: …" for each line, latest first.
std::vector<std::string> heard(std::vector<std::string> before) {
  const Sentence sentence = after(std::move(before));
  const Names names(sentence.rep, sentence.client, sentence.client_org);
  std::vector<std::string> lines;
  for (const Earlier& line : last_said(sentence, names))
    lines.push_back(std::string(name(line.author)) + ": " + std::string(line.text));
  return lines;
}

TEST(Earlier, TellsWhoSaidWhat) {
  EXPECT_THAT(heard({"Meg: Could you lend us one?", "Tom: I'll see.", "[10:02] MA: Great stuff.",
                     "Ours is out."}),
              ElementsAre("rep: Ours is out.", "client: Great stuff.", "rep: I'll see."));
  EXPECT_THAT(heard({}), IsEmpty());
}

TEST(Earlier, ACourtesyIsNoLine) {
  EXPECT_THAT(heard({"Meg: Could you lend us one?", "Meg: Thanks so much!", "Meg: Meg Alvarado",
                     "Hi Meg,", "Good morning."}),
              ElementsAre("client: Could you lend us one?"));
  EXPECT_THAT(heard({"Meg: Thanks, yes please."}), ElementsAre("client: Thanks, yes please."));
  EXPECT_THAT(heard({"Meg: Many thanks!"}), ElementsAre("client: Many thanks!"))
      << "there is nothing else";
  EXPECT_THAT(heard(std::vector<std::string>(5000, "Meg: Hi!")), SizeIs(1));
}

TEST(Earlier, LeadsUpToAnAnswerAndToNothingElse) {
  const auto lines = lead_up(after({"Shall I bring one?", "Meg: Yes please."}));
  ASSERT_THAT(lines, SizeIs(2));
  EXPECT_EQ(lines[0].text, "Yes please.");
  EXPECT_EQ(lines[0].author, Author::client);
  EXPECT_EQ(lines[0].context, Context::mail_received);
  EXPECT_EQ(lines[1].author, Author::rep);
  EXPECT_THAT(lines[1].prev, IsEmpty());
  EXPECT_THAT(lead_up(after({"Meg: Could you lend us one?", "We have two."})), IsEmpty());
}

}  // namespace
}  // namespace ioud::detection
