// A mail account on real servers: Dovecot or Cyrus for IMAP, a submission server for SMTP.

#include "connectors/mail/connector.hpp"
#include "contract/subject.hpp"
#include "fakes/real_server.hpp"
#include "fakes/setting_tree.hpp"
#include "fakes/temporary_folder.hpp"

namespace ioud::contract {
namespace {

net::Task<core::Secret> secret() { co_return core::Secret("secret"); }

class MailSubject final : public Subject {
 public:
  MailSubject(const std::string& server, const std::string& user)
      : user_(user), imap_(server), smtp_("smtp") {
    fakes::SettingTree tree;
    const auto peer = [&tree](const fakes::RealServer& real, const std::string& port,
                              const std::string& security) {
      return tree.table({{"host", tree.text("localhost")},
                         {"port", tree.value(std::int64_t{real.port(port)})},
                         {"security", tree.text(security)}});
    };
    files_.write("ca.pem", files_.read(imap_.ca_file()) + files_.read(smtp_.ca_file()));
    const auto settings = tree.table({{"name", tree.text("mail")},
                                      {"type", tree.text("mail")},
                                      {"user", tree.text(user)},
                                      {"password", tree.table({{"credential", tree.text("mail")}})},
                                      {"ca_file", tree.text((files_.path() / "ca.pem").string())},
                                      {"imap", peer(imap_, "imaps", "tls")},
                                      {"smtp", peer(smtp_, "smtp", "starttls")}});
    connectors::Surroundings surroundings;
    surroundings.find_secret = [](const connectors::Setting&) { return secret(); };
    connector = connectors::mail::kind().make(settings, surroundings).value();
  }

  void plant(const std::string&, const std::string&, const std::string&) override {}
  void erase(const std::string&, const std::string&) override {}
  void rename(const std::string&, const std::string&, const std::string&) override {}
  void spoil(const std::string&, const std::string&) override {}
  void lose(const std::string&) override {}
  std::optional<std::string> bytes_of(const std::string&, const std::string&) override {
    return std::nullopt;
  }

  void deliver(const std::string& folder, const std::string&, const std::string& bytes) override {
    files_.write("mail", bytes);
    fakes::output_of(hands("append", folder) + " <" + (files_.path() / "mail").string());
  }
  void lose_mail() override { imap_.stop(); }
  std::vector<std::string> outgoing() override {
    std::vector<std::string> bytes;
    const std::filesystem::path spool = smtp_.path() + "/spool";
    for (const std::string& name : files_.names(spool)) bytes.push_back(files_.read(spool / name));
    return bytes;
  }
  std::vector<std::string> drafts() override {
    std::vector<std::string> all;
    std::string left = fakes::output_of(hands("list", "Drafts"));
    while (!left.empty()) {
      const auto end = left.find('\n');
      const std::size_t size = std::stoul(left.substr(0, end));
      all.push_back(left.substr(end + 1, size));
      left.erase(0, end + 1 + size);
    }
    return all;
  }

 private:
  std::string hands(const std::string& what, const std::string& folder) const {
    return "/usr/bin/python3 " + fakes::RealServer::place("mailbox.py") + " " +
           std::to_string(imap_.port("imap")) + " " + user_ + " " + what + " " + folder;
  }

  std::string user_;
  fakes::RealServer imap_;
  fakes::RealServer smtp_;
  fakes::TemporaryFolder files_;
};

}  // namespace

std::unique_ptr<Subject> dovecot_subject() {
  return std::make_unique<MailSubject>("dovecot", "tom@rep.test");
}

std::unique_ptr<Subject> cyrus_mail_subject() {
  if (!std::filesystem::exists("/usr/lib/cyrus/bin/master")) return nullptr;
  return std::make_unique<MailSubject>("cyrus_imap", "tom");
}

}  // namespace ioud::contract
