#include "domain/placement.hpp"

#include <gtest/gtest.h>

#include "unit/domain/agenda_samples.hpp"

namespace ioud::domain {
namespace {

using namespace agenda_samples;

Counterpart acme() { return {"Acme Press", chicago(), {}}; }

Wish talk(std::string_view delivered, int minutes = 20) {
  Wish wish;
  wish.minutes = minutes;
  wish.delivery = when(std::string(delivered) + " 24:00");
  return wish;
}

std::string found(const Agenda& in, const Wish& wish, const Counterpart& with = acme()) {
  return shown(find_slot(in, with, wish));
}

TEST(FindSlot, SaturdaysPartIsMondaysTalk) {
  const std::vector<Occurrence> monday = {event("2026-03-09 09:30", 45),
                                          event("2026-03-09 10:30", 30)};
  EXPECT_EQ(found(agenda("2026-03-04 14:30", monday), talk("2026-03-07")), "2026-03-09 11:15");
  std::vector<Occurrence> dentist = monday;
  dentist.push_back(event("2026-03-09 11:00", 60));
  EXPECT_EQ(found(agenda("2026-03-04 14:30", dentist), talk("2026-03-07")), "2026-03-09 13:00");
}

TEST(FindSlot, CountsWhatIsBusyAsItReallyIs) {
  const Agenda in = agenda("2026-03-10 11:00",
                           {all_day("2026-03-12", "2026-03-12"), event("2026-03-13 09:00", 75)});
  EXPECT_EQ(found(in, talk("2026-03-11")), "2026-03-13 10:30");
}

TEST(FindSlot, SkipsHolidaysOfBothSides) {
  const Agenda in = agenda("2026-05-21 10:00", {}, {day("2026-05-25")});
  EXPECT_EQ(found(in, talk("2026-05-23")), "2026-05-26 10:00");
  const Counterpart away{"Acme Press", chicago(), core::Holidays({day("2026-05-26")})};
  EXPECT_EQ(found(in, talk("2026-05-23"), away), "2026-05-27 10:00");
}

TEST(FindSlot, KeepsTheClientsHoursAcrossTheChangeOfClocks) {
  const Counterpart berlin{"Werk AG", zone("Europe/Berlin"), {}};
  EXPECT_EQ(found(agenda("2026-03-16 09:00"), talk("2026-03-17"), berlin), "2026-03-18 10:00");
  EXPECT_EQ(found(agenda("2026-03-26 09:00"), talk("2026-03-28"), berlin), "2026-03-30 09:30");
}

TEST(FindSlot, KeepsTheClientsOwnWeekday) {
  // Friday afternoon in Chicago is Saturday in Sydney, and Sunday evening would be their Monday.
  Agenda in = agenda("2026-03-12 10:00");
  in.hours.sitdown_to = core::TimeOfDay(19, 0);
  in.hours.friday_to = core::TimeOfDay(19, 0);
  const Counterpart sydney{"Harbour", zone("Australia/Sydney"), {}};
  EXPECT_EQ(found(in, talk("2026-03-12"), sydney), "2026-03-16 17:00");
}

TEST(FindSlot, StartsAtLeastSixteenHoursAhead) {
  // 16 hours after 19:00 is 11:00 of the next day.
  EXPECT_EQ(found(agenda("2026-03-02 19:00"), talk("2026-03-02")), "2026-03-03 11:00");
  Wish spoken = talk("2026-03-02");
  spoken.needs_notice = false;
  EXPECT_EQ(found(agenda("2026-03-02 19:00"), spoken), "2026-03-03 10:00");
}

TEST(FindSlot, StaysOffLunchAndFridaysEnd) {
  const std::vector<Occurrence> morning = {event("2026-03-03 09:00", 135)};  // until 11:15
  EXPECT_EQ(found(agenda("2026-03-02 08:00", morning), talk("2026-03-02", 30)), "2026-03-03 11:30");
  EXPECT_EQ(found(agenda("2026-03-02 08:00", morning), talk("2026-03-02", 45)), "2026-03-03 13:00");
  // On Friday only the last hour before 15:00 is left.
  const std::vector<Occurrence> friday = {event("2026-03-06 09:00", 290)};  // until 13:50
  EXPECT_EQ(found(agenda("2026-03-05 08:00", friday), talk("2026-03-05", 45)), "2026-03-06 14:00");
  EXPECT_EQ(found(agenda("2026-03-05 08:00", friday), talk("2026-03-05", 61)), "2026-03-09 10:00");
}

TEST(FindSlot, TakesTheEarlierOfEquals) {
  // 10:00 is taken; 09:30 and 10:30 are equally far from it.
  EXPECT_EQ(
      found(agenda("2026-03-02 08:00", {event("2026-03-03 10:00", 15)}), talk("2026-03-02", 15)),
      "2026-03-03 09:30");
}

TEST(FindSlot, WeighsADayAgainstFourHours) {
  // Only 13:00 or later is free: 0.75 today against 1 tomorrow; 14:15 costs 1.0625.
  EXPECT_EQ(found(agenda("2026-03-02 08:00", {event("2026-03-03 09:00", 275)}), talk("2026-03-02")),
            "2026-03-03 13:45");
  EXPECT_EQ(found(agenda("2026-03-02 08:00", {event("2026-03-03 09:00", 305)}), talk("2026-03-02")),
            "2026-03-04 10:00");
}

TEST(FindSlot, CountsDaysFromTheFirstThatMayBeSearched) {
  Agenda in = agenda("2026-03-02 08:00");
  EXPECT_EQ(found(in, talk("2026-02-27")), "2026-03-03 10:00");
  Wish never_delivered;
  EXPECT_EQ(found(in, never_delivered), "2026-03-03 10:00");
  never_delivered.minutes = 15;
  never_delivered.not_before = when("2026-03-16 00:00");
  EXPECT_EQ(found(in, never_delivered), "2026-03-16 10:00");
  never_delivered.not_before = when("2026-03-16 10:05");
  EXPECT_EQ(found(in, never_delivered), "2026-03-16 10:15");
}

TEST(FindSlot, LooksFiveThenTenDaysAhead) {
  const auto until = [](std::string_view last) {
    return agenda("2026-03-02 08:00", {all_day("2026-03-03", last)});
  };
  EXPECT_EQ(found(until("2026-03-09"), talk("2026-03-02")), "2026-03-10 10:00");
  EXPECT_EQ(found(until("2026-03-13"), talk("2026-03-02")), "2026-03-16 10:00");
  EXPECT_EQ(found(until("2026-03-16"), talk("2026-03-02")), "none");
  Wish thanks = talk("2026-03-02");
  thanks.window_days = 2;
  EXPECT_EQ(found(until("2026-03-03"), thanks), "2026-03-04 10:00");
  EXPECT_EQ(found(until("2026-03-04"), thanks), "none");
}

TEST(FindSlot, PrefersTheFirstWindowEvenAtAHigherPrice) {
  // Day five at 16:00 costs 5.5, day six would cost 5: still inside five days is what counts.
  const Agenda in = agenda("2026-03-02 08:00",
                           {all_day("2026-03-03", "2026-03-06"), event("2026-03-09 09:00", 410)});
  EXPECT_EQ(found(in, talk("2026-03-02")), "2026-03-09 16:00");
}

TEST(FindSlot, UsesWideHoursOnlyWhereTheUsualOnesNeverMeet) {
  // Tokyo is 14 hours ahead in summer: 17:00 in Chicago is 07:00 there, 18:00 is 08:00.
  const Counterpart tokyo{"Kanda", zone("Asia/Tokyo"), {}};
  EXPECT_EQ(found(agenda("2026-06-01 08:00"), talk("2026-06-01"), tokyo), "2026-06-02 18:00 wide");
  // Kolkata: 07:00 in Chicago is 17:30 there in summer, and 18:30 in winter.
  const Counterpart kolkata{"Howrah", zone("Asia/Kolkata"), {}};
  EXPECT_EQ(found(agenda("2026-06-01 08:00"), talk("2026-06-01"), kolkata),
            "2026-06-02 07:00 wide");
  EXPECT_EQ(found(agenda("2026-01-12 08:00"), talk("2026-01-12"), kolkata), "none");
  // Busy is no reason for wide hours.
  EXPECT_EQ(
      found(agenda("2026-03-02 08:00", {all_day("2026-03-03", "2026-03-16")}), talk("2026-03-02")),
      "none");
}

TEST(FindSlot, KeepsTheLimitsOfTheDayTheWeekAndTheClient) {
  Agenda in = agenda("2026-03-02 08:00");
  in.book({"iou-1", "Initech", when("2026-03-03 13:00")}, 20, "");
  in.book({"iou-2", "Newco", when("2026-03-03 14:00")}, 20, "");
  EXPECT_EQ(found(in, talk("2026-03-02")), "2026-03-04 10:00");
  in.book({"iou-3", "Werk", when("2026-03-04 13:00")}, 20, "");
  in.book({"iou-4", "Druck", when("2026-03-05 13:00")}, 20, "");
  EXPECT_EQ(found(in, talk("2026-03-02")), "2026-03-04 10:00");
  in.book({"iou-5", "Kern", when("2026-03-06 13:00")}, 20, "");
  EXPECT_EQ(found(in, talk("2026-03-02")), "2026-03-09 10:00");
  // Acme itself was met on Wednesday the 4th; seven days later is the first day again.
  in.booked.clear();
  in.booked.push_back({"iou-6", "Acme Press", when("2026-03-04 16:00")});
  EXPECT_EQ(found(in, talk("2026-03-02")), "2026-03-11 10:00");
  Wish itself = talk("2026-03-02");
  itself.uid = "iou-6";
  EXPECT_EQ(found(in, itself), "2026-03-03 10:00");
}

TEST(FindSlot, BookingTheSameTalkAgainMovesIt) {
  Agenda in = agenda("2026-03-02 08:00");
  in.book({"iou-1", "Initech", when("2026-03-03 10:00")}, 20, "");
  in.book({"iou-1", "Initech", when("2026-03-04 10:00")}, 20, "");
  EXPECT_EQ(in.booked.size(), 1U);
  EXPECT_EQ(found(in, talk("2026-03-02")), "2026-03-03 10:00");
}

TEST(FindSlot, LeavesTimeToTravel) {
  Occurrence visit = event("2026-03-03 09:00", 30);
  visit.location = "12 Mill Street";
  Wish there = talk("2026-03-02");
  there.place = "Elm Road 3";
  EXPECT_EQ(found(agenda("2026-03-02 08:00", {visit}), there), "2026-03-03 10:00");
  visit.end += core::Minutes{10};
  EXPECT_EQ(found(agenda("2026-03-02 08:00", {visit}), there), "2026-03-03 10:15");
  EXPECT_EQ(found(agenda("2026-03-02 08:00", {visit}), talk("2026-03-02")), "2026-03-03 10:00");
}

TEST(NamedDay, IsTakenNearestToTen) {
  Wish spoken = talk("2026-03-07");
  spoken.needs_notice = false;
  spoken.on = day("2026-03-10");
  EXPECT_EQ(found(agenda("2026-03-04 10:00"), spoken), "2026-03-10 10:00");
  EXPECT_EQ(found(agenda("2026-03-04 10:00", {event("2026-03-10 09:00", 180)}), spoken),
            "2026-03-10 13:00");
}

TEST(NamedDay, StandsAboveWeekendsHolidaysAndLimits) {
  Wish spoken = talk("2026-03-04");
  spoken.needs_notice = false;
  spoken.on = day("2026-03-07");
  EXPECT_EQ(found(agenda("2026-03-04 10:00"), spoken), "2026-03-07 10:00");
  Agenda in = agenda("2026-03-04 10:00", {}, {day("2026-03-09")});
  in.booked = {{"a", "Acme Press", when("2026-03-09 13:00")},
               {"b", "Newco", when("2026-03-09 14:00")}};
  spoken.on = day("2026-03-09");
  EXPECT_EQ(found(in, spoken), "2026-03-09 10:00");
}

TEST(NamedDay, GivesWayWhenItIsFullOrBeforeDelivery) {
  Wish spoken = talk("2026-03-07");
  spoken.needs_notice = false;
  spoken.on = day("2026-03-09");
  EXPECT_EQ(found(agenda("2026-03-04 10:00", {all_day("2026-03-09", "2026-03-09")}), spoken),
            "2026-03-10 10:00");
  spoken.on = day("2026-03-06");
  EXPECT_EQ(found(agenda("2026-03-04 10:00"), spoken), "2026-03-09 10:00");
  // Delivered at 11:00 of the named day: any time from then.
  spoken.on = day("2026-03-09");
  spoken.delivery = when("2026-03-09 11:00");
  EXPECT_EQ(found(agenda("2026-03-04 10:00"), spoken), "2026-03-09 11:00");
}

TEST(NamedDay, MayBeWide) {
  Wish spoken;
  spoken.on = day("2026-06-03");
  const Counterpart tokyo{"Kanda", zone("Asia/Tokyo"), {}};
  EXPECT_EQ(found(agenda("2026-06-01 08:00"), spoken, tokyo), "2026-06-03 18:00 wide");
}

TEST(AtDelivery, WaitsTenMinutesAfterTheArrival) {
  const Agenda in = agenda("2026-03-05 13:00");
  EXPECT_EQ(at_delivery(in, when("2026-03-05 18:00")), (Visit{when("2026-03-05 18:10"), 15}));
  EXPECT_EQ(at_delivery(in, when("2026-03-05 18:00"), 30), (Visit{when("2026-03-05 18:10"), 30}));
}

TEST(AtDelivery, EndsByEight) {
  const Agenda in = agenda("2026-03-05 13:00");
  EXPECT_TRUE(at_delivery(in, when("2026-03-05 19:35")));
  EXPECT_FALSE(at_delivery(in, when("2026-03-05 19:36")));
  EXPECT_FALSE(at_delivery(in, when("2026-03-05 19:30"), 30));
  EXPECT_FALSE(at_delivery(in, when("2026-03-05 23:50")));
}

TEST(PiggyBack, RidesInTheLastTenMinutes) {
  Occurrence walk = meeting_with("2026-03-13 14:00", 60, "omar@initech.test", "walk");
  walk.location = "Plant 2";
  const Agenda in = agenda("2026-03-10 11:00", {walk});
  const auto delivery = when("2026-03-11 24:00");
  const auto ride = piggy_back(in, {walk}, {"omar@initech.test"}, "Initech", delivery);
  EXPECT_EQ(ride,
            (Ride{"walk", when("2026-03-13 14:50"), 10, when("2026-03-13 14:00"), "Plant 2"}));
}

TEST(PiggyBack, TakesTheEarliestMeetingAfterDelivery) {
  const Agenda in = agenda("2026-03-10 11:00");
  const std::vector<std::string> omar = {"omar@initech.test"};
  const std::vector<Occurrence> meetings = {
      meeting_with("2026-03-16 09:00", 30, "omar@initech.test", "later"),
      meeting_with("2026-03-11 09:00", 30, "omar@initech.test", "before"),
      meeting_with("2026-03-12 15:00", 30, "omar@initech.test", "first"),
      meeting_with("2026-03-12 09:00", 30, "meg@acme.test", "other")};
  const auto ride = piggy_back(in, meetings, omar, "Initech", when("2026-03-11 12:00"));
  ASSERT_TRUE(ride);
  EXPECT_EQ(ride->host, "first");
  // Without a delivery, and for one long past, what counts is now.
  EXPECT_EQ(piggy_back(in, meetings, omar, "Initech", std::nullopt)->host, "before");
  EXPECT_EQ(piggy_back(in, meetings, omar, "Initech", when("2026-03-01 12:00"))->host, "before");
}

TEST(PiggyBack, LooksToTheEndOfTheFifthBusinessDay) {
  const Agenda in = agenda("2026-03-10 11:00");
  const auto rides = [&in](std::string_view start) {
    return piggy_back(in, {meeting_with(start, 30, "omar@initech.test")}, {"omar@initech.test"},
                      "Initech", when("2026-03-11 12:00"))
        .has_value();
  };
  EXPECT_TRUE(rides("2026-03-18 20:00"));
  EXPECT_FALSE(rides("2026-03-19 09:00"));
  // The end of a due day is midnight, and still that day.
  EXPECT_FALSE(piggy_back(in, {meeting_with("2026-03-19 09:00", 30, "omar@initech.test")},
                          {"omar@initech.test"}, "Initech", when("2026-03-11 24:00")));
}

TEST(PiggyBack, LeavesOutWhatIsNoTalk) {
  const Agenda in = agenda("2026-03-10 11:00");
  const auto rides = [&in](const Occurrence& one) {
    return piggy_back(in, {one}, {"omar@initech.test"}, "Initech", std::nullopt).has_value();
  };
  const Occurrence good = meeting_with("2026-03-12 15:00", 30, "omar@initech.test");
  EXPECT_TRUE(rides(good));
  Occurrence organised = event("2026-03-12 15:00", 30);
  organised.organizer = "omar@initech.test";
  EXPECT_TRUE(rides(organised));
  Occurrence bad = good;
  bad.readable = false;
  EXPECT_FALSE(rides(bad));
  bad = good;
  bad.busy = false;
  EXPECT_FALSE(rides(bad));
  bad = good;
  bad.cancelled = true;
  EXPECT_FALSE(rides(bad));
  bad = good;
  bad.all_day = true;
  EXPECT_FALSE(rides(bad));
  EXPECT_FALSE(rides(meeting_with("2026-03-12 15:00", 9, "omar@initech.test")));
}

TEST(PiggyBack, KeepsSevenDaysBetweenTalksWithAClient) {
  Agenda in = agenda("2026-03-10 11:00");
  in.booked = {{"iou-1", "Initech", when("2026-03-09 10:00")}};
  const std::vector<Occurrence> meeting = {
      meeting_with("2026-03-12 15:00", 30, "omar@initech.test")};
  EXPECT_FALSE(piggy_back(in, meeting, {"omar@initech.test"}, "Initech", std::nullopt));
  EXPECT_TRUE(piggy_back(in, meeting, {"omar@initech.test"}, "Initech", std::nullopt, "iou-1"));
}

TEST(StillPossible, UntilASlipOrAClashOrAHoliday) {
  const Slot standing{when("2026-03-09 10:00"), false};
  Wish wish = talk("2026-03-07");
  wish.uid = "iou-1";
  Agenda in = agenda("2026-03-09 09:00");
  in.book({"iou-1", "Acme Press", standing.start}, 20, "");
  EXPECT_TRUE(is_still_possible(in, acme(), wish, standing));
  EXPECT_FALSE(is_still_possible(in, acme(), talk("2026-03-09"), standing)) << "slip to its day";
  EXPECT_FALSE(is_still_possible(in, acme(), talk("2026-03-11"), standing)) << "slip past it";
  wish.not_before = when("2026-03-10 00:00");
  EXPECT_FALSE(is_still_possible(in, acme(), wish, standing)) << "later";
  wish.not_before.reset();
  const Counterpart away{"Acme Press", chicago(), core::Holidays({day("2026-03-09")})};
  EXPECT_FALSE(is_still_possible(in, away, wish, standing)) << "holiday";
  in.busy.add({"new", when("2026-03-09 10:25"), when("2026-03-09 11:00"), "", {}});
  EXPECT_FALSE(is_still_possible(in, acme(), wish, standing)) << "no breath before the next";
}

TEST(StillPossible, InTheHoursItWasMadeFor) {
  const Agenda in = agenda("2026-06-01 08:00");
  const Counterpart tokyo{"Kanda", zone("Asia/Tokyo"), {}};
  EXPECT_TRUE(is_still_possible(in, tokyo, talk("2026-06-01"), {when("2026-06-02 18:00"), true}));
  EXPECT_FALSE(is_still_possible(in, tokyo, talk("2026-06-01"), {when("2026-06-02 18:00"), false}));
  Wish spoken = talk("2026-06-04");
  spoken.on = day("2026-06-06");
  EXPECT_TRUE(is_still_possible(in, acme(), spoken, {when("2026-06-06 10:00"), false}));
  spoken.delivery = when("2026-06-06 10:30");
  EXPECT_FALSE(is_still_possible(in, acme(), spoken, {when("2026-06-06 10:00"), false}));
}

TEST(WorthMoving, SavesABusinessDayAndLeavesTomorrowAlone) {
  const Agenda in = agenda("2026-03-04 11:00");
  const auto worth = [&in](std::string_view standing, std::string_view found_at, int moves = 0) {
    return is_worth_moving(in, when(standing), when(found_at), moves);
  };
  EXPECT_TRUE(worth("2026-03-09 10:00", "2026-03-05 10:00"));
  EXPECT_TRUE(worth("2026-03-09 10:00", "2026-03-06 10:00"));
  EXPECT_FALSE(worth("2026-03-09 10:00", "2026-03-09 09:30")) << "the same day";
  EXPECT_FALSE(worth("2026-03-09 10:00", "2026-03-10 09:30")) << "later";
  EXPECT_TRUE(worth("2026-03-09 10:00", "2026-03-05 10:00", 1));
  EXPECT_FALSE(worth("2026-03-09 10:00", "2026-03-05 10:00", 2)) << "moved twice";
  EXPECT_TRUE(worth("2026-03-05 07:00", "2026-03-04 16:00"));
  EXPECT_FALSE(worth("2026-03-05 06:59", "2026-03-04 16:00")) << "too near";
}

}  // namespace
}  // namespace ioud::domain
