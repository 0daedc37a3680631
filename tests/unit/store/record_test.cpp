#include "store/record.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/pfr/tuple_size.hpp>
#include <nlohmann/json.hpp>

#include "domain/ledger.hpp"
#include "unit/store/filled.hpp"

namespace ioud::store {
namespace {

using ::testing::HasSubstr;

class FieldCounter {
 public:
  template <class T>
  void operator()(const char*, T&) {
    ++count;
  }
  std::size_t count = 0;
};

template <class T>
class EveryRecord : public ::testing::Test {};

using Kept = ::testing::Types<domain::Mail, domain::CalendarItem, CalendarRecord, CardRecord,
                              domain::Favour, domain::Iou, domain::Approval, domain::MeterRow,
                              domain::TrustRow, domain::Touch, domain::ReviewLine,
                              domain::Tombstone, domain::Verdict, domain::ItemRecord,
                              domain::DraftRecord, domain::SentRecord, domain::Baseline, Intent>;
TYPED_TEST_SUITE(EveryRecord, Kept);

TYPED_TEST(EveryRecord, ComesBackWithEveryFieldSet) {
  const auto value = filled<TypeParam>();
  const std::string text = to_record(value);
  const auto again = from_record<TypeParam>(text, "a record");
  ASSERT_TRUE(again) << again.error().text;
  EXPECT_EQ(to_record(*again), text);
  EXPECT_NE(text, to_record(TypeParam{}));
  if constexpr (std::equality_comparable<TypeParam>) {
    EXPECT_EQ(*again, value);
  }
}

TYPED_TEST(EveryRecord, ComesBackWithEveryFieldUnset) {
  const std::string text = to_record(TypeParam{});
  const auto again = from_record<TypeParam>(text, "a record");
  ASSERT_TRUE(again) << again.error().text;
  EXPECT_EQ(to_record(*again), text);
}

TYPED_TEST(EveryRecord, TakesDefaultsForFieldsItLacksAndPassesByThoseItDoesNotKnow) {
  const auto value = from_record<TypeParam>(R"({"a_field_of_tomorrow": {"x": [1]}})", "a record");
  ASSERT_TRUE(value) << value.error().text;
  EXPECT_EQ(to_record(*value), to_record(TypeParam{}));
}

TYPED_TEST(EveryRecord, SetsEachFieldApart) {
  const auto whole = nlohmann::json::parse(to_record(filled<TypeParam>()));
  const auto empty = nlohmann::json::parse(to_record(TypeParam{}));
  for (const auto& [name, part] : whole.items()) {
    EXPECT_NE(part, empty[name]) << name;
    const auto value = from_record<TypeParam>(nlohmann::json{{name, part}}.dump(), "a record");
    ASSERT_TRUE(value) << value.error().text;
    EXPECT_EQ(nlohmann::json::parse(to_record(*value))[name], part) << name;
  }
}

/// A field added to a struct and not to its description would be lost silently.
template <class T>
void expect_all_described() {
  FieldCounter counter;
  T value{};
  fields(counter, value);
  EXPECT_EQ(counter.count, boost::pfr::tuple_size_v<T>)
      << "name every field of " << ::testing::internal::GetTypeName<T>()
      << " in daemon/store/fields_*.hpp";
}

template <class... T>
void expect_all_described_in() {
  (expect_all_described<T>(), ...);
}

TEST(Record, DescribesEveryFieldOfEveryStruct) {
  expect_all_described_in<
      domain::Due, domain::SpokenAsk, domain::Slots, domain::Finding, domain::Signal,
      domain::Reading, domain::CalendarAnswer, domain::Mail, domain::Guest, domain::MeetingNotes,
      domain::CaptureEntry, domain::SeriesTime, domain::SeriesPart, domain::Series, CalendarRecord,
      domain::PartialDate, domain::CardDate, domain::Relative, domain::Card, CardRecord,
      domain::CalendarItem, domain::Change, domain::Evidence, domain::Favour, domain::Sitdown,
      domain::Invitation, domain::Iou, domain::Approval, domain::MeterRow, domain::TrustRow,
      domain::Touch, domain::ReviewLine, domain::Tombstone, domain::Verdict, domain::ItemRecord,
      domain::DraftRecord, domain::SentRecord, domain::Baseline, Intent>();
}

TEST(Record, KeepsBytesThatAreNoUtf8AndNul) {
  domain::ItemRecord item;
  item.href = std::string("caf\xe9\0.ics", 9);
  item.etag = std::string("\0", 1);
  const auto again = from_record<domain::ItemRecord>(to_record(item), "a record");
  ASSERT_TRUE(again);
  EXPECT_EQ(again->href, item.href);
  EXPECT_EQ(again->etag, item.etag);
}

TEST(Record, KeepsTimesThatFourDigitsCannotWrite) {
  using namespace std::chrono;
  domain::Mail mail;
  for (const core::Instant at :
       {core::Instant{sys_days{year{12026} / 1 / 1}}, core::Instant{sys_days{year{-3} / 1 / 1}},
        core::Instant{sys_days{year{9999} / 12 / 31}} + 86399s,
        core::Instant{sys_days{year{0} / 1 / 1}}, core::Instant{}}) {
    mail.date = at;
    const auto again = from_record<domain::Mail>(to_record(mail), "a record");
    ASSERT_TRUE(again) << again.error().text;
    EXPECT_EQ(again->date, at);
  }
  domain::SeriesTime odd;
  odd.local = core::LocalTime{seconds{400000000000}};
  odd.day = core::Date{year{2026} / 2 / 30};
  CalendarRecord record;
  record.series.emplace_back().added.push_back(odd);
  const auto again = from_record<CalendarRecord>(to_record(record), "a record");
  ASSERT_TRUE(again) << again.error().text;
  EXPECT_EQ(again->series[0].added[0].local, odd.local);
  EXPECT_EQ(again->series[0].added[0].day, core::Date{});
}

TEST(Record, WritesTimesAndNamesAsTheyAreRead) {
  domain::Iou iou;
  iou.state = domain::IouState::void_;
  iou.opened = *core::parse_rfc3339("2026-03-04T14:25:09-06:00");
  const auto json = nlohmann::json::parse(to_record(iou));
  EXPECT_EQ(json["state"], "void");
  EXPECT_EQ(json["opened"], "2026-03-04T20:25:09Z");
  EXPECT_TRUE(json["sitdown"].is_null());
}

TEST(Record, GivesStatesTheirDomainNames) {
  for (const auto& [state, name] : Names<domain::IouState>::table)
    EXPECT_STREQ(name, domain::name(state));
  for (const auto& [state, name] : Names<domain::FavourState>::table)
    EXPECT_STREQ(name, domain::name(state));
  for (const auto& [size, name] : Names<domain::Size>::table)
    EXPECT_STREQ(name, domain::name(size));
  EXPECT_STREQ(name(IntentKind::draft_remove), "draft_remove");
  EXPECT_STREQ(name(Ending::abandoned), "abandoned");
}

struct Broken {
  const char* text;
  const char* complaint;
};

class BrokenRecord : public ::testing::TestWithParam<Broken> {};

TEST_P(BrokenRecord, IsNamedWithItsField) {
  const auto value = from_record<domain::Favour>(GetParam().text, "row 7");
  ASSERT_FALSE(value);
  EXPECT_EQ(value.error().fault, core::Fault::protocol);
  EXPECT_EQ(value.error().place, "row 7");
  EXPECT_THAT(value.error().text, HasSubstr(GetParam().complaint));
}

INSTANTIATE_TEST_SUITE_P(
    All, BrokenRecord,
    ::testing::Values(
        Broken{"", "is no JSON"}, Broken{R"({"id": "a")", "is no JSON"},
        Broken{"[]", "expected an object, found []"}, Broken{R"({"id": 3})", "id: expected a text"},
        Broken{R"({"id": {"hex": "0"}})", "id: expected a text"},
        Broken{R"({"id": {"hex": "zz"}})", "id: expected a text"},
        Broken{R"({"is_visit": 1})", "is_visit: expected true or false, found 1"},
        Broken{R"({"confidence": "high"})", "confidence: expected a number, found \"high\""},
        Broken{R"({"effort_minutes": 1.5})", "effort_minutes: expected a whole number, found 1.5"},
        Broken{R"({"effort_minutes": 99999999999})", "effort_minutes: expected a smaller number"},
        Broken{R"({"state": "lost"})", "state: expected one of its names, found \"lost\""},
        Broken{R"({"offered_at": "2026-13-01T00:00:00Z"})", "offered_at: expected a text or time"},
        Broken{R"({"due": {"date": "2026-02-30"}})", "due.date: expected"},
        Broken{R"({"due": {"date": 20260203}})", "due.date: expected"},
        Broken{R"({"due": {"time": "25:00"}})", "due.time: expected"},
        Broken{R"({"due": {"time": 9}})", "due.time: expected"},
        Broken{R"({"reasons": "many"})", "reasons: expected a list"},
        Broken{R"({"evidence": [{"at": true}]})", "evidence.at: expected"}));

TEST(Record, ComplainsAboutPairsAndLengths) {
  const auto card = from_record<CardRecord>(R"({"cards": [{"notes": [["a"]]}]})", "card");
  ASSERT_FALSE(card);
  EXPECT_THAT(card.error().text, HasSubstr("cards.notes: expected a list of two"));
  const auto mail = from_record<domain::Mail>(R"({"offset": "east"})", "mail");
  ASSERT_FALSE(mail);
  EXPECT_THAT(mail.error().text, HasSubstr("offset: expected a whole number"));
  const auto series =
      from_record<CalendarRecord>(R"({"series": [{"added": [{"local": "noon"}]}]})", "event");
  ASSERT_FALSE(series);
  EXPECT_THAT(series.error().text, HasSubstr("series.added.local"));
}

}  // namespace
}  // namespace ioud::store
