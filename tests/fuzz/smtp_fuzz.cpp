// What a submission server says, and mail on its way to the wire.

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "connectors/smtp/protocol.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  using namespace ioud::connectors::smtp;
  const std::string_view text(reinterpret_cast<const char*>(bytes), size);
  ReplyReader reader;
  reader.feed(text);
  for (;;) {
    const auto reply = reader.next();
    if (!reply || !*reply) break;
    (void)abilities_of(**reply);
  }
  // No line of a mail may be a lone dot, which would end it early.
  const std::string wire = dot_stuffed(text);
  if (wire.find("\r\n.\r\n") != std::string::npos || wire.starts_with(".\r\n")) std::abort();
  return 0;
}
