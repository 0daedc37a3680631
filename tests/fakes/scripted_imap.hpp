#pragma once
// An IMAP server by a table: the first row whose words begin a command says the answer. In an
// answer "$T" is the command's tag. It remembers what it was asked.

#include <algorithm>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "connectors/imap/session.hpp"
#include "core/text.hpp"
#include "fakes/line_server.hpp"

namespace ioud::fakes {

inline net::Task<core::Secret> a_secret() { co_return core::Secret("secret"); }

class ScriptedImap {
 public:
  using Rows = std::vector<std::pair<std::string, std::string>>;

  /// `rows` come before those of an ordinary server with an empty inbox.
  explicit ScriptedImap(Rows rows = {})
      : rows_(std::move(rows)), server_([this](Call& call) { return answer(call); }) {
    const Rows ordinary = {
        {"CAPABILITY", "* CAPABILITY IMAP4rev1 AUTH=PLAIN SASL-IR\r\n$T OK\r\n"},
        {"AUTHENTICATE", "$T OK in\r\n"},
        {"LIST", "* LIST () \"/\" INBOX\r\n$T OK\r\n"},
        {"STATUS", "* STATUS INBOX (UIDVALIDITY 7 UIDNEXT 1 MESSAGES 0)\r\n$T OK\r\n"},
        {"EXAMINE", "* 0 EXISTS\r\n* OK [UIDVALIDITY 7] v\r\n$T OK\r\n"},
        {"UID SEARCH", "* SEARCH\r\n$T OK\r\n"},
        {"LOGOUT", "* BYE\r\n$T OK\r\n"},
        {"", "$T OK\r\n"},
    };
    rows_.insert(rows_.end(), ordinary.begin(), ordinary.end());
  }

  /// Changes the answer from now on.
  void set(const std::string& words, const std::string& answer) {
    rows_.insert(rows_.begin(), {words, answer});
  }
  void set_greeting(const std::string& greeting) { greeting_ = greeting; }

  /// The commands without their tags, in order.
  const std::vector<std::string>& commands() const { return commands_; }
  std::size_t count(const std::string& words) const {
    return static_cast<std::size_t>(
        std::count_if(commands_.begin(), commands_.end(),
                      [&](const std::string& one) { return one.starts_with(words); }));
  }
  int calls() const { return server_.calls(); }

  connectors::imap::Account account() const {
    connectors::imap::Account account;
    account.peer.host = "127.0.0.1";
    account.peer.port = static_cast<std::uint16_t>(server_.port());
    account.peer.security = net::Security::none;
    account.patience.connect = account.patience.progress = std::chrono::seconds(2);
    account.user = "tom";
    account.find_secret = a_secret;
    return account;
  }

 private:
  boost::asio::awaitable<void> answer(Call& call) {
    co_await call.say(greeting_);
    for (;;) {
      std::string line = co_await call.line();
      if (!call.is_open()) co_return;
      if (line.empty()) line = "(nothing)";
      const auto space = line.find(' ');
      std::string tag = line.substr(0, space);
      if (line == "DONE") tag = idle_tag_;
      const std::string command = space == std::string::npos ? line : line.substr(space + 1);
      commands_.push_back(command);
      if (command == "IDLE") idle_tag_ = tag;
      std::string said = reply_to(command);
      if (said == "hang up") co_return;
      if (said == "silence") continue;
      co_await call.say(core::replaced(said, "$T", tag));
    }
  }

  std::string reply_to(const std::string& command) const {
    for (const auto& [words, reply] : rows_)
      if (command.starts_with(words)) return reply;
    return {};
  }

  Rows rows_;
  std::string greeting_ = "* OK ready\r\n";
  std::vector<std::string> commands_;
  std::string idle_tag_;
  LineServer server_;  ///< last: it serves from the start
};

}  // namespace ioud::fakes
