// Every zone there is, by IANA name and by Windows name, against the word of another program
// (zone_reference.py): series across changes of offset, with exceptions and overrides.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <sstream>

#include "fakes/may_skip.hpp"
#include "fakes/real_server.hpp"
#include "formats/ical.hpp"
#include "formats/recurrence.hpp"

namespace ioud {
namespace {

/// When the instances of the one series begin, in seconds since 1970.
core::Result<std::vector<long long>> starts_of(const std::string& ics) {
  const auto object = formats::read_calendar(ics);
  if (!object) return tl::unexpected(object.error());
  const auto from = core::parse_rfc3339("2024-12-01T00:00:00Z").value();
  const auto to = core::parse_rfc3339("2028-02-01T00:00:00Z").value();
  const auto instances = formats::expand(object->series.at(0), from, to, core::Zone());
  if (!instances) return tl::unexpected(instances.error());
  std::vector<long long> starts;
  for (const formats::Instance& one : *instances)
    starts.push_back(one.start.time_since_epoch().count());
  return starts;
}

TEST(ZoneContract, EverySeriesBeginsWhenAnotherProgramSays) {
  const std::string script = "/usr/bin/python3 " IOUD_ZONE_REFERENCE;
  if (fakes::may_skip() && std::system("/usr/bin/python3 -c 'import tzlocal' 2>/dev/null") != 0)
    GTEST_SKIP() << "python3-tzlocal is not installed";
  std::istringstream lines(fakes::output_of(script + " /dev/stdout"));
  std::size_t compared = 0;
  for (std::string line; std::getline(lines, line); ++compared) {
    const auto wanted = nlohmann::json::parse(line);
    const auto starts = starts_of(wanted.at("ics"));
    ASSERT_TRUE(starts) << wanted.at("name") << ": " << starts.error().text;
    EXPECT_EQ(*starts, wanted.at("starts").get<std::vector<long long>>()) << wanted.at("ics");
  }
  EXPECT_GT(compared, 2500U);  // some 600 IANA names and 139 of Windows, four changes each
}

}  // namespace
}  // namespace ioud
