// Any bytes as the answer of a WebDAV server, in chunks of every size: the reader must end, within
// its bounds, and say the same whatever the chunks.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "connectors/dav/multistatus.hpp"

namespace {

struct Outcome {
  bool is_good = false;
  std::size_t resources = 0;
  std::size_t bytes = 0;
  friend bool operator==(const Outcome&, const Outcome&) = default;
};

Outcome read(std::string_view bytes, std::size_t chunk) {
  Outcome outcome;
  ioud::connectors::dav::MultistatusReader reader([&](ioud::connectors::dav::Resource one) {
    ++outcome.resources;
    for (const auto& property : one.properties) outcome.bytes += property.text.size();
    return true;
  });
  for (std::size_t at = 0; at < bytes.size(); at += chunk) {
    if (!reader.take(bytes.substr(at, chunk))) break;
  }
  outcome.is_good = reader.finish().has_value();
  return outcome;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const Outcome whole = read(bytes, size + 1);
  if (!whole.is_good) {
    read(bytes, 7);
    return 0;
  }
  for (const std::size_t chunk : {1U, 7U, 61U}) {
    if (!(read(bytes, chunk) == whole)) std::abort();
  }
  return 0;
}
