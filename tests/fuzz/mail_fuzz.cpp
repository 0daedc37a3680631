// Mails of any kind are read or refused.

#include <cstdint>
#include <string_view>

#include "formats/mime.hpp"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* bytes, size_t size) {
  (void)ioud::formats::parse_mail({reinterpret_cast<const char*>(bytes), size});
  return 0;
}
