// Care by the calendar as the rep sees it, with real mail, real events and the real store: answers
// that became slow, a visit, somebody who was named. Each is told once, whatever is lost meanwhile.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdio>

#include "core/text.hpp"
#include "functional/world.hpp"

namespace ioud::functional {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;

std::string without_folds(std::string text) {
  for (auto at = text.find("\r\n "); at != std::string::npos; at = text.find("\r\n ", at))
    text.erase(at, 3);
  return text;
}

class CareStory : public testing::Test {
 protected:
  CareStory() : world_({"parity", "after_sale", "referrals", "planning"}) {
    // Nothing is asked of Acme, so that only care is on the calendar.
    world_.add_to_card("meg@acme.test", "NOTE:no-asks\r\n");
  }

  /// A pass, and a second one that must write nothing.
  void look(const char* at) {
    const core::Instant now = *core::parse_rfc3339(at);
    world_.pass(now, steps_);
    const auto before = world_.files();
    const Picture known = world_.picture();
    world_.pass(now + std::chrono::seconds{20}, steps_);
    EXPECT_EQ(world_.files(), before) << at;
    EXPECT_EQ(difference(known, world_.picture()), "") << at;
  }

  /// Titles of the nudges that stand, with their days.
  std::vector<std::string> nudges() const {
    std::vector<std::string> all;
    for (const auto& [path, bytes] : world_.files()) {
      const std::string text = without_folds(bytes);
      if (!path.starts_with("calendars/ious/") || text.find("IOU-CARE") == std::string::npos)
        continue;
      const auto line = [&text](const std::string& name) {
        const auto from = text.find("\r\n" + name) + 2;
        const std::string whole = text.substr(from, text.find("\r\n", from) - from);
        return whole.substr(whole.find(':') + 1);
      };
      all.push_back(line("DTSTART;TZID=America/Chicago") + " " + line("SUMMARY"));
    }
    std::sort(all.begin(), all.end());
    return all;
  }

  /// Meg writes at nine, Tom answers so many minutes later; central daylight time.
  void exchange(int month, int day, int minutes) {
    const std::string id = "q" + std::to_string(month) + "-" + std::to_string(day);
    const auto date = [&](int minute) {
      const char* months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug"};
      char text[64];
      std::snprintf(text, sizeof text, "%02d %s 2025 %02d:%02d:00 -0500", day, months[month - 1],
                    9 + minute / 60, minute % 60);
      return std::string(text);
    };
    world_.mail_from("meg@acme.test", id, date(0), "Which ink do we use for the posters?");
    world_.mail_to("meg@acme.test", "re-" + id, date(minutes), "It was the blue one.", id);
  }

  World world_;
  core::NoSteps steps_;
};

TEST_F(CareStory, AnswersThatBecameSlowAreALineAndANudgeOnce) {
  for (const int day : {7, 8, 9, 12, 13}) exchange(5, day, 90);
  for (const int day : {21, 22, 23, 24}) exchange(7, day, 360);
  look("2025-08-05T08:00:00-05:00");
  const std::vector<std::string> two = {
      "20250806T153000 Call Meg Alvarez: a quick answer to whatever is open",
      "20250901T153000 Call Meg Alvarez: how is it going with press of 1 Jun"};  // day 90
  EXPECT_EQ(nudges(), two);
  const auto before = world_.files();
  world_.lose_cache();
  look("2025-08-05T09:00:00-05:00");
  EXPECT_EQ(world_.files(), before);
  look("2025-08-08T13:30:00-05:00");
  ASSERT_THAT(world_.outbox(), SizeIs(1));
  EXPECT_THAT(world_.outbox().front(), HasSubstr("Acme Press: 6 h against 1.5 h as a prospect"));
  world_.lose_cache();
  look("2025-08-15T13:30:00-05:00");
  ASSERT_THAT(world_.outbox(), SizeIs(2));
  for (const std::string& mail : world_.outbox()) EXPECT_THAT(mail, HasSubstr("To: Tom Reyes"));
  std::size_t told = 0;
  for (const std::string& mail : world_.outbox())
    told += mail.find("as a prospect") == std::string::npos ? 0U : 1U;
  EXPECT_EQ(told, 1U);
  EXPECT_EQ(nudges(), two);
}

TEST_F(CareStory, AfterAVisitTheClientIsAskedHowItWent) {
  world_.meeting("visit", "20260305T160000Z", "20260305T170000Z", "Press check",
                 "LOCATION:Acme Press\\, 12 Mill Lane\r\nORGANIZER:mailto:tom@rep.test\r\n"
                 "ATTENDEE;PARTSTAT=ACCEPTED:mailto:meg@acme.test\r\n");
  look("2026-03-05T10:30:00-06:00");
  EXPECT_THAT(nudges(), IsEmpty());
  look("2026-03-05T12:00:00-06:00");
  EXPECT_THAT(nudges(),
              ElementsAre("20260309T153000 Call Meg Alvarez: how did it go after the visit"));
  world_.lose_cache();
  look("2026-03-10T08:00:00-05:00");
  EXPECT_THAT(nudges(), SizeIs(1));
  EXPECT_THAT(world_.outbox(), IsEmpty());
}

TEST_F(CareStory, WhoeverNamedSomebodyIsLookedAfter) {
  world_.mail_from("meg@acme.test", "name", "Wed, 04 Mar 2026 09:10:00 -0600",
                   "You should call Dana Whitfield at Labelco.");
  look("2026-03-04T09:15:00-06:00");
  const std::vector<std::string> three = {
      "20260305T153000 Call Meg Alvarez: thanks for naming Dana Whitfield",
      "20260306T153000 Call Meg Alvarez: a note to pass on to Dana Whitfield",
      "20260403T153000 Call Meg Alvarez: tell how it went with Dana Whitfield"};
  EXPECT_EQ(nudges(), three);
  world_.lose_cache();
  look("2026-03-05T16:00:00-06:00");
  EXPECT_EQ(nudges(), three);
  for (const std::string& mail : world_.outbox()) EXPECT_THAT(mail, Not(HasSubstr("Whitfield")));
}

}  // namespace
}  // namespace ioud::functional
