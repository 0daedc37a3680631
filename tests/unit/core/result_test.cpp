#include "core/result.hpp"

#include <gtest/gtest.h>

#include <set>

namespace ioud::core {
namespace {

TEST(Fault, EachHasItsOwnName) {
  std::set<std::string> names;
  for (const Fault fault : {Fault::transient, Fault::throttled, Fault::auth, Fault::not_found,
                            Fault::conflict, Fault::rejected, Fault::protocol, Fault::config})
    names.insert(name(fault));
  EXPECT_EQ(names, (std::set<std::string>{"transient", "throttled", "auth", "not_found", "conflict",
                                          "rejected", "protocol", "config"}));
  EXPECT_STREQ(name(static_cast<Fault>(99)), "unknown");
}

TEST(Result, CarriesAValueOrAnError) {
  const Result<int> good = 4;
  EXPECT_EQ(good.value(), 4);
  const Result<int> bad = fail(Fault::config, "ioud.toml:3:1", "found 4, write 5");
  ASSERT_FALSE(bad);
  EXPECT_EQ(bad.error().fault, Fault::config);
  EXPECT_EQ(bad.error().place, "ioud.toml:3:1");
  EXPECT_EQ(bad.error().text, "found 4, write 5");
  EXPECT_FALSE(bad.error().retry_after);
}

}  // namespace
}  // namespace ioud::core
