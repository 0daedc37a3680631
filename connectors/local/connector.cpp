#include "connectors/local/connector.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <map>
#include <optional>

#include "connectors/local/maildir.hpp"
#include "connectors/local/outbox.hpp"
#include "connectors/local/probe.hpp"
#include "connectors/local/settings.hpp"
#include "connectors/local/vdir.hpp"
#include "connectors/local/watch.hpp"

namespace ioud::connectors::local {
namespace {

namespace asio = boost::asio;

template <class T>
asio::awaitable<T> run_here(std::function<T()> job) {
  co_return job();
}

/// Everything that touches the disk, and the one thread that does so. Shared by the ports.
class Disk {
 public:
  Disk(const Settings& settings, core::Steps* steps) {
    for (const CalendarFolder& folder : settings.calendars) {
      Vdir::Settings vdir;
      vdir.folder = folder.folder.path;
      vdir.holds = Holds::events;
      vdir.is_writable = is_ours(folder.calendar);
      vdir.may_be_missing = is_ours_alone(folder.calendar);
      calendars_.emplace(folder.calendar.name, Vdir(std::move(vdir), steps));
    }
    for (const BookFolder& folder : settings.books) {
      Vdir::Settings vdir;
      vdir.folder = folder.folder.path;
      vdir.holds = Holds::cards;
      books_.emplace(folder.name, Vdir(std::move(vdir), steps));
    }
    if (!settings.mail) return;
    Maildir::Settings mail;
    mail.folder = settings.mail->folder.path;
    mail.sent = settings.mail->sent;
    mail.drafts = settings.mail->drafts;
    mail.skip = settings.mail->skip;
    maildir_.emplace(std::move(mail), steps);
    if (settings.mail->outbox) outbox_.emplace(settings.mail->outbox->path, &*maildir_, steps);
  }

  /// Runs a blocking job on the disk's thread; the caller goes on where it was.
  template <class T>
  asio::awaitable<T> run(std::function<T()> job) {
    if (!thread_) thread_.emplace(1);
    asio::awaitable<T> work = run_here<T>(std::move(job));
    co_return co_await asio::co_spawn(thread_->get_executor(), std::move(work),
                                      asio::use_awaitable);
  }

  Result<bool> settle_calendars() {
    for (auto& [name, vdir] : calendars_)
      if (auto settled = vdir.settle(); !settled) return settled;
    return true;
  }
  Result<Vdir*> calendar(const std::string& name) { return find(calendars_, name, "calendar"); }
  Result<Vdir*> book(const std::string& name) { return find(books_, name, "address book"); }
  Maildir& maildir() { return *maildir_; }
  Outbox& outbox() { return *outbox_; }

 private:
  static Result<Vdir*> find(std::map<std::string, Vdir>& vdirs, const std::string& name,
                            const char* what) {
    const auto found = vdirs.find(name);
    if (found != vdirs.end()) return &found->second;
    return core::fail(core::Fault::config, name,
                      std::string("there is no ") + what + " of that name in this connector");
  }

  std::map<std::string, Vdir> calendars_;
  std::map<std::string, Vdir> books_;
  std::optional<Maildir> maildir_;
  std::optional<Outbox> outbox_;
  std::optional<asio::thread_pool> thread_;  ///< last: it is joined before the rooms go
};

using SharedDisk = std::shared_ptr<Disk>;
using Pulled = Result<Changes<Item>>;

class Calendars final : public CalendarSource, public CalendarSink {
 public:
  explicit Calendars(SharedDisk disk) : disk_(std::move(disk)) {}

  Task<Changes<Item>> pull(std::string collection, Position from) override {
    std::function<Pulled()> job = [this, &collection, &from]() -> Pulled {
      const auto vdir = disk_->calendar(collection);
      if (!vdir) return tl::unexpected(vdir.error());
      return (*vdir)->pull(from);
    };
    co_return co_await disk_->run(std::move(job));
  }

  Task<Stored> put(CalendarWrite write) override {
    std::function<Result<Stored>()> job = [this, &write]() -> Result<Stored> {
      const auto vdir = disk_->calendar(write.collection);
      if (!vdir) return tl::unexpected(vdir.error());
      return (*vdir)->put(write);
    };
    co_return co_await disk_->run(std::move(job));
  }

  Task<bool> remove(std::string collection, std::string href, std::string etag) override {
    std::function<Result<bool>()> job = [this, &collection, &href, &etag]() -> Result<bool> {
      const auto vdir = disk_->calendar(collection);
      if (!vdir) return tl::unexpected(vdir.error());
      return (*vdir)->remove(href, etag);
    };
    co_return co_await disk_->run(std::move(job));
  }

