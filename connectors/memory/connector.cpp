#include "connectors/memory/connector.hpp"

#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <map>

namespace ioud::connectors::memory {
namespace {

namespace asio = boost::asio;

using SharedStore = std::shared_ptr<Store>;

Collection* find(std::map<std::string, Collection>& collections, const std::string& name) {
  const auto found = collections.find(name);
  return found == collections.end() ? nullptr : &found->second;
}

Result<Changes<Item>> without_box(Result<Changes<MailItem>> pulled) {
  if (!pulled) return tl::unexpected(pulled.error());
  Changes<Item> changes;
  for (MailItem& item : pulled->seen) {
    changes.seen.push_back({std::move(item.href), std::move(item.etag), std::move(item.bytes)});
  }
  changes.gone = std::move(pulled->gone);
  changes.bad = std::move(pulled->bad);
  changes.cursor = std::move(pulled->cursor);
  changes.more = pulled->more;
  changes.restarted = pulled->restarted;
  changes.other_store = pulled->other_store;
  return changes;
}

class Calendars final : public CalendarSource, public CalendarSink {
 public:
  explicit Calendars(SharedStore store) : store_(std::move(store)) {}

  Task<Changes<Item>> pull(std::string collection, Position from) override {
    co_return without_box(
        store_->pull(find(store_->calendars, collection), collection, from, core::Instant(), {}));
  }
  Task<Stored> put(CalendarWrite write) override { co_return store_->put(write); }
  Task<bool> remove(std::string collection, std::string href, std::string etag) override {
    co_return store_->remove(collection, href, etag);
  }

 private:
  SharedStore store_;
};

class Books final : public ContactSource {
 public:
  explicit Books(SharedStore store) : store_(std::move(store)) {}

  Task<Changes<Item>> pull(std::string collection, Position from) override {
    co_return without_box(
        store_->pull(find(store_->books, collection), collection, from, core::Instant(), {}));
  }

 private:
  SharedStore store_;
};

class Mail final : public MailSource, public DraftBox, public MailSink {
 public:
  explicit Mail(SharedStore store) : store_(std::move(store)) {}

  Task<Changes<MailItem>> pull(Position from, core::Instant since, MailFilter wants) override {
    co_return store_->pull(&store_->mail, "mail", from, since, wants);
  }
  Task<Stored> append(std::string message_id, std::string bytes) override {
    co_return store_->append_draft(message_id, bytes);
  }
  Task<bool> remove(std::string href, std::string etag) override {
    co_return store_->remove_draft(href, etag);
  }
  Task<bool> send(ApprovedMessage message) override { co_return store_->send(message); }
  Task<bool> has_sent(std::string message_id) override { co_return store_->has_sent(message_id); }

 private:
  SharedStore store_;
};

/// Waits until somebody changes the store; a change while nobody waits is told by the next wait.
class Changed final : public News {
 public:
  explicit Changed(SharedStore store) : store_(std::move(store)) {
    store_->when_changed = [this] {
      has_news_ = true;
      if (timer_ != nullptr) timer_->cancel();
    };
  }
  ~Changed() override { store_->when_changed = nullptr; }

  Task<bool> wait() override {
    asio::steady_timer timer(co_await asio::this_coro::executor);
    timer_ = &timer;
    const ForgetTimer forget{timer_};
    while (!has_news_) {
      timer.expires_at(asio::steady_timer::time_point::max());
      try {
        co_await timer.async_wait(asio::use_awaitable);
      } catch (const boost::system::system_error&) {
        if (!has_news_) throw;  // the wait itself was cancelled
      }
    }
    has_news_ = false;
    co_return true;
  }

 private:
  struct ForgetTimer {
    asio::steady_timer*& timer;
    ~ForgetTimer() { timer = nullptr; }
  };

  SharedStore store_;
  asio::steady_timer* timer_ = nullptr;
  bool has_news_ = false;
};

asio::awaitable<std::vector<core::Error>> answer(std::vector<core::Error> troubles) {
  co_return std::move(troubles);
}

const std::vector<Option>& rows() {
  static const std::vector<Option> all = {
      {.path = "name", .help = "how status calls this connector", .required = true},
      {.path = "type", .help = "what kind of connector this is", .required = true},
      {.path = "calendars",
       .type = OptionType::table_list,
       .fallback = "[]",
       .help = "calendars, empty at the start"},
      {.path = "calendars[].name", .help = "the calendar's name", .required = true},
      use_option(),
      {.path = "contacts",
       .type = OptionType::text_list,
       .fallback = "[]",
       .help = "names of address books"},
  };
  return all;
}

tl::expected<Connector, Complaints> make(const Setting& setting, const Surroundings&) {
  if (Complaints wrong = check(setting, rows()); !wrong.empty()) {
    return tl::unexpected(std::move(wrong));
  }
  std::vector<Calendar> calendars;
  for (const Setting& item : setting.list("calendars")) {
    calendars.push_back({item.text("name"), uses_in(item.list("use"))});
  }
  std::vector<std::string> books;
  for (const Setting& book : setting.list("contacts")) books.push_back(*book.as<std::string>());
  return connect(setting.text("name"), std::move(calendars), std::move(books),
                 std::make_shared<Store>());
}

}  // namespace

Connector connect(std::string name, std::vector<Calendar> calendars, std::vector<std::string> books,
                  const std::shared_ptr<Store>& store) {
  for (const Calendar& calendar : calendars) store->calendars[calendar.name];
  for (const std::string& book : books) store->books[book];
  Connector connector;
  connector.name = std::move(name);
  connector.calendars = std::move(calendars);
  connector.books = std::move(books);
  connector.calendar_source = std::make_unique<Calendars>(store);
  connector.calendar_sink = std::make_unique<Calendars>(store);
  connector.contact_source = std::make_unique<Books>(store);
  connector.mail_source = std::make_unique<Mail>(store);
  connector.draft_box = std::make_unique<Mail>(store);
  connector.mail_sink = std::make_unique<Mail>(store);
  connector.news = std::make_unique<Changed>(store);
  connector.probe = [store] {
    std::vector<core::Error> troubles;
    if (store->script.failures > 0) troubles.push_back(store->script.failure);
    return answer(std::move(troubles));
  };
  return connector;
}

Kind kind() {
  return Kind{"memory", "keeps everything in memory and loses it at the end; for trying out",
              rows(), make};
}

}  // namespace ioud::connectors::memory
