#include "core/lazy.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <thread>
#include <vector>

namespace ioud::core {
namespace {

TEST(Lazy, IsMadeOnceAndOnlyWhenAskedFor) {
  int made = 0;
  const Lazy<int> lazy([&made] { return std::make_unique<const int>(++made); });
  EXPECT_EQ(made, 0);
  EXPECT_EQ(lazy.get(), 1);
  EXPECT_EQ(lazy.get(), 1);
  EXPECT_EQ(made, 1);
}

TEST(Lazy, IsMadeOnceForSeveralThreads) {
  std::atomic<int> made = 0;
  const Lazy<int> lazy([&made] { return std::make_unique<const int>(++made); });
  std::vector<std::thread> threads;
  for (int i = 0; i < 8; ++i) threads.emplace_back([&lazy] { EXPECT_EQ(lazy.get(), 1); });
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(made, 1);
}

TEST(Lazy, AFailureIsToldAndTriedAgain) {
  int tries = 0;
  const Lazy<int> lazy([&tries]() -> std::unique_ptr<const int> {
    if (++tries == 1) throw std::runtime_error("no");
    return std::make_unique<const int>(tries);
  });
  EXPECT_THROW(lazy.get(), std::runtime_error);
  EXPECT_EQ(lazy.get(), 2);
}

}  // namespace
}  // namespace ioud::core
