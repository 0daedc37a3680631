#include "functional/stories.hpp"

namespace ioud::functional {
namespace {

core::Instant at(const char* text) { return *core::parse_rfc3339(text); }
void nothing(World&) {}

}  // namespace

Story the_part() {
  Story story{"the_part", {}};
  const auto promise = [](World& world) {
    world.mail_from("meg@acme.test", "ask", "Wed, 04 Mar 2026 14:10:00 -0600",
                    "Our press is down. Any chance you could get us the drive belt from the "
                    "warehouse before the weekend is over?");
    world.mail_to("meg@acme.test", "promise", "Wed, 04 Mar 2026 14:25:00 -0600",
                  "No problem, I'll drop the part off Saturday.", "ask");
    world.meeting("forecast", "20260309T143000Z", "20260309T151500Z", "Forecast");
    world.meeting("team-call", "20260309T153000Z", "20260309T160000Z", "Team call");
  };
  story.moments = {
      {at("2026-03-04T14:30:00-06:00"), promise},
      {at("2026-03-05T10:00:00-06:00"), [](World& world) { world.answer_sitdown("ACCEPTED"); }},
      {at("2026-03-05T10:12:00-06:00"), nothing},
      {at("2026-03-06T09:00:00-06:00"),
       [](World& world) {
         world.client_answers("meg@acme.test", "Fri, 06 Mar 2026 08:50:00 -0600", "ACCEPTED");
       }},
      {at("2026-03-08T09:00:00-05:00"), nothing},
  };
  return story;
}

Story the_numbers() {
  Story story{"the_numbers", {}};
  const auto promise = [](World& world) {
    world.mail_to("omar@initech.test", "promise", "Tue, 10 Mar 2026 10:50:00 -0500",
                  "I'll run the audit numbers for you tomorrow.");
  };
  const auto answer = [](World& world) {
    world.client_answers("omar@initech.test", "Wed, 11 Mar 2026 08:50:00 -0500", "ACCEPTED");
  };
  story.moments = {
      {at("2026-03-10T11:00:00-05:00"), promise},
      {at("2026-03-10T12:00:00-05:00"),
       [](World& world) { world.drag_sitdown("20260312T140000", "20260312T142000"); }},
      {at("2026-03-10T15:00:00-05:00"), [](World& world) { world.answer_sitdown("ACCEPTED"); }},
      {at("2026-03-10T15:09:00-05:00"), nothing},
      {at("2026-03-10T15:12:00-05:00"), nothing},
      {at("2026-03-11T09:00:00-05:00"), answer},
      {at("2026-03-11T12:00:00-05:00"), [](World& world) { world.delete_meeting(); }},
      {at("2026-03-11T12:15:00-05:00"), nothing},
      {at("2026-03-11T12:30:00-05:00"), nothing},
  };
  return story;
}

Story the_draft() {
  Story story{"the_draft", {}, "[policy.approval]\non_accept = \"draft\"\n"};
  const auto promise = [](World& world) {
    world.mail_to("omar@initech.test", "promise", "Tue, 10 Mar 2026 10:50:00 -0500",
                  "I'll pick up your badge printer on Thursday.");
  };
  story.moments = {
      {at("2026-03-10T11:00:00-05:00"), promise},
      {at("2026-03-10T12:00:00-05:00"), [](World& world) { world.answer_sitdown("ACCEPTED"); }},
      {at("2026-03-10T12:11:00-05:00"), nothing},
      {at("2026-03-10T13:00:00-05:00"), [](World& world) { world.send_draft(); }},
      {at("2026-03-11T09:00:00-05:00"), nothing},
  };
  return story;
}

Story the_silence() {
  Story story{"the_silence", {}};
  const auto promise = [](World& world) {
    world.mail_to("omar@initech.test", "promise", "Tue, 10 Mar 2026 10:50:00 -0500",
                  "I'll run the audit numbers for you tomorrow.");
  };
  const auto say = [](const char* word) {
    return [word](World& world) { world.say_on_meeting(word); };
  };
  story.moments = {
      {at("2026-03-10T11:00:00-05:00"), promise},
      {at("2026-03-10T12:00:00-05:00"),
       [](World& world) { world.drag_sitdown("20260326T140000", "20260326T142000"); }},
      {at("2026-03-10T13:00:00-05:00"), [](World& world) { world.answer_sitdown("ACCEPTED"); }},
      {at("2026-03-10T13:11:00-05:00"), nothing},
      {at("2026-03-12T06:00:00-05:00"), nothing},
      {at("2026-03-12T10:00:00-05:00"), say("ok")},
      {at("2026-03-18T09:00:00-05:00"), nothing},
      {at("2026-03-18T10:00:00-05:00"), say("ok")},
      {at("2026-03-19T10:00:00-05:00"), [](World& world) { world.place_meeting("Corner Coffee"); }},
      {at("2026-03-19T10:11:00-05:00"), nothing},
      {at("2026-03-20T10:00:00-05:00"), say("forgive")},
      {at("2026-03-20T10:11:00-05:00"), nothing},
  };
  return story;
}

Story the_cancellation() {
  Story story{"the_cancellation", {}};
  const auto promise = [](World& world) {
    world.mail_to("omar@initech.test", "promise", "Tue, 10 Mar 2026 10:50:00 -0500",
                  "I'll run the audit numbers for you tomorrow.");
  };
  const auto answer = [](const char* date, const char* partstat) {
    return [date, partstat](World& world) {
      world.client_answers("omar@initech.test", date, partstat);
    };
  };
  story.moments = {
      {at("2026-03-10T11:00:00-05:00"), promise},
      {at("2026-03-10T12:00:00-05:00"), [](World& world) { world.answer_sitdown("ACCEPTED"); }},
      {at("2026-03-10T12:11:00-05:00"), nothing},
      {at("2026-03-10T14:00:00-05:00"), answer("Tue, 10 Mar 2026 13:50:00 -0500", "ACCEPTED")},
      {at("2026-03-11T09:00:00-05:00"), answer("Wed, 11 Mar 2026 08:50:00 -0500", "DECLINED")},
      {at("2026-03-11T09:15:00-05:00"), nothing},
  };
  return story;
}

std::vector<Story> all_stories() {
  return {the_part(), the_numbers(), the_draft(), the_silence(), the_cancellation()};
}

}  // namespace ioud::functional
