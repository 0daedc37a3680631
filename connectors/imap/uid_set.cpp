#include "connectors/imap/uid_set.hpp"

#include <algorithm>
#include <charconv>

#include "core/text.hpp"

namespace ioud::connectors::imap {
namespace {

std::optional<Uid> uid_in(std::string_view text) {
  Uid uid = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), uid);
  const bool is_all = read.ec == std::errc() && read.ptr == text.data() + text.size();
  return is_all && uid > 0 ? std::optional(uid) : std::nullopt;
}

}  // namespace

void UidSet::add(Range range) {
  if (range.first > range.last) std::swap(range.first, range.last);
  // Everything that overlaps the range or touches it becomes one with it.
  const auto begin = std::lower_bound(
      ranges_.begin(), ranges_.end(), range.first,
      [](const Range& one, Uid uid) { return one.last < uid && one.last + 1 < uid; });
  auto end = begin;
  while (end != ranges_.end() && (end->first <= range.last || end->first - 1 == range.last)) {
    range.first = std::min(range.first, end->first);
    range.last = std::max(range.last, end->last);
    ++end;
  }
  if (begin == end) {
    ranges_.insert(begin, range);
    return;
  }
  *begin = range;
  ranges_.erase(begin + 1, end);
}

bool UidSet::contains(Uid uid) const {
  const auto at = std::lower_bound(ranges_.begin(), ranges_.end(), uid,
                                   [](const Range& one, Uid number) { return one.last < number; });
  return at != ranges_.end() && at->first <= uid;
}

std::uint64_t UidSet::count() const {
  std::uint64_t count = 0;
  for (const Range& range : ranges_) count += std::uint64_t{range.last} - range.first + 1;
  return count;
}

std::vector<Uid> UidSet::list(Uid least, std::size_t most) const {
  std::vector<Uid> uids;
  for (const Range& range : ranges_) {
    for (std::uint64_t uid = std::max(range.first, least); uid <= range.last; ++uid) {
      if (uids.size() >= most) return uids;
      uids.push_back(static_cast<Uid>(uid));
    }
  }
  return uids;
}

std::string UidSet::text() const {
  std::string text;
  for (const Range& range : ranges_) {
    if (!text.empty()) text += ',';
    text += std::to_string(range.first);
    if (range.last != range.first) text += ':' + std::to_string(range.last);
  }
  return text;
}

std::optional<UidSet> UidSet::parse(std::string_view text) {
  UidSet set;
  for (const std::string& part : core::split(text, ',')) {
    const auto colon = part.find(':');
    const auto first = uid_in(std::string_view(part).substr(0, colon));
    const auto last =
        colon == std::string::npos ? first : uid_in(std::string_view(part).substr(colon + 1));
    if (!first || !last) return std::nullopt;
    set.add({*first, *last});
  }
  return set;
}

}  // namespace ioud::connectors::imap
