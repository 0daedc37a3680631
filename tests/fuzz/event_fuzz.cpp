// An event of ours in any bytes can be patched, and what a patch gives can be read again; answers
// by mail are read or refused.

#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "formats/event_text.hpp"
#include "formats/imip.hpp"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* bytes, size_t size) {
  using namespace ioud;
  const std::string_view text(reinterpret_cast<const char*>(bytes), size);
  const core::Zone zone = *core::Zone::find("America/Chicago");
  const core::Instant stamp{std::chrono::seconds(1'772'323'200)};
  (void)formats::read_answer(text, "REPLY", "meg@acme.test", zone);
  const auto stored = formats::read_items(text, zone);
  if (!stored) return 0;
  for (const domain::CalendarItem& item : stored->items) {
    domain::CalendarItem after = item;
    after.summary = "Sit-down: Meg";
    after.day.reset();
    after.start = stamp;
    after.end = stamp + std::chrono::minutes{20};
    after.categories = {"IOU"};
    after.alarms = {"-PT15M"};
    const auto patched = formats::patch_event(text, item, after, zone, stamp);
    if (patched && !formats::read_items(*patched, zone)) std::abort();
  }
  return 0;
}
