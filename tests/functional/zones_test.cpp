// The zone of the machine decides nothing: the stories leave the same bytes under each of them.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <ctime>
#include <sstream>

#include "app/demo_command.hpp"
#include "functional/stories.hpp"

namespace ioud::functional {
namespace {

constexpr const char* zones[] = {"Pacific/Pago_Pago", "America/St_Johns", "Asia/Kathmandu",
                                 "Pacific/Chatham", "Pacific/Kiritimati"};

/// The machine stands in that zone until the end of the scope.
class MachineZone {
 public:
  explicit MachineZone(const char* zone) {
    if (const char* before = std::getenv("TZ")) before_ = before;
    ::setenv("TZ", zone, 1);
    ::tzset();
  }
  MachineZone(const MachineZone&) = delete;
  MachineZone& operator=(const MachineZone&) = delete;
  ~MachineZone() {
    if (before_)
      ::setenv("TZ", before_->c_str(), 1);
    else
      ::unsetenv("TZ");
    ::tzset();
  }

 private:
  std::optional<std::string> before_;
};

struct End {
  std::map<std::string, std::string> files;
  Picture picture;
};

End end_of(const Story& story, const char* zone) {
  const MachineZone machine(zone);
  World world;
  core::NoSteps steps;
  for (const Moment& moment : story.moments) {
    moment.happens(world);
    world.pass(moment.at, steps);
  }
  return {world.files(), world.picture()};
}

/// The files of a demo, and what it printed but for the folder's own name.
std::map<std::string, std::string> demo_under(const char* zone) {
  const MachineZone machine(zone);
  const fakes::TemporaryFolder folder;
  core::StandardLog log(core::Level::error);
  std::istringstream in;
  std::ostringstream out;
  const auto root = folder.path() / "demo";
  EXPECT_EQ(app::demo({root, std::nullopt}, log, {in, out, out}), app::ExitCode::ok);
  std::map<std::string, std::string> all;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(root)) {
    const std::string path = std::filesystem::relative(entry.path(), root).string();
    if (entry.is_regular_file() && !path.starts_with("state/"))
      all[path] = folder.read("demo/" + path);
  }
  std::string printed = out.str();
  for (auto at = printed.find(root.string()); at != std::string::npos;
       at = printed.find(root.string()))
    printed.erase(at, root.string().size());
  all["(printed)"] = printed;
  return all;
}

TEST(MachineZone, ReachesTheLibrary) {
  const MachineZone machine("Pacific/Kiritimati");
  const std::time_t noon = 1773144000;
  std::tm local{};
  ::localtime_r(&noon, &local);
  EXPECT_EQ(local.tm_gmtoff, 14 * 3600);
}

TEST(MachineZone, DecidesNothingInTheStories) {
  for (const Story& story : {the_part(), the_numbers()}) {
    const End expected = end_of(story, "UTC");
    EXPECT_GT(expected.files.size(), 10U);
    for (const char* zone : zones) {
      SCOPED_TRACE(std::string(story.name) + " under TZ=" + zone);
      const End found = end_of(story, zone);
      EXPECT_EQ(found.files, expected.files);
      EXPECT_EQ(difference(expected.picture, found.picture), "");
    }
  }
}

TEST(MachineZone, DecidesNothingInTheDemo) {
  const auto expected = demo_under("UTC");
  EXPECT_GT(expected.size(), 20U);
  for (const char* zone : zones) {
    SCOPED_TRACE(std::string("TZ=") + zone);
    EXPECT_EQ(demo_under(zone), expected);
  }
}

}  // namespace
}  // namespace ioud::functional
