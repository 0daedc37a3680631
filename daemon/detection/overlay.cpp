#include "detection/overlay.hpp"

#include <array>
#include <charconv>
#include <cstdio>

#include "core/text.hpp"
#include "detection/features.hpp"

namespace ioud::detection {
namespace {

template <class Number>
bool read_number(std::string_view text, Number& value) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc{} && end == text.data() + text.size();
}

bool is_hash(std::string_view text) {
  return text.size() == 16 && text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

}  // namespace

std::string pattern_hash(const Pattern& pattern) {
  const std::uint64_t hash =
      stable_hash(pattern.client, stable_hash(pattern.kind, stable_hash(pattern.shape)));
  std::array<char, 17> text{};
  std::snprintf(text.data(), text.size(), "%016llx", static_cast<unsigned long long>(hash));
  return text.data();
}

void Overlay::note(const Pattern& pattern, Verdict verdict, core::Date day) {
  const std::string hash = pattern_hash(pattern);
  switch (verdict) {
    case Verdict::accepted:
      counts_[{hash, day}].positive += 1;
      return;
    case Verdict::declined:
      counts_[{hash, day}].negative += 1;
      return;
    case Verdict::deleted:
      counts_[{hash, day}].negative += policy_.delete_weight;
      return;
    case Verdict::untouched:
      return;
    case Verdict::restored:
      for (auto at = counts_.lower_bound({hash, core::Date{}});
           at != counts_.end() && at->first.first == hash && at->first.second <= day; ++at) {
        at->second.negative = 0;
      }
      return;
  }
}

double Overlay::negatives(const Pattern& pattern, core::Date day) const {
  const std::string hash = pattern_hash(pattern);
  double sum = 0;
  for (auto at = counts_.lower_bound({hash, core::add_days(day, 1 - policy_.negative_days)});
       at != counts_.end() && at->first.first == hash && at->first.second <= day; ++at) {
    sum += at->second.negative;
  }
  return sum;
}

bool Overlay::review_only(const Pattern& pattern, core::Date day) const {
  return negatives(pattern, day) >= static_cast<double>(policy_.negatives);
}

Sureness Overlay::apply(Sureness sureness, const Pattern& pattern, core::Date day) const {
  return sureness == Sureness::automatic && review_only(pattern, day) ? Sureness::review : sureness;
}

std::string Overlay::exported() const {
  std::string out;
  std::array<char, 32> number{};
  for (const auto& [key, count] : counts_) {
    std::snprintf(number.data(), number.size(), " %g %d\n", count.negative, count.positive);
    out += key.first + " " + core::format(key.second) + number.data();
  }
  return out;
}

core::Result<void> Overlay::import(std::string_view text) {
  std::map<Key, Count> read;
  std::size_t number = 0;
  for (const std::string& line : core::split(text, '\n')) {
    ++number;
    if (line.empty()) continue;
    const auto parts = core::split(line, ' ');
    const auto day = parts.size() == 4 ? core::parse_date(parts[1]) : std::nullopt;
    Count count;
    if (!day || !is_hash(parts[0]) || !read_number(parts[2], count.negative) ||
        !read_number(parts[3], count.positive) || !(count.negative >= 0) || count.positive < 0) {
      return core::fail(core::Fault::rejected, "line " + std::to_string(number),
                        "is not \"hash yyyy-mm-dd negatives positives\"; "
                        "nothing was taken over");
    }
    read[{parts[0], *day}] = count;
  }
  counts_ = std::move(read);
  return {};
}

void Overlay::forget_before(core::Date day) {
  std::erase_if(counts_, [&](const auto& row) { return row.first.second < day; });
}

}  // namespace ioud::detection
