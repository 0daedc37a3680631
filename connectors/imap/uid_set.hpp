#pragma once
// Sets of message numbers as IMAP writes them (RFC 9051 9, sequence-set): "1:3,7". Kept as ranges,
// so that a server that names four thousand million of them costs nothing. Pure.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ioud::connectors::imap {

using Uid = std::uint32_t;

class UidSet {
 public:
  struct Range {
    Uid first = 0;
    Uid last = 0;
  };

  /// Adds one; cheap where it is the largest so far.
  void add(Uid uid) { add({uid, uid}); }
  void add(Range range);

  bool contains(Uid uid) const;
  bool empty() const { return ranges_.empty(); }
  std::uint64_t count() const;
  /// The numbers from `least` up, in order, at most `most` of them.
  std::vector<Uid> list(Uid least, std::size_t most) const;
  const std::vector<Range>& ranges() const { return ranges_; }  ///< sorted, apart

  std::string text() const;  ///< "1:3,7"

  /// Nothing where it is no such set, or names "*".
  static std::optional<UidSet> parse(std::string_view text);

 private:
  std::vector<Range> ranges_;
};

}  // namespace ioud::connectors::imap
