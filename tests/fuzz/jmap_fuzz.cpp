// What a JMAP server says: its session, its answers, and a stream of events cut anywhere.

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "connectors/jmap/answers.hpp"
#include "connectors/jmap/cursor.hpp"
#include "connectors/jmap/event_stream.hpp"
#include "connectors/jmap/requests.hpp"
#include "connectors/jmap/session.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  using namespace ioud::connectors::jmap;
  if (size == 0) return 0;
  const std::size_t chunk = bytes[0] + std::size_t{1};
  const std::string_view text(reinterpret_cast<const char*>(bytes) + 1, size - 1);
  static const auto place = *ioud::net::parse_url("https://jmap.test/session");
  (void)read_session(text, place);
  (void)problem_in(text, "here");
  (void)Cursor::parse(std::string(text)).text();
  if (const auto answers = Answers::read(text, "here")) {
    if (const auto mailboxes = answers->mailboxes(call::mailboxes))
      (void)Mailboxes(*mailboxes, {}).stamp();
    (void)answers->mails(call::mails);
    (void)answers->changes(call::changes);
    (void)answers->listing(call::query);
    (void)answers->written(call::write);
  }
  EventStream stream;
  for (std::size_t at = 0; at < text.size(); at += chunk)
    for (const StreamEvent& event : stream.feed(text.substr(at, chunk))) {
      (void)is_about_mail(event, "A1");
      (void)interval_in(event);
    }
  return 0;
}
