// A mail account on real servers: Dovecot or Cyrus for IMAP, Cyrus for JMAP, a submission server
// for SMTP, by night Postfix.

#include "connectors/jmap/connector.hpp"
#include "connectors/mail/connector.hpp"
#include "contract/subject.hpp"
#include "fakes/mail_listing.hpp"
#include "fakes/postfix.hpp"
#include "fakes/real_server.hpp"
#include "fakes/setting_tree.hpp"
#include "fakes/temporary_folder.hpp"

namespace ioud::contract {
namespace {

net::Task<core::Secret> secret() { co_return core::Secret("secret"); }

/// The way that mail is read by, or, by IMAP, sent through.
enum class Way { imap, jmap, postfix };

class MailSubject final : public Subject {
 public:
  MailSubject(const std::string& server, const std::string& user, Way way = Way::imap)
      : user_(user), imap_(server) {
    if (way == Way::postfix)
      postfix_.emplace(imap_);
    else
      smtp_.emplace("smtp");
    const fakes::RealServer& sender = smtp_ ? *smtp_ : postfix_->server();
    files_.write("ca.pem", files_.read(imap_.ca_file()) + files_.read(sender.ca_file()));
    std::vector<std::pair<std::string, connectors::Setting>> entries = {
        {"name", tree_.text("mail")},
        {"user", tree_.text(user)},
        {"password", tree_.table({{"credential", tree_.text("mail")}})},
        {"ca_file", tree_.text((files_.path() / "ca.pem").string())},
        {"smtp", peer(sender, "smtp", "starttls")}};
    if (way != Way::jmap) {
      entries.emplace_back("type", tree_.text("mail"));
      entries.emplace_back("imap", peer(imap_, "imaps", "tls"));
    } else {
      entries.emplace_back("type", tree_.text("jmap"));
      entries.emplace_back("server",
                           tree_.text("https://localhost:" + std::to_string(imap_.port("jmaps"))));
      drafts();  // Cyrus makes an account with the first login by IMAP
    }
    connectors::Surroundings surroundings;
    surroundings.find_secret = [](const connectors::Setting&) { return secret(); };
    const auto kind = way == Way::jmap ? connectors::jmap::kind() : connectors::mail::kind();
    connector = kind.make(tree_.table(std::move(entries)), surroundings).value();
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
    if (postfix_) return postfix_->delivered("meg@acme.test");
    std::vector<std::string> bytes;
    const std::filesystem::path spool = smtp_->path() + "/spool";
    for (const std::string& name : files_.names(spool)) bytes.push_back(files_.read(spool / name));
    return bytes;
  }
  std::vector<std::string> drafts() override {
    return fakes::listed(fakes::output_of(hands("list", "Drafts")));
  }

 private:
  std::string hands(const std::string& what, const std::string& folder) const {
    return "/usr/bin/python3 " + fakes::RealServer::place("mailbox.py") + " " +
           std::to_string(imap_.port("imap")) + " " + user_ + " " + what + " " + folder;
  }

  connectors::Setting peer(const fakes::RealServer& server, const std::string& port,
                           const std::string& security) {
    return tree_.table({{"host", tree_.text("localhost")},
                        {"port", tree_.value(std::int64_t{server.port(port)})},
                        {"security", tree_.text(security)}});
  }

  fakes::SettingTree tree_;
  std::string user_;
  fakes::RealServer imap_;
  std::optional<fakes::RealServer> smtp_;
  std::optional<fakes::Postfix> postfix_;
  fakes::TemporaryFolder files_;
};

}  // namespace

std::unique_ptr<Subject> dovecot_subject() {
  return std::make_unique<MailSubject>("dovecot", "tom@rep.test");
}

std::unique_ptr<Subject> postfix_subject() {
  if (!fakes::Postfix::is_there()) return nullptr;
  return std::make_unique<MailSubject>("dovecot", "tom@rep.test", Way::postfix);
}

std::unique_ptr<Subject> cyrus_mail_subject() {
  if (!std::filesystem::exists("/usr/lib/cyrus/bin/master")) return nullptr;
  return std::make_unique<MailSubject>("cyrus_imap", "tom");
}

std::unique_ptr<Subject> cyrus_jmap_subject() {
  if (!std::filesystem::exists("/usr/lib/cyrus/bin/httpd")) return nullptr;
  return std::make_unique<MailSubject>("cyrus_imap", "tom", Way::jmap);
}

}  // namespace ioud::contract
