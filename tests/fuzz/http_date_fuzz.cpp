// Any bytes as a Retry-After header, an entity tag, a URL and a path.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "net/retry.hpp"
#include "net/url.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace ioud::net;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const auto wait = parse_retry_after(bytes, ioud::core::Instant{});
  if (wait && (wait->count() < 1 || wait->count() > 7200)) std::abort();
  if (const auto url = parse_url(bytes)) {
    const auto again = parse_url(format(*url));
    if (!again || !(*again == *url)) std::abort();
  }
  const Url base = *parse_url("https://h/dav/a/");
  if (const auto url = resolve(base, bytes); url && !parse_url(format(*url))) std::abort();
  if (decode_segment(encode_segment(bytes)) != bytes) std::abort();
  return 0;
}
