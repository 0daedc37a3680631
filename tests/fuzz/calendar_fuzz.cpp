// Whatever stands in a calendar file: it is read or refused, expanded within bounds, and left alone
// byte for byte where nothing is to change.

#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "formats/event_text.hpp"
#include "formats/ical.hpp"
#include "formats/recurrence.hpp"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* bytes, size_t size) {
  using namespace ioud;
  const std::string_view text(reinterpret_cast<const char*>(bytes), size);
  const core::Zone zone;
  const core::Instant from{std::chrono::seconds(1'772'323'200)};  // 1 Mar 2026
  const core::Instant to = from + std::chrono::days(400);
  if (const auto object = formats::read_calendar(text))
    for (const domain::Series& series : object->series)
      if (const auto instances = formats::expand(series, from, to, zone, 2'000);
          instances && instances->size() > 2'000)
        std::abort();
  if (const auto stored = formats::read_items(text, zone))
    for (const domain::CalendarItem& item : stored->items)
      if (const auto patched = formats::patch_event(text, item, item, zone, from);
          patched && *patched != text)
        std::abort();
  return 0;
}
