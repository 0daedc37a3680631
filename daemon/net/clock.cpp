#include "net/clock.hpp"

namespace ioud::net {

core::Instant SystemClock::now() const {
  return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
}

}  // namespace ioud::net
