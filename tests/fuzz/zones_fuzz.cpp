// The zones of a mail's text follow each other without gaps from its first byte to its last.

#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "detection/zones.hpp"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* bytes, size_t size) {
  static const ioud::detection::ZoneReader reader;
  const std::string_view text(reinterpret_cast<const char*>(bytes), size);
  std::size_t covered = 0;
  for (const auto& range : reader.read(text)) {
    if (range.begin != covered || range.end < range.begin) std::abort();
    covered = range.end;
  }
  if (covered != size) std::abort();
  return 0;
}
