// Cards of any version are read or refused.

#include <cstdint>
#include <string_view>

#include "formats/vcard.hpp"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* bytes, size_t size) {
  (void)ioud::formats::read_cards({reinterpret_cast<const char*>(bytes), size});
  return 0;
}
