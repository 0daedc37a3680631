#pragma once
// A Postfix that hands on to a Dovecot, for one test (tests/servers/postfix); the night's server.

#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <thread>

#include "fakes/mail_listing.hpp"
#include "fakes/real_server.hpp"

namespace ioud::fakes {

class Postfix {
 public:
  /// Mail for rep.test and acme.test goes into mailboxes of that server, which also knows who may
  /// log in.
  explicit Postfix(const RealServer& mailboxes)
      : server_("postfix",
                "rep.test=" + std::to_string(mailboxes.port("lmtp")) +
                    " acme.test=" + std::to_string(mailboxes.port("lmtp")),
                "SASL=" + std::to_string(mailboxes.port("sasl"))),
        imap_(mailboxes.port("imap")) {
    trusted_.write("ca.pem", file(server_.ca_file()) + file(mailboxes.ca_file()));
  }

  /// Whether it can be started here: it is not in every run, and wants root.
  static bool is_there() {
    return std::filesystem::exists("/usr/sbin/postfix") && ::geteuid() == 0;
  }

  const RealServer& server() const { return server_; }
  int port(const std::string& name) const { return server_.port(name); }
  /// Both servers' authorities.
  std::string ca_file() const { return (trusted_.path() / "ca.pem").string(); }
  std::string log() const { return file(server_.path() + "/log"); }

  /// Waits until all it has taken is delivered.
  void settle() const {
    const std::string queue = server_.path() + "/queue/";
    const std::string look = "find " + queue + "maildrop " + queue + "incoming " + queue +
                             "active " + queue + "deferred -type f 2>/dev/null || true";
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(20);
    while (!output_of(look).empty()) {
      if (std::chrono::steady_clock::now() > end)
        throw std::runtime_error("mail stays in the queue:\n" + log());
      std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
  }

  /// What was delivered to a mailbox, oldest first, as it was handed over.
  std::vector<std::string> delivered(const std::string& user) const {
    settle();
    std::vector<std::string> mails =
        listed(output_of("/usr/bin/python3 " + RealServer::place("mailbox.py") + " " +
                         std::to_string(imap_) + " " + user + " list INBOX"));
    for (std::string& mail : mails) mail = without_trace(mail);
    return mails;
  }

 private:
  static std::string file(const std::string& path) { return TemporaryFolder().read(path); }

  TemporaryFolder trusted_;
  RealServer server_;
  int imap_;
};

}  // namespace ioud::fakes