  Task<bool> settle() override {
    std::function<Result<bool>()> job = [this]() { return disk_->settle_calendars(); };
    co_return co_await disk_->run(std::move(job));
  }

 private:
  SharedDisk disk_;
};

class Books final : public ContactSource {
 public:
  explicit Books(SharedDisk disk) : disk_(std::move(disk)) {}

  Task<Changes<Item>> pull(std::string collection, Position from) override {
    std::function<Pulled()> job = [this, &collection, &from]() -> Pulled {
      const auto vdir = disk_->book(collection);
      if (!vdir) return tl::unexpected(vdir.error());
      return (*vdir)->pull(from);
    };
    co_return co_await disk_->run(std::move(job));
  }

 private:
  SharedDisk disk_;
};

class Mailbox final : public MailSource, public DraftBox {
 public:
  explicit Mailbox(SharedDisk disk) : disk_(std::move(disk)) {}

  Task<Changes<MailItem>> pull(Position from, core::Instant since, MailFilter wants) override {
    std::function<Result<Changes<MailItem>>()> job = [this, &from, since, &wants] {
      return disk_->maildir().pull(from, since, wants);
    };
    co_return co_await disk_->run(std::move(job));
  }

  Task<Stored> append(std::string message_id, std::string bytes) override {
    std::function<Result<Stored>()> job = [this, &message_id, &bytes] {
      return disk_->maildir().append_draft(message_id, bytes);
    };
    co_return co_await disk_->run(std::move(job));
  }

  Task<bool> remove(std::string href, std::string etag) override {
    std::function<Result<bool>()> job = [this, &href, &etag] {
      return disk_->maildir().remove_draft(href, etag);
    };
    co_return co_await disk_->run(std::move(job));
  }

 private:
  SharedDisk disk_;
};

class Sending final : public MailSink {
 public:
  explicit Sending(SharedDisk disk) : disk_(std::move(disk)) {}

  Task<bool> send(ApprovedMessage message) override {
    std::function<Result<bool>()> job = [this, &message] { return disk_->outbox().send(message); };
    co_return co_await disk_->run(std::move(job));
  }

  Task<bool> has_sent(std::string message_id) override {
    std::function<Result<bool>()> job = [this, &message_id] {
      return disk_->outbox().has_sent(message_id);
    };
    co_return co_await disk_->run(std::move(job));
  }

 private:
  SharedDisk disk_;
};

asio::awaitable<std::vector<core::Error>> probe_on(SharedDisk disk, Settings settings) {
  std::function<std::vector<core::Error>()> job = [&settings] { return probe(settings); };
  co_return co_await disk->run(std::move(job));
}

Watched watched_by(const Settings& settings) {
  Watched watched;
  for (const CalendarFolder& calendar : settings.calendars) {
    watched.folders.push_back(calendar.folder.path);
  }
  for (const BookFolder& book : settings.books) watched.folders.push_back(book.folder.path);
  if (settings.mail) watched.mailboxes.push_back(settings.mail->folder.path);
  return watched;
}

tl::expected<Connector, Complaints> make(const Setting& setting, const Surroundings& surroundings) {
  auto read = read_settings(setting, surroundings);
  if (!read) return tl::unexpected(std::move(read.error()));
  const Settings& settings = *read;
  const auto disk = std::make_shared<Disk>(settings, surroundings.steps);

  Connector connector;
  connector.name = settings.name;
  bool any_is_ours = false;
  for (const CalendarFolder& folder : settings.calendars) {
    connector.calendars.push_back(folder.calendar);
    any_is_ours = any_is_ours || is_ours(folder.calendar);
  }
  for (const BookFolder& folder : settings.books) connector.books.push_back(folder.name);
  if (!settings.calendars.empty()) connector.calendar_source = std::make_unique<Calendars>(disk);
  if (any_is_ours) connector.calendar_sink = std::make_unique<Calendars>(disk);
  if (!settings.books.empty()) connector.contact_source = std::make_unique<Books>(disk);
  if (settings.mail) {
    connector.mail_source = std::make_unique<Mailbox>(disk);
    connector.draft_box = std::make_unique<Mailbox>(disk);
    if (settings.mail->outbox) connector.mail_sink = std::make_unique<Sending>(disk);
  }
  connector.news = watch(watched_by(settings));
  connector.probe = [disk, settings] { return probe_on(disk, settings); };
  return connector;
}

}  // namespace

Kind kind() {
  return Kind{"local", "calendars, contacts and mail in folders; needs no server", options(), make};
}

}  // namespace ioud::connectors::local
