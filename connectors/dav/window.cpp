#include "connectors/dav/window.hpp"

#include <algorithm>

namespace ioud::connectors::dav {
namespace {

constexpr int days_before = 14;
constexpr int days_after = 90;
constexpr std::chrono::hours between_listings{1};

core::Date day_of(core::Instant at) { return core::date_in(core::Zone(), at); }

}  // namespace

std::string Window::token() const { return std::to_string(listed_.time_since_epoch().count()); }

core::Date Window::begin() const { return core::add_days(day_of(listed_), -days_before); }

core::Date Window::end() const { return core::add_days(day_of(listed_), days_after); }

bool Window::holds(const std::string& token, core::Instant now) const {
  return token == this->token() && now >= listed_ && now - listed_ < between_listings;
}

bool Window::take(const std::vector<Member>& members) {
  std::set<std::string> names;
  for (const Member& member : members) {
    if (!member.is_gone) names.insert(member.name);
  }
  const bool are_all_there =
      std::includes(names.begin(), names.end(), names_.begin(), names_.end());
  names_ = std::move(names);
  return are_all_there;
}

}  // namespace ioud::connectors::dav
