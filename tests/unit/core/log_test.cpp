#include "core/log.hpp"

#include <gtest/gtest.h>

#include "core/secret.hpp"

namespace ioud::core {
namespace {

std::string written(Level lowest, auto write) {
  testing::internal::CaptureStderr();
  StandardLog log(lowest);
  write(log);
  return testing::internal::GetCapturedStderr();
}

TEST(StandardLog, WritesTheEventAndItsFields) {
  EXPECT_EQ(written(Level::debug,
                    [](Log& log) {
                      log.info("pass.done", {{"account", "disk"},
                                             {"items", 12},
                                             {"bytes", std::size_t{7}},
                                             {"lag", -3LL},
                                             {"path", std::string("a/b-c_d.e:1@x+y")}});
                    }),
            "info: pass.done account=disk items=12 bytes=7 lag=-3 path=a/b-c_d.e:1@x+y\n");
}

TEST(StandardLog, NamesEveryLevel) {
  EXPECT_EQ(written(Level::debug,
                    [](Log& log) {
                      log.debug("a");
                      log.info("b");
                      log.warning("c");
                      log.error("d");
                    }),
            "debug: a\ninfo: b\nwarning: c\nerror: d\n");
}

TEST(StandardLog, LeavesOutWhatIsBelowItsLevel) {
  EXPECT_EQ(written(Level::warning,
                    [](Log& log) {
                      log.debug("a");
                      log.info("b");
                      log.warning("c");
                      log.error("d");
                    }),
            "warning: c\nerror: d\n");
}

TEST(StandardLog, QuotesWhatIsNotPlain) {
  EXPECT_EQ(written(Level::info,
                    [](Log& log) {
                      log.info("x", {{"empty", ""}, {"text", "two words"}, {"odd", "a\"b\\c"}});
                    }),
            "info: x empty=\"\" text=\"two words\" odd=\"a\\\"b\\\\c\"\n");
}

TEST(StandardLog, KeepsAValueOnOneLine) {
  EXPECT_EQ(
      written(Level::info, [](Log& log) { log.info("x", {{"v", "one\nerror: forged\x7F\t{}"}}); }),
      "info: x v=\"one error: forged  {}\"\n");
}

TEST(Secret, HoldsAndHandsOverItsBytes) {
  Secret secret("hunter2");
  EXPECT_FALSE(secret.empty());
  EXPECT_EQ(secret.reveal(), "hunter2");
  Secret copy = secret;
  const Secret moved = std::move(copy);
  EXPECT_EQ(moved.reveal(), "hunter2");
  secret = Secret();
  EXPECT_TRUE(secret.empty());
  static_assert(!std::is_convertible_v<Secret, std::string>);
}

}  // namespace
}  // namespace ioud::core
