#include "store/seal.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "store/sqlite_ledger.hpp"
#include "unit/store/sample_ledger.hpp"
#include "unit/store/scratch.hpp"

namespace ioud::store {
namespace {

using core::Fault;
using domain::Ledger;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::StartsWith;

TEST(Seal, OpensWhatItClosed) {
  const Seal seal("a key of some bytes");
  for (const std::string& plain : {std::string(), std::string("words"), std::string(5000, '\0')}) {
    const std::string closed = seal.closed(plain);
    EXPECT_THAT(closed, StartsWith("sealed:"));
    EXPECT_TRUE(Seal::is_sealed(closed));
    EXPECT_EQ(seal.opened(closed, "here").value(), plain);
    EXPECT_NE(seal.closed(plain), closed);
  }
  EXPECT_EQ(seal.pseudonym("Acme"), seal.pseudonym("Acme"));
  EXPECT_NE(seal.pseudonym("Acme"), seal.pseudonym("Bolt"));
  EXPECT_NE(seal.pseudonym("Acme"), Seal("another key").pseudonym("Acme"));
}

TEST(Seal, OpensNothingElse) {
  const Seal seal("a key");
  std::string changed = seal.closed("words");
  changed[20] = changed[20] == 'A' ? 'B' : 'A';
  for (const std::string& text :
       {changed, Seal("another key").closed("words"), std::string("words"), std::string("sealed:"),
        std::string("sealed:AAAA"), std::string("sealed:!"), std::string()}) {
    const auto opened = seal.opened(text, "row 7");
    ASSERT_FALSE(opened) << text;
    EXPECT_EQ(opened.error().fault, Fault::config);
    EXPECT_EQ(opened.error().place, "row 7");
  }
}

TEST(Seal, TakesItsKeyFromAFile) {
  const Scratch scratch;
  write_bytes(scratch / "key", std::string(32, 'k'));
  const auto seal = Seal::from_file(scratch / "key");
  ASSERT_TRUE(seal);
  EXPECT_EQ(Seal(std::string(32, 'k')).opened(seal->closed("words"), "here").value(), "words");
}

TEST(Seal, SaysWhatIsWrongWithItsKey) {
  const Scratch scratch;
  write_bytes(scratch / "short", "secret");
  const auto short_key = Seal::from_file(scratch / "short");
  ASSERT_FALSE(short_key);
  EXPECT_EQ(short_key.error().fault, Fault::config);
  EXPECT_EQ(short_key.error().place, (scratch / "short").string());
  EXPECT_THAT(short_key.error().text, HasSubstr("has 6 bytes, expected 32 or more"));
  EXPECT_THAT(short_key.error().text, Not(HasSubstr("secret")));
  const auto none = Seal::from_file(scratch / "none");
  ASSERT_FALSE(none);
  EXPECT_THAT(none.error().text, HasSubstr("cannot be read"));
  EXPECT_FALSE(Seal::from_file(scratch.path()));
}

class SealedLedger : public ::testing::Test {
 protected:
  core::Result<std::unique_ptr<LedgerStore>> open(std::optional<Seal> seal) {
    return open_ledger({scratch_ / "state", std::move(seal)}, steps_);
  }

  static Ledger with_names(const Ledger& before) {
    Ledger after = before;
    fill_ledger(after);
    after.baselines["Acme Press"].client = "Acme Press";
    return after;
  }

  /// Nothing people wrote, and no name, is in any file.
  void expect_unreadable() const {
    for (const char* words : {"täxt", "t\\u00e4xt", "Acme Press", "second"})
      EXPECT_THAT(files_holding(scratch_.path(), words), IsEmpty()) << words;
  }

  Scratch scratch_;
  core::NoSteps steps_;
};

TEST_F(SealedLedger, KeepsEverythingAndShowsNothing) {
  Ledger after;
  {
    const auto store = open(Seal("key"));
    ASSERT_TRUE(store) << store.error().text;
    const Ledger before = (*store)->load().value();
    after = with_names(before);
    Intent intent;
    intent.bytes = "Acme Press";
    ASSERT_TRUE((*store)->commit(before, after, {.intents = {intent}, .outcomes = {}}));
    expect_unreadable();
    Ledger later = after;
    later.favours.erase("first");
    later.marks["first"] = "Acme Press";
    ASSERT_TRUE((*store)->commit(after, later, {}));
    after = later;
  }
  expect_unreadable();
  const auto store = open(Seal("key"));
  ASSERT_TRUE(store);
  EXPECT_TRUE(is_equal((*store)->load().value(), after));
  const auto intents = (*store)->open_intents().value();
  ASSERT_EQ(intents.size(), 1U);
  EXPECT_EQ(intents[0].bytes, "Acme Press");
  EXPECT_TRUE((*store)->record(
      {.intents = {}, .outcomes = {{intents[0].id, Ending::done, core::Instant{}, "", ""}}}));
}

TEST_F(SealedLedger, DoesNotOpenWithoutItsKey) {
  ASSERT_TRUE(open(Seal("key")));
  const std::string bytes = bytes_of(scratch_ / "state/ledger.db");
  const auto without = open(std::nullopt);
  ASSERT_FALSE(without);
  EXPECT_EQ(without.error().fault, Fault::config);
  EXPECT_EQ(without.error().place, (scratch_ / "state/ledger.db").string());
  EXPECT_THAT(without.error().text, HasSubstr("privacy.seal"));
  const auto another = open(Seal("another key"));
  ASSERT_FALSE(another);
  EXPECT_EQ(another.error().fault, Fault::config);
  EXPECT_EQ(bytes_of(scratch_ / "state/ledger.db"), bytes);
  EXPECT_TRUE(open(Seal("key")));
}

TEST_F(SealedLedger, WasPlainBefore) {
  Ledger after;
  const auto plain = open(std::nullopt);
  ASSERT_TRUE(plain);
  const Ledger before = (*plain)->load().value();
  after = with_names(before);
  Intent intent;
  intent.uid = "u1";
  intent.bytes = "Acme Press";
  ASSERT_TRUE((*plain)->commit(before, after, {.intents = {intent}, .outcomes = {}}));
  EXPECT_THAT(files_holding(scratch_.path(), "Acme Press"), Not(IsEmpty()));
  const auto sealed = open(Seal("key"));
  ASSERT_TRUE(sealed) << sealed.error().text;
  expect_unreadable();
  EXPECT_THAT(files_holding(scratch_.path(), before.salt), IsEmpty());
  EXPECT_TRUE(is_equal((*sealed)->load().value(), after));
  EXPECT_EQ((*sealed)->open_intents()->at(0).bytes, "Acme Press");
  // Who still holds it plain cannot mix plain rows in.
  Ledger later = after;
  later.marks["late"] = "1";
  const auto late = (*plain)->commit(after, later, {});
  ASSERT_FALSE(late);
  EXPECT_EQ(late.error().fault, Fault::conflict);
  const auto reloaded = (*plain)->load();
  ASSERT_FALSE(reloaded);
  EXPECT_EQ(reloaded.error().fault, Fault::config);
}

}  // namespace
}  // namespace ioud::store
