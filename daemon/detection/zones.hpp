#pragma once
// Who wrote which part of a mail: what its author wrote in it now, what he quoted or forwarded, and
// what was added by habit or machine (signature, footer, legal notice). Works on plain text and
// only says where things are; nothing is changed or dropped here. Linear in the text.

#include <cstddef>
#include <memory>
#include <string_view>
#include <vector>

namespace ioud::detection {

enum class Zone {
  fresh,       ///< the author's own words
  quoted,      ///< an earlier message, `>` lines or everything under an attribution or header block
  forwarded,   ///< a message handed on
  signature,   ///< after "-- ", or the closing block with name, post and telephone
  disclaimer,  ///< legal notice
  boilerplate,  ///< footers of programs, unsubscribe lines, conference dial-ins
};

const char* name(Zone zone);

/// A run of whole lines of one kind; `end` is exclusive and includes the last line's end.
struct ZoneRange {
  Zone zone = Zone::fresh;
  std::size_t begin = 0;
  std::size_t end = 0;
  friend bool operator==(const ZoneRange&, const ZoneRange&) = default;
};

/// Tells the zones of plain text apart. Compiles its patterns once; reading is const.
class ZoneReader {
 public:
  ZoneReader();
  ~ZoneReader();
  ZoneReader(const ZoneReader&) = delete;
  ZoneReader& operator=(const ZoneReader&) = delete;

  /// The zones of a mail's text, in order, without gaps or overlaps, neighbours of one kind joined.
  /// `closing` is a block known to repeat at the end of this author's mails, or "".
  /// Text under `>` marks is quoted wherever it stands, so replies between the quotes are fresh;
  /// under an attribution without marks, or a header block, everything down is quoted.
  std::vector<ZoneRange> read(std::string_view text, std::string_view closing = {}) const;

 private:
  struct Patterns;
  std::unique_ptr<Patterns> patterns_;
};

}  // namespace ioud::detection
