#pragma once
// The program itself between real mail servers: a rep with a client, the mails that pass between
// them, and passes at given hours. Where the rep's calendars are is left to each test.

#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "fakes/real_server.hpp"
#include "formats/mime.hpp"

namespace ioud::functional {

class MailRound : public testing::Test {
 protected:
  /// Starts the mail and writes the config; `calendars` is the connector of the rep's calendars,
  /// and `acme` the LMTP port of the client's mailbox, 0 for one beside the rep's.
  void begin(const std::string& calendars, int acme = 0);

  std::string command(const std::string& rest) const;
  void once(const std::string& at) const;

  std::vector<formats::ParsedMail> mails(const std::string& user, const std::string& folder) const;
  /// What the client's mailbox holds, oldest first.
  virtual std::vector<formats::ParsedMail> at_client() const {
    return mails("meg@acme.test", "INBOX");
  }

  /// The client's request, and the rep's answer that promises.
  void promise() const;
  /// A REPLY to the invitation comes to the rep; `date` as mails write it.
  void answer(const std::string& date, const std::string& uid, const std::string& sequence,
              const std::string& from, const std::string& partstat) const;
  std::string state_of_iou() const;

  fakes::RealServer imap_{"dovecot"};
  std::optional<fakes::RealServer> smtp_;
  fakes::TemporaryFolder files_;

 private:
  std::string hands(const std::string& user, const std::string& rest) const;
  void put(const std::string& folder, const std::string& bytes) const;
};

/// A round in which the rep's calendars are folders.
class FolderRound : public MailRound {
 protected:
  void SetUp() override { begin_in_folders(); }
  void begin_in_folders(int acme = 0);

  /// The file of the one event whose UID begins so, and its unfolded text; nothing where there is
  /// none.
  std::pair<std::string, std::string> event(const std::string& folder,
                                            const std::string& uid) const;
  /// The rep's program changes one part of such an event.
  void change(const std::string& folder, const std::string& uid, const std::string& from,
              const std::string& to) const;
  void accept_sitdown() const;
};

/// Mails one after the other, each with its length before it, as mailbox.py lists them.
std::vector<formats::ParsedMail> mails_in(const std::string& listing);

/// An object as one looks at it: lines unfolded, each ending in CRLF, whatever a server did to
/// them.
std::string unfolded(const std::string& object);

/// The value of the first line of an event that has that name; "" where none has.
std::string value_of(const std::string& object, const std::string& name);

}  // namespace ioud::functional
