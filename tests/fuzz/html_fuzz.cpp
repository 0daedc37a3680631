// HTML of any kind becomes text, and the text is UTF-8.

#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "core/text.hpp"
#include "formats/html.hpp"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* bytes, size_t size) {
  const std::string_view html(reinterpret_cast<const char*>(bytes), size);
  if (!ioud::core::is_utf8(ioud::formats::html_to_text(html))) std::abort();
  return 0;
}
