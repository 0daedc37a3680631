#include "domain/busy.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <random>

#include "unit/domain/agenda_samples.hpp"

namespace ioud::domain {
namespace {

using namespace agenda_samples;
using core::Minutes;

Busy busy(const std::vector<Occurrence>& occurrences) {
  return Busy(occurrences, chicago(), Policy::Placement());
}

std::vector<std::string> stretches(const Blocked& blocked) {
  std::vector<std::string> shown_ones;
  for (const auto& [start, end] : blocked.stretches())
    shown_ones.push_back(shown(start) + " to " + shown(end));
  return shown_ones;
}

using Lines = std::vector<std::string>;

TEST(Blocked, JoinsWhatTouches) {
  const Blocked blocked({{when("2026-03-09 11:00"), when("2026-03-09 12:00")},
                         {when("2026-03-09 09:00"), when("2026-03-09 10:00")},
                         {when("2026-03-09 10:00"), when("2026-03-09 10:30")},
                         {when("2026-03-09 09:10"), when("2026-03-09 09:20")}});
  EXPECT_EQ(stretches(blocked), (Lines{"2026-03-09 09:00 to 2026-03-09 10:30",
                                       "2026-03-09 11:00 to 2026-03-09 12:00"}));
}

TEST(Blocked, IsFreeUpToItsEdges) {
  const Blocked blocked({{when("2026-03-09 09:00"), when("2026-03-09 10:00")},
                         {when("2026-03-09 10:30"), when("2026-03-09 11:00")}});
  EXPECT_TRUE(blocked.is_free(when("2026-03-09 10:00"), when("2026-03-09 10:30")));
  EXPECT_TRUE(blocked.is_free(when("2026-03-09 08:00"), when("2026-03-09 09:00")));
  EXPECT_TRUE(blocked.is_free(when("2026-03-09 11:00"), when("2026-03-09 12:00")));
  EXPECT_FALSE(blocked.is_free(when("2026-03-09 09:59"), when("2026-03-09 10:10")));
  EXPECT_FALSE(blocked.is_free(when("2026-03-09 10:10"), when("2026-03-09 10:31")));
  EXPECT_FALSE(blocked.is_free(when("2026-03-09 08:00"), when("2026-03-09 12:00")));
  EXPECT_TRUE(Blocked().is_free(when("2026-03-09 08:00"), when("2026-03-09 12:00")));
}

TEST(Busy, TakesWhatTheRepAttends) {
  Occurrence transparent = event("2026-03-09 09:00", 60);
  transparent.busy = false;
  Occurrence cancelled = event("2026-03-09 11:00", 60);
  cancelled.cancelled = true;
  const Busy taken = busy({transparent, cancelled, event("2026-03-09 13:00", 60),
                           event("2026-03-09 15:00", 0), event("2026-03-09 16:00", -30)});
  EXPECT_EQ(stretches(taken.bare()), Lines{"2026-03-09 13:00 to 2026-03-09 14:00"});
}

TEST(Busy, AllDayTakesTheRepsDays) {
  EXPECT_EQ(stretches(busy({all_day("2026-03-07", "2026-03-08")}).bare()),
            Lines{"2026-03-07 00:00 to 2026-03-09 00:00"});
  // The day on which the clocks go forward has 23 hours.
  const Blocked blocked = busy({all_day("2026-03-08", "2026-03-08")}).bare();
  EXPECT_EQ(blocked.stretches().front().end - blocked.stretches().front().start,
            std::chrono::hours{23});
  EXPECT_TRUE(busy({all_day("2026-03-08", "2026-03-07")}).bare().stretches().empty());
}

TEST(Busy, OutOfOfficeTakesEveryDayItTouches) {
  Occurrence away = event("2026-03-09 14:00", 24 * 60);
  away.out_of_office = true;
  EXPECT_EQ(stretches(busy({away}).bare()), Lines{"2026-03-09 00:00 to 2026-03-11 00:00"});
  away.end = when("2026-03-10 00:00");
  EXPECT_EQ(stretches(busy({away}).bare()), Lines{"2026-03-09 00:00 to 2026-03-10 00:00"});
}

TEST(Busy, KeepsTenMinutesAroundEverything) {
  EXPECT_EQ(stretches(busy({event("2026-03-09 13:00", 60)}).with_gaps("")),
            Lines{"2026-03-09 12:50 to 2026-03-09 14:10"});
}

TEST(Busy, KeepsTimeToTravelBetweenTwoPlaces) {
  Occurrence visit = event("2026-03-09 13:00", 60);
  visit.location = "12 Mill Street";
  const Busy taken = busy({visit});
  EXPECT_EQ(stretches(taken.with_gaps("Acme Press, Elm Road 3")),
            Lines{"2026-03-09 12:30 to 2026-03-09 14:30"});
  for (const char* near : {"", "12  MILL street", "https://meet.example/x", "Microsoft Teams"})
    EXPECT_EQ(stretches(taken.with_gaps(near)), Lines{"2026-03-09 12:50 to 2026-03-09 14:10"})
        << near;
}

TEST(Busy, LetsTheCalendarsTravelTimeWin) {
  Occurrence visit = event("2026-03-09 13:00", 60);
  visit.location = "12 Mill Street";
  visit.travel_minutes = 50;
  EXPECT_EQ(stretches(busy({visit}).with_gaps("Elm Road 3")),
            Lines{"2026-03-09 12:10 to 2026-03-09 14:50"});
  EXPECT_EQ(stretches(busy({visit}).with_gaps("")), Lines{"2026-03-09 12:10 to 2026-03-09 14:10"});
  visit.travel_minutes = 15;
  EXPECT_EQ(stretches(busy({visit}).with_gaps("Elm Road 3")),
            Lines{"2026-03-09 12:45 to 2026-03-09 14:15"});
  visit.travel_minutes = 5;
  EXPECT_EQ(stretches(busy({visit}).with_gaps("Elm Road 3")),
            Lines{"2026-03-09 12:50 to 2026-03-09 14:10"});
}

TEST(Busy, AddsReplacesAndRemovesOurs) {
  Busy taken = busy({event("2026-03-09 13:00", 60, "foreign")});
  taken.add({"iou-1", when("2026-03-09 10:00"), when("2026-03-09 10:20"), "", {}});
  taken.add({"iou-1", when("2026-03-09 15:00"), when("2026-03-09 15:20"), "", {}});
  taken.add({"", when("2026-03-09 16:00"), when("2026-03-09 16:20"), "", {}});
  taken.add({"empty", when("2026-03-09 17:00"), when("2026-03-09 17:00"), "", {}});
  EXPECT_EQ(stretches(taken.bare()),
            (Lines{"2026-03-09 13:00 to 2026-03-09 14:00", "2026-03-09 15:00 to 2026-03-09 15:20",
                   "2026-03-09 16:00 to 2026-03-09 16:20"}));
  EXPECT_EQ(stretches(taken.bare("foreign")), (Lines{"2026-03-09 15:00 to 2026-03-09 15:20",
                                                     "2026-03-09 16:00 to 2026-03-09 16:20"}));
  EXPECT_EQ(
      stretches(taken.with_gaps("", "iou-1")),
      (Lines{"2026-03-09 12:50 to 2026-03-09 14:10", "2026-03-09 15:50 to 2026-03-09 16:30"}));
  taken.remove("iou-1");
  EXPECT_EQ(taken.bare().stretches().size(), 2U);
}

TEST(Places, ArePhysicalUnlessTheyMeanACall) {
  for (const char* place : {"12 Mill Street", "Elm Road 3", "Cafe Anton", "Room 4"})
    EXPECT_TRUE(is_physical_place(place)) << place;
  for (const char* call : {"", "  ", "https://zoom.us/j/1", "ZOOM", "Microsoft Teams Meeting",
                           "Phone", "online", "Google Meet"})
    EXPECT_FALSE(is_physical_place(call)) << call;
}

TEST(Busy, AnswersTwentyThousandOccurrencesAtOnce) {
  std::mt19937 random(7);
  std::vector<Occurrence> occurrences;
  for (int i = 0; i < 20'000; ++i) {
    Occurrence one = event("2026-01-01 00:00", 30, std::to_string(i));
    const Minutes shift{static_cast<int>(random() % (500 * 24 * 60))};
    one.start += shift;
    one.end += shift;
    occurrences.push_back(one);
  }
  const auto begin = std::chrono::steady_clock::now();
  const Busy taken = busy(occurrences);
  int free = 0;
  for (int i = 0; i < 10; ++i) {
    const Blocked blocked = taken.with_gaps("");
    for (int k = 0; k < 300; ++k) {
      const auto start = when("2026-03-09 09:00") + Minutes{15 * (i * 300 + k)};
      free += blocked.is_free(start, start + Minutes{20}) ? 1 : 0;
    }
  }
  EXPECT_GT(free, 0);
  // Twenty times what it takes with sanitizers on a slow machine; a quadratic search takes minutes.
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds{20});
}

}  // namespace
}  // namespace ioud::domain
