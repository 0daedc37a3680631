#include "detection/overlay.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cstdio>

namespace ioud::detection {
namespace {

using namespace std::chrono_literals;

constexpr core::Date monday = 2026y / std::chrono::March / 2;
const Pattern look_over{"i will look over", "advice", "acme"};
const Pattern drop_off{"i will drop off", "errand", "acme"};

Overlay fresh() { return Overlay(domain::Policy::Detector{}); }

TEST(Overlay, ThreeNegativesSendAPatternToTheReview) {
  Overlay overlay = fresh();
  overlay.note(look_over, Verdict::declined, monday);
  overlay.note(look_over, Verdict::declined, core::add_days(monday, 1));
  EXPECT_FALSE(overlay.review_only(look_over, core::add_days(monday, 1)));
  overlay.note(look_over, Verdict::declined, core::add_days(monday, 2));
  EXPECT_TRUE(overlay.review_only(look_over, core::add_days(monday, 2)));
  EXPECT_FALSE(overlay.review_only(drop_off, core::add_days(monday, 2)));
}

TEST(Overlay, DeletionsWeighHalfAndIgnoringNothing) {
  Overlay overlay = fresh();
  for (int i = 0; i < 5; ++i) overlay.note(look_over, Verdict::deleted, monday);
  for (int i = 0; i < 50; ++i) overlay.note(look_over, Verdict::untouched, monday);
  EXPECT_DOUBLE_EQ(overlay.negatives(look_over, monday), 2.5);
  EXPECT_FALSE(overlay.review_only(look_over, monday));
  overlay.note(look_over, Verdict::deleted, monday);
  EXPECT_TRUE(overlay.review_only(look_over, monday));
}

TEST(Overlay, OneOkRestores) {
  Overlay overlay = fresh();
  for (int i = 0; i < 4; ++i) overlay.note(look_over, Verdict::declined, monday);
  overlay.note(look_over, Verdict::restored, core::add_days(monday, 3));
  EXPECT_FALSE(overlay.review_only(look_over, core::add_days(monday, 3)));
}

TEST(Overlay, NegativesAgeOutOfTheWindow) {
  Overlay overlay = fresh();
  for (int i = 0; i < 3; ++i) overlay.note(look_over, Verdict::declined, monday);
  EXPECT_TRUE(overlay.review_only(look_over, core::add_days(monday, 59)));
  EXPECT_FALSE(overlay.review_only(look_over, core::add_days(monday, 60)));
  overlay.forget_before(core::add_days(monday, 1));
  EXPECT_EQ(overlay.size(), 0U);
}

TEST(Overlay, OnlyLowersAutomaticToReview) {
  Overlay overlay = fresh();
  for (int i = 0; i < 3; ++i) overlay.note(look_over, Verdict::declined, monday);
  EXPECT_EQ(overlay.apply(Sureness::automatic, look_over, monday), Sureness::review);
  EXPECT_EQ(overlay.apply(Sureness::review, look_over, monday), Sureness::review);
  EXPECT_EQ(overlay.apply(Sureness::nothing, look_over, monday), Sureness::nothing);
  EXPECT_EQ(overlay.apply(Sureness::automatic, drop_off, monday), Sureness::automatic);
}

TEST(Overlay, ExportsNoWordsAndReadsItselfBack) {
  Overlay overlay = fresh();
  overlay.note(look_over, Verdict::declined, monday);
  overlay.note(look_over, Verdict::deleted, monday);
  overlay.note(drop_off, Verdict::accepted, monday);
  const std::string text = overlay.exported();
  EXPECT_EQ(text.find("look"), std::string::npos);
  EXPECT_EQ(text.find("acme"), std::string::npos);
  Overlay other = fresh();
  ASSERT_TRUE(other.import(text).has_value());
  EXPECT_EQ(other.exported(), text);
  EXPECT_DOUBLE_EQ(other.negatives(look_over, monday), 1.5);
  other.reset();
  EXPECT_EQ(other.exported(), "");
}

TEST(Overlay, RefusesWhatItDidNotWrite) {
  Overlay overlay = fresh();
  overlay.note(look_over, Verdict::declined, monday);
  const std::string before = overlay.exported();
  for (const char* text :
       {"x", "0123456789abcdef 2026-02-30 1 0", "0123456789abcdef 2026-03-02 -1 0",
        "0123456789abcdeg 2026-03-02 1 0", "0123456789abcdef 2026-03-02 nan 0",
        "0123456789abcdef 2026-03-02 1 0 7"}) {
    const auto read = overlay.import(std::string(before) + text);
    ASSERT_FALSE(read.has_value()) << text;
    EXPECT_EQ(read.error().place, "line 2");
    EXPECT_EQ(overlay.exported(), before) << text;
  }
}

// A year of a rep who takes errands and loans and does not want "I'll look
// over" counted: what is shown by itself, what he accepts of it, month by
// month.
TEST(Overlay, AYearOfAnswersRaisesPrecision) {
  const std::array<Pattern, 4> wanted{{{"i will drop off", "errand", "acme"},
                                       {"i can lend", "loan", "acme"},
                                       {"i will fetch", "errand", "initech"},
                                       {"let me chase", "sourcing", "newco"}}};
  const std::array<Pattern, 3> unwanted{{{"i will look over", "advice", "acme"},
                                         {"i will check", "advice", "initech"},
                                         {"let me see", "sourcing", "newco"}}};
  Overlay overlay = fresh();
  std::array<int, 12> proposed{};
  std::array<int, 12> good{};
  std::array<int, 12> shown{};
  std::array<int, 12> accepted{};
  unsigned dice = 7;
  for (int day = 0; day < 364; ++day) {
    const core::Date date = core::add_days(monday, day);
    dice = dice * 1103515245U + 12345U;
    const unsigned throw_of = dice >> 16U;
    const bool is_good = throw_of % 3 != 0;
    const Pattern& pattern = is_good ? wanted[throw_of % 4] : unwanted[throw_of / 3 % 3];
    const auto month = static_cast<std::size_t>(day / 31);
    ++proposed[month];
    good[month] += is_good ? 1 : 0;
    if (overlay.apply(Sureness::automatic, pattern, date) != Sureness::automatic) continue;
    ++shown[month];
    accepted[month] += is_good ? 1 : 0;
    const Verdict no = throw_of % 5 == 0 ? Verdict::deleted : Verdict::declined;
    overlay.note(pattern, is_good ? Verdict::accepted : no, date);
  }
  const auto share = [](const std::array<int, 12>& part, const std::array<int, 12>& whole,
                        std::size_t from, std::size_t to) {
    int all = 0;
    int some = 0;
    for (std::size_t m = from; m < to; ++m) all += whole[m], some += part[m];
    return all == 0 ? 0.0 : static_cast<double>(some) / all;
  };
  std::printf("month  without overlay  shown  accepted  precision\n");
  for (std::size_t m = 0; m < 12; ++m) {
    std::printf("%5zu  %14.0f%%  %5d  %8d  %8.0f%%\n", m + 1, 100 * share(good, proposed, m, m + 1),
                shown[m], accepted[m], 100 * share(accepted, shown, m, m + 1));
  }
  EXPECT_LT(share(good, proposed, 0, 12), 0.75);
  EXPECT_GT(share(accepted, shown, 0, 12), share(good, proposed, 0, 12) + 0.10);
  EXPECT_EQ(share(accepted, good, 0, 12), 1.0) << "nothing wanted was held back";
}

}  // namespace
}  // namespace ioud::detection
