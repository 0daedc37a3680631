// The tokenizer loses nothing: the spans of all lines cover every byte, in order.

#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "formats/content_line.hpp"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* bytes, size_t size) {
  using namespace ioud::formats;
  const std::string_view text(reinterpret_cast<const char*>(bytes), size);
  for (const Dialect dialect : {Dialect::icalendar, Dialect::vcard}) {
    LineReader reader(text, dialect);
    ContentLine line;
    std::size_t covered = reader.leading();
    while (reader.next(line)) {
      if (line.begin != covered || line.end < line.begin) std::abort();
      covered = line.end;
      unescape_text(escape_text(unescape_text(line.value)));
    }
    if (covered != size) std::abort();
  }
  return 0;
}
