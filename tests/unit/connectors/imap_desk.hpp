#pragma once
// An account on a scripted IMAP server, and what such a server says.

#include <memory>
#include <string>

#include "connectors/imap/filing.hpp"
#include "connectors/imap/reading.hpp"
#include "fakes/kept_position.hpp"
#include "fakes/run_task.hpp"
#include "fakes/scripted_imap.hpp"

namespace ioud::connectors::imap {

using Position = fakes::KeptPosition;

/// An account on a scripted server, with a clock that stands still.
struct Desk {
  explicit Desk(fakes::ScriptedImap& server, core::Steps* steps = nullptr,
                ReadingLimits limits = {})
      : clock(core::Instant(std::chrono::seconds(1'000'000))),
        connection(server.account(), std::make_shared<LoginPace>(), clock),
        reading(connection, {}, limits),
        filing(connection, {}, steps) {}

  core::Result<Changes<MailItem>> pull(const Position& from = {}, const MailFilter& wants = {}) {
    return fakes::run(reading.pull(from, core::Instant(), wants));
  }

  net::FrozenClock clock;
  Connection connection;
  Reading reading;
  Filing filing;
};

inline Position after(const Changes<MailItem>& changes, Position before = {}) {
  before.take(changes);
  return before;
}

inline std::string status(int validity, int next, int messages) {
  return "* STATUS INBOX (UIDVALIDITY " + std::to_string(validity) + " UIDNEXT " +
         std::to_string(next) + " MESSAGES " + std::to_string(messages) + ")\r\n$T OK\r\n";
}

inline std::string mail(int uid, const std::string& text) {
  return "* 1 FETCH (UID " + std::to_string(uid) + " RFC822.SIZE " + std::to_string(text.size()) +
         " BODY[]<0> {" + std::to_string(text.size()) + "}\r\n" + text + ")\r\n";
}

/// Two mails, 3 and 5.
inline void fill(fakes::ScriptedImap& server) {
  server.set("STATUS", status(7, 6, 2));
  server.set("UID SEARCH", "* SEARCH 3 5\r\n$T OK\r\n");
  server.set("UID FETCH 3,5", mail(3, "three") + mail(5, "five!") + "$T OK\r\n");
}

}  // namespace ioud::connectors::imap
