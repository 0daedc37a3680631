#include "connectors/login_pace.hpp"

#include <algorithm>

namespace ioud::connectors {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;

constexpr std::size_t at_once = 3;  ///< mail is read, the inbox watched, sent mail watched
constexpr seconds first_wait{2};
constexpr seconds longest_wait = minutes(5);
constexpr std::size_t in_ten_minutes = 10;
constexpr std::size_t in_an_hour = 40;

/// When the attempt that makes the n-th last too many is older than the span.
core::Instant room_at(const std::vector<core::Instant>& attempts, std::size_t most, seconds span) {
  return attempts.size() < most ? core::Instant() : attempts[attempts.size() - most] + span;
}

}  // namespace

std::optional<core::Instant> LoginPace::begin(core::Instant now) {
  std::erase_if(fruitless_,
                [now](core::Instant at) { return at + minutes(60) <= now || at > now; });
  core::Instant next = std::max(room_at(fruitless_, in_ten_minutes, minutes(10)),
                                room_at(fruitless_, in_an_hour, minutes(60)));
  if (fruitless_.size() >= at_once) {
    const auto doublings = std::min<std::size_t>(fruitless_.size() - at_once, 10);
    const seconds wait = std::min<seconds>(longest_wait, first_wait * (1LL << doublings));
    next = std::max(next, fruitless_.back() + wait);
  }
  if (next > now) return next;
  fruitless_.push_back(now);
  return std::nullopt;
}

void LoginPace::went_well() {
  if (!fruitless_.empty()) fruitless_.erase(fruitless_.begin());
}

}  // namespace ioud::connectors
