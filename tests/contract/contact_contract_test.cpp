// What every connector owes for address books: it reads them and never writes.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "contract/subject.hpp"
#include "fakes/kept_position.hpp"
#include "fakes/run_task.hpp"

namespace ioud::contract {
namespace {

using connectors::Changes;
using connectors::Item;
using Position = fakes::KeptPosition;
using testing::ElementsAre;
using testing::IsEmpty;

std::string card(const std::string& name, const std::string& full = {}) {
  return "BEGIN:VCARD\r\nVERSION:4.0\r\nUID:" + name +
         "-uid\r\nFN:" + (full.empty() ? name : full) + "\r\nN:" + name + ";;;;\r\nEND:VCARD\r\n";
}

class ContactContract : public testing::TestWithParam<Candidate> {
 protected:
  void SetUp() override {
    if (is_missing(subject_)) GTEST_SKIP() << GetParam().name << " is not installed";
    ASSERT_NE(subject_, nullptr) << GetParam().name << " was not started";
  }
  core::Result<Changes<Item>> pull(const std::string& book, const Position& from = {}) {
    return fakes::run(subject_->connector.contact_source->pull(book, from));
  }

  std::unique_ptr<Subject> subject_ = GetParam().make();
};

TEST_P(ContactContract, GivesCardsOnceAndTellsWhatChanged) {
  subject_->plant("cards", "meg.vcf", card("Meg"));
  subject_->plant("cards", "karen.vcf", card("Karen"));
  const auto first = pull("cards");
  ASSERT_TRUE(first.has_value()) << first.error().text;
  ASSERT_EQ(first->seen.size(), 2U);
  Position position;
  position.take(*first);
  EXPECT_THAT(pull("cards", position)->seen, IsEmpty());

  subject_->plant("cards", "meg.vcf", card("Meg", "Meg Ryder"));
  subject_->erase("cards", "karen.vcf");
  const auto second = pull("cards", position);
  ASSERT_TRUE(second.has_value());
  ASSERT_EQ(second->seen.size(), 1U);
  EXPECT_TRUE(subject_->is_same(card("Meg", "Meg Ryder"), second->seen.front().bytes));
  EXPECT_THAT(second->gone, ElementsAre("karen.vcf"));
}

TEST_P(ContactContract, ReportsABadCardAndGivesTheOthers) {
  subject_->plant("cards", "meg.vcf", card("Meg"));
  subject_->plant("cards", "karen.vcf", card("Karen"));
  subject_->spoil("cards", "meg.vcf");
  const auto changes = pull("cards");
  ASSERT_TRUE(changes.has_value()) << changes.error().text;
  EXPECT_EQ(changes->seen.size(), 1U);
  ASSERT_EQ(changes->bad.size(), 1U);
  EXPECT_EQ(changes->bad.front().href, "meg.vcf");
}

TEST_P(ContactContract, AMissingBookIsAFault) {
  subject_->lose("cards");
  EXPECT_FALSE(pull("cards").has_value());
}

TEST_P(ContactContract, AnUnknownBookIsAConfigFault) {
  const auto changes = pull("nowhere");
  ASSERT_FALSE(changes.has_value());
  EXPECT_EQ(changes.error().fault, core::Fault::config);
}

INSTANTIATE_TEST_SUITE_P(Every, ContactContract, testing::ValuesIn(calendar_subjects()),
                         [](const auto& candidate) { return candidate.param.name; });
INSTANTIATE_TEST_SUITE_P(Nightly, ContactContract, testing::ValuesIn(nightly_subjects()),
                         [](const auto& candidate) { return candidate.param.name; });

}  // namespace
}  // namespace ioud::contract
