#include "app/pass_times.hpp"

#include <algorithm>

namespace ioud::app {
namespace {

constexpr core::Minutes longest_patience{60};
/// A plan that wants another look at once gets it a minute later: never a busy loop.
constexpr core::Minutes shortest_rest{1};
/// Between passes on news, so that a source which never rests leaves the machine to its user. A few
/// may follow each other at once: a mail that is sent is often news two or three times over, as a
/// draft that comes, as one that goes, and as sent mail.
constexpr std::chrono::seconds breath{1};

}  // namespace

PassTimes::PassTimes(core::Minutes settle, core::TimeOfDay daily, core::Zone zone,
                     std::optional<core::Minutes> poll)
    : settle_(settle), daily_(daily), zone_(zone), poll_(poll) {}

void PassTimes::news(core::Instant now) {
  news_ = now;
  if (!first_news_) first_news_ = now;
  settled_ = std::min(now + settle_, *first_news_ + 3 * settle_);
}

core::Instant PassTimes::next_daily(core::Instant now) const {
  const core::Date today = core::date_in(zone_, now);
  const core::Instant at = core::instant_in(zone_, today, daily_);
  return at > now ? at : core::instant_in(zone_, core::add_days(today, 1), daily_);
}

bool PassTimes::begin(core::Instant now) {
  news_.reset();
  const bool is_settled = !settled_ || *settled_ <= now;
  if (!is_settled) return false;
  first_news_.reset();
  settled_.reset();
  return true;
}

void PassTimes::note_end(core::Instant now) {
  std::rotate(ended_.begin(), ended_.begin() + 1, ended_.end());
  ended_.back() = now;
}

void PassTimes::passed(core::Instant now, core::Instant next_look) {
  note_end(now);
  patience_ = core::Minutes{1};
  planned_ = next_daily(now);
  if (next_look > core::Instant{}) planned_ = std::min(planned_, next_look);
  if (poll_) planned_ = std::min(planned_, now + *poll_);
  planned_ = std::max(planned_, now + shortest_rest);
}

void PassTimes::failed(core::Instant now) {
  note_end(now);
  planned_ = now + patience_;
  patience_ = std::min(patience_ * 2, longest_patience);
}

core::Instant PassTimes::next() const {
  core::Instant at = planned_;
  if (settled_) at = std::min(at, *settled_);
  const core::Instant rested = std::min<core::Instant>(
      ended_.front() + breath * static_cast<int>(ended_.size()), ended_.back() + breath);
  if (news_) at = std::min(at, std::max(*news_, rested));
  return at;
}

}  // namespace ioud::app
