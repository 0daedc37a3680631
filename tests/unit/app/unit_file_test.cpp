// The systemd units as text: a user unit of systemd 252 silently ignores every option that needs a
// mount namespace, unless PrivateUsers=yes stands in the same file.

#include <gmock/gmock.h>

#include <fstream>
#include <iterator>
#include <map>
#include <set>
#include <string>

#include "core/text.hpp"

namespace ioud {
namespace {

using testing::Contains;
using testing::HasSubstr;
using testing::Not;

/// The options of [Service], each with all its values.
std::multimap<std::string, std::string> service_options(const std::string& name) {
  std::ifstream in(std::string(IOUD_SYSTEMD_FOLDER "/") + name);
  const std::string text(std::istreambuf_iterator<char>(in), {});
  std::multimap<std::string, std::string> options;
  bool inside = false;
  for (const std::string& line : core::split(text, '\n')) {
    if (line.starts_with('[')) inside = line == "[Service]";
    const auto equals = line.find('=');
    if (!inside || line.starts_with('#') || equals == std::string::npos) continue;
    options.emplace(line.substr(0, equals), line.substr(equals + 1));
  }
  return options;
}

std::string value(const std::multimap<std::string, std::string>& options, const char* key) {
  const auto found = options.find(key);
  return found == options.end() ? "(absent)" : found->second;
}

class UnitFile : public testing::TestWithParam<const char*> {
 protected:
  std::multimap<std::string, std::string> options_ = service_options(GetParam());
};

TEST_P(UnitFile, PrivateUsersStandsBesideEveryMountOption) {
  const std::set<std::string> mounting = {"ProtectHome",
                                          "ProtectSystem",
                                          "PrivateTmp",
                                          "ProtectProc",
                                          "ProcSubset",
                                          "ProtectKernelTunables",
                                          "ProtectKernelModules",
                                          "ProtectControlGroups",
                                          "PrivateDevices",
                                          "ReadWritePaths",
                                          "CapabilityBoundingSet",
                                          "ProtectKernelLogs"};
  std::size_t found = 0;
  for (const auto& [key, setting] : options_) found += mounting.count(key);
  EXPECT_GE(found, 9U);
  EXPECT_EQ(value(options_, "PrivateUsers"), "yes");
}

TEST_P(UnitFile, IsReadyWhenItSaysSoAndWatched) {
  EXPECT_EQ(value(options_, "Type"), "notify");
  EXPECT_NE(value(options_, "WatchdogSec"), "(absent)");
  EXPECT_EQ(value(options_, "Restart"), "on-failure");
  EXPECT_THAT(value(options_, "RestartPreventExitStatus"), HasSubstr("78"));
  EXPECT_EQ(value(options_, "ExecReload"), "/bin/kill -HUP $MAINPID");
  EXPECT_THAT(value(options_, "ExecStart"), testing::EndsWith(" run"));
}

TEST_P(UnitFile, GivesAwayNothingItDoesNotNeed) {
  for (const char* key : {"NoNewPrivileges", "LockPersonality", "MemoryDenyWriteExecute",
                          "RestrictRealtime", "RestrictSUIDSGID", "RestrictNamespaces"})
    EXPECT_EQ(value(options_, key), "yes") << key;
  EXPECT_EQ(value(options_, "UMask"), "0077");
  EXPECT_EQ(value(options_, "RestrictAddressFamilies"), "AF_UNIX AF_INET AF_INET6");
  EXPECT_EQ(value(options_, "SystemCallFilter"), "@system-service");
  EXPECT_EQ(value(options_, "SystemCallArchitectures"), "native");
  EXPECT_EQ(value(options_, "ProtectSystem"), "strict");
  // tmpfs would hide the notify socket and the bus.
  EXPECT_EQ(value(options_, "ProtectHome"), "read-only");
}

TEST_P(UnitFile, HoldsNoSecret) {
  for (const auto& [key, setting] : options_) {
    EXPECT_NE(key, "Environment");
    EXPECT_THAT(core::ascii_lower(setting), Not(HasSubstr("password")));
  }
}

INSTANTIATE_TEST_SUITE_P(Both, UnitFile, testing::Values("ioud.service", "ioud@.service"),
                         [](const auto& unit) {
                           return std::string(unit.param) == "ioud.service" ? "User" : "System";
                         });

TEST(UserUnit, LeavesTheHomeReadOnlyButForTheState) {
  const auto options = service_options("ioud.service");
  std::vector<std::string> paths;
  for (auto [at, end] = options.equal_range("ReadWritePaths"); at != end; ++at)
    paths.push_back(at->second);
  EXPECT_THAT(paths, Contains(HasSubstr("%h/.local/state/ioud")));
  for (const std::string& path : paths) {
    EXPECT_NE(path, "%h");
    EXPECT_THAT(path, Not(HasSubstr(".config")));
  }
  // ProtectKernelLogs= keeps a user unit from starting on systemd 252.
  EXPECT_EQ(value(options, "ProtectKernelLogs"), "(absent)");
}

}  // namespace
}  // namespace ioud
