#include "connectors/mail/connector.hpp"

#include "connectors/imap/filing.hpp"
#include "connectors/imap/quirks.hpp"
#include "connectors/imap/reading.hpp"
#include "connectors/imap/watch.hpp"
#include "connectors/mail/settings.hpp"
#include "connectors/mail_ports.hpp"
#include "connectors/oauth/login_source.hpp"
#include "connectors/smtp/sending.hpp"

namespace ioud::connectors::mail {
namespace {

namespace asio = boost::asio;
using domain::Box;

/// What the ports of one account share.
struct Office {
  Settings settings;
  std::shared_ptr<const net::Clock> clock;
  core::Log* log = nullptr;
  core::Steps* steps = nullptr;
  std::shared_ptr<LoginPace> pace = std::make_shared<LoginPace>();
  LoginSource source;
  smtp::Account smtp_account;  ///< where the settings name a server

  imap::Account imap_account() const {
    imap::Account account;
    account.peer = settings.imap.peer;
    account.user = settings.login.user;
    account.is_token = settings.login.is_token;
    account.find_secret = source.find_secret;
    account.give_back = source.give_back;
    return account;
  }
  bool keeps_copy() const {
    const auto copy = settings.smtp->copy_to_sent;
    if (copy) return !*copy;
    return imap::quirks_of(settings.imap.peer.host, {}).keeps_sent_copy;
  }
};

using SharedOffice = std::shared_ptr<const Office>;

/// The connection that all but the watch share, and what is done over it.
struct Desk {
  explicit Desk(SharedOffice from)
      : office(std::move(from)),
        connection(office->imap_account(), office->pace, *office->clock),
        reading(connection, office->settings.reading.folders, limits_of(office->settings)),
        filing(connection, office->settings.reading.folders, office->steps) {}

  static imap::ReadingLimits limits_of(const Settings& settings) {
    imap::ReadingLimits limits;
    limits.first_mails = settings.reading.first_mails;
    return limits;
  }

  SharedOffice office;
  imap::Connection connection;
  imap::Reading reading;
  imap::Filing filing;
};

using SharedDesk = std::shared_ptr<Desk>;

/// Keeps what the news points at.
class OfficeNews final : public News {
 public:
  explicit OfficeNews(const SharedOffice& office)
      : office_(office),
        watch_(imap::watch(office->imap_account(), office->settings.reading.folders, office->pace,
                           *office->clock, office->settings.watch)) {}

  Task<bool> wait() override { return watch_->wait(); }

 private:
  SharedOffice office_;
  std::unique_ptr<News> watch_;
};

Task<bool> probe_folders(imap::Connection& connection, Settings settings,
                         std::vector<core::Error>& troubles) {
  auto session = co_await connection.session();
  if (!session) co_return tl::unexpected(session.error());
  std::string host = settings.imap.peer.host;
  FolderWishes wishes = settings.reading.folders;
  auto folders = co_await imap::list_folders(**session, std::move(wishes), std::move(host));
  if (!folders) co_return tl::unexpected(folders.error());
  for (const Box box : {Box::drafts, Box::sent}) {
    if (imap::find_box(*folders, box) != nullptr) continue;
    const bool is_drafts = box == Box::drafts;
    troubles.push_back(complaint(
        settings.imap.place, is_drafts
                                 ? "found no folder for drafts; make one, or name it with `drafts`"
                                 : "found no folder for sent; make one, or name it with `sent`"));
  }
  co_return co_await connection.log_out();
}

asio::awaitable<std::vector<core::Error>> probe(SharedOffice office) {
  std::vector<core::Error> troubles;
  const Settings& settings = office->settings;
  imap::Connection connection(office->imap_account(), office->pace, *office->clock);
  auto read = co_await probe_folders(connection, settings, troubles);
  if (!read) troubles.push_back(placed(settings.imap.place, read.error()));
  if (settings.smtp) {
    auto sent = co_await smtp::try_login(office->smtp_account);
    if (!sent) troubles.push_back(placed(settings.smtp->place, sent.error()));
  }
  co_return troubles;
}

tl::expected<Connector, Complaints> make(const Setting& setting, const Surroundings& surroundings) {
  auto read = read_settings(setting, surroundings);
  if (!read) return tl::unexpected(std::move(read.error()));
  auto office = std::make_shared<Office>();
  office->settings = std::move(*read);
  office->clock = clock_of(surroundings);
  office->log = surroundings.log;
  office->steps = surroundings.steps;
  office->source = oauth::login_source(office->settings.name, office->settings.oauth,
                                       office->settings.login, surroundings);
  if (office->settings.smtp)
    office->smtp_account = smtp::account_of(*office->settings.smtp, office->source, surroundings);

  const auto desk = std::make_shared<Desk>(office);
  Connector connector;
  connector.name = office->settings.name;
  connector.mail_source = std::make_unique<MailboxPorts<Desk>>(desk);
  connector.draft_box = std::make_unique<MailboxPorts<Desk>>(desk);
  if (office->settings.smtp) {
    smtp::Sending::Parts parts;
    parts.sent = std::make_unique<smtp::SentAt<Desk>>(desk);
    parts.account = office->smtp_account;
    parts.keeps_copy = office->keeps_copy();
    parts.clock = office->clock.get();
    parts.log = office->log;
    parts.steps = office->steps;
    connector.mail_sink = std::make_unique<smtp::Sending>(std::move(parts));
  }
  connector.news = std::make_unique<OfficeNews>(office);
  connector.sign_in = oauth::sign_in_of(connector.name, office->settings.oauth, surroundings);
  connector.probe = [office] { return probe(office); };
  return connector;
}

}  // namespace

Kind kind() {
  return Kind{"mail", "one mail account: read by IMAP, sent from by SMTP", options(), make};
}

}  // namespace ioud::connectors::mail
