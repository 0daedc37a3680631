#include "connectors/jmap/connector.hpp"

#include "connectors/jmap/filing.hpp"
#include "connectors/jmap/reading.hpp"
#include "connectors/jmap/settings.hpp"
#include "connectors/jmap/watch.hpp"
#include "connectors/mail_ports.hpp"
#include "connectors/oauth/login_source.hpp"
#include "connectors/smtp/sending.hpp"

namespace ioud::connectors::jmap {
namespace {

namespace asio = boost::asio;
using domain::Box;

/// What the ports of one account share.
struct Office {
  Office(Settings read, const Surroundings& surroundings)
      : settings(std::move(read)),
        account(std::make_shared<Account>(settings.account, surroundings)),
        reading(account, settings.reading.folders, limits_of(settings)),
        filing(account, settings.reading.folders, surroundings.steps) {
    if (settings.smtp)
      smtp_account = smtp::account_of(*settings.smtp, account->login_source(), surroundings);
  }

  static MailLimits limits_of(const Settings& settings) {
    MailLimits limits;
    limits.first_mails = settings.reading.first_mails;
    return limits;
  }
  Settings settings;
  SharedAccount account;
  Reading reading;
  Filing filing;
  smtp::Account smtp_account;  ///< where the settings name a server
};

using SharedOffice = std::shared_ptr<Office>;

/// What is wrong with the account as far as it can be logged in to.
Task<bool> probe_account(SharedOffice office, std::vector<core::Error>& troubles) {
  const Place place = office->settings.account.place;
  office->account->forget_session();
  const auto session = co_await office->account->session();
  if (!session) co_return tl::unexpected(session.error());
  if (session->is_read_only)
    troubles.push_back(
        complaint(place, "the account may not be written; give it the right to, for drafts"));
  const auto mailboxes = co_await office->filing.mailboxes();
  if (!mailboxes) co_return tl::unexpected(mailboxes.error());
  if (mailboxes->holding(Box::drafts).empty())
    troubles.push_back(
        complaint(place, "found no mailbox for drafts; make one, or name it with `drafts`"));
  if (office->settings.smtp && mailboxes->holding(Box::sent).empty())
    troubles.push_back(
        complaint(place, "found no mailbox for sent mail; make one, or name it with `sent`"));
  co_return true;
}

asio::awaitable<std::vector<core::Error>> probe(SharedOffice office) {
  std::vector<core::Error> troubles;
  auto read = co_await probe_account(office, troubles);
  if (!read) troubles.push_back(placed(office->settings.account.place, read.error()));
  if (office->settings.smtp) {
    auto sent = co_await smtp::try_login(office->smtp_account);
    if (!sent) troubles.push_back(placed(office->settings.smtp->place, sent.error()));
  }
  co_return troubles;
}

std::unique_ptr<MailSink> sink_of(const SharedOffice& office, const Surroundings& surroundings) {
  smtp::Sending::Parts parts;
  parts.sent = std::make_unique<smtp::SentAt<Office>>(office);
  parts.account = office->smtp_account;
  parts.keeps_copy = !office->settings.smtp->copy_to_sent.value_or(true);
  parts.clock = &office->account->clock();
  parts.log = surroundings.log;
  parts.steps = surroundings.steps;
  return std::make_unique<smtp::Sending>(std::move(parts));
}

tl::expected<Connector, Complaints> make(const Setting& setting, const Surroundings& surroundings) {
  auto read = read_settings(setting, surroundings);
  if (!read) return tl::unexpected(std::move(read.error()));
  const auto office = std::make_shared<Office>(std::move(*read), surroundings);
  Connector connector;
  connector.name = office->settings.account.name;
  connector.mail_source = std::make_unique<MailboxPorts<Office>>(office);
  connector.draft_box = std::make_unique<MailboxPorts<Office>>(office);
  if (office->settings.smtp) connector.mail_sink = sink_of(office, surroundings);
  connector.news = watch(office->account, office->settings.watch);
  connector.probe = [office] { return probe(office); };
  connector.sign_in =
      oauth::sign_in_of(connector.name, office->settings.account.oauth, surroundings);
  return connector;
}

}  // namespace

Kind kind() {
  return Kind{"jmap",
              "one mail account on a JMAP server, such as Fastmail or Cyrus; sent from by "
              "SMTP",
              options(), make};
}

}  // namespace ioud::connectors::jmap
