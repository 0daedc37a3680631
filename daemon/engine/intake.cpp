#include "engine/intake.hpp"

#include <algorithm>

#include "core/ident.hpp"
#include "domain/gesture.hpp"
#include "domain/retention.hpp"
#include "engine/adviser.hpp"
#include "engine/envelope.hpp"
#include "engine/held.hpp"
#include "store/record.hpp"

namespace ioud::engine {
namespace {

using connectors::Changes;
using connectors::Connector;
using connectors::Item;
using connectors::MailItem;
using store::Collection;

constexpr std::size_t guarded_items = 10;
constexpr std::size_t guarded_share = 5;

void note_failure(Intake& intake, const std::string& connector, const core::Error& error,
                  core::Log& log) {
  intake.failures.try_emplace(connector, error);
  if (error.fault == core::Fault::transient || error.fault == core::Fault::throttled)
    intake.is_retryable = true;
  log.warning("source.failed", {{"connector", connector}, {"fault", core::name(error.fault)}});
}

/// Where a loss is judged.
struct Judge {
  const Collection& collection;
  const domain::Ledger& ledger;
  HeldInMirror& held;
  core::Log& log;
};

/// Whether the loss of these objects is believed: it is small, or was accepted. Else it is named.
core::Result<std::optional<domain::Loss>> doubted(const Judge& judge,
                                                  const std::vector<std::string>& gone) {
  if (gone.size() <= guarded_items) return std::nullopt;  // whatever the collection holds
  const auto known = judge.held.count();
  if (!known) return tl::unexpected(known.error());
  if (!is_suspicious(*known, gone.size())) return std::nullopt;
  domain::Loss loss{{judge.collection.connector, judge.collection.name}, *known, {}};
  for (const std::string& href : gone) loss.names.insert(domain::lost_name(judge.ledger, href));
  const bool is_accepted = domain::is_accepted(judge.ledger, loss);
  judge.log.warning(
      is_accepted ? "source.loss_accepted" : "source.guarded",
      {{"connector", judge.collection.connector}, {"items", *known}, {"gone", gone.size()}});
  if (is_accepted) return std::nullopt;
  return loss;
}

template <class T>
store::Page page_of(const Changes<T>& changes, std::vector<store::MirrorRow> rows) {
  store::Page page;
  page.cursor = changes.cursor;
  page.restarted = changes.restarted;
  page.rows = std::move(rows);
  page.removals = changes.gone;
  for (const connectors::ItemFault& bad : changes.bad)
    page.rows.push_back(bad_row(bad.href, bad.etag, bad.error));
  return page;
}

/// After the last page of a new listing, what was not listed is gone; also where a stop cut off the
/// pass that began the listing. The loss that is not believed, if there is one.
core::Result<std::optional<domain::Loss>> drop_unlisted(store::Mirror& mirror, const Judge& judge) {
  const auto unlisted = mirror.unlisted(judge.collection);
  if (!unlisted) return tl::unexpected(unlisted.error());
  if (unlisted->empty()) return std::nullopt;
  auto loss = doubted(judge, *unlisted);
  if (!loss || *loss) return loss;
  const auto cursor = mirror.cursor(judge.collection);
  if (!cursor) return tl::unexpected(cursor.error());
  store::Page page;
  page.cursor = *cursor;
  page.removals = *unlisted;
  const auto applied = mirror.apply(judge.collection, page);
  if (!applied) return tl::unexpected(applied.error());
  return std::nullopt;
}

/// Another store stands where the collection was: nothing of the old one is known any more. That
/// its events are not missing by anybody's doing is noted for good before the first of the new ones
/// is, because a stop in between must not make deletions of them.
core::Result<void> begin_other_store(const Collection& collection, const Parts& parts,
                                     domain::Ledger& ledger) {
  parts.log.warning("source.other_store", {{"connector", collection.connector}});
  if (find_calendar(parts.connectors, collection.name).calendar != nullptr) {
    domain::Ledger after = ledger;
    after.marks[domain::other_store_mark + collection.name] = "1";
    const auto committed = parts.ledger.commit(ledger, after, {});
    if (!committed) return tl::unexpected(committed.error());
    ledger = std::move(after);
  }
  return parts.mirror.drop(collection);
}

/// The pull of one collection, page by page, until there is no more.
template <class Pull, class Read>
net::Task<bool> pull_all(Collection collection, const Parts& parts, domain::Ledger& ledger,
                         Intake& intake, Pull pull, Read read) {
  const auto held = std::make_shared<HeldInMirror>(parts.mirror, collection);
  bool was_whole = true;
  for (bool more = true; more;) {
    const auto cursor = parts.mirror.cursor(collection);
    if (!cursor) co_return tl::unexpected(cursor.error());
    connectors::Position from{*cursor, held};
    auto changes = co_await pull(std::move(from));
    if (!changes) {
      note_failure(intake, collection.connector, changes.error(), parts.log);
      co_return false;
    }
    if (changes->other_store) {
      const auto begun = begin_other_store(collection, parts, ledger);
      if (!begun) co_return tl::unexpected(begun.error());
      held->forget();
    }
    const Judge judge{collection, ledger, *held, parts.log};
    const auto loss = doubted(judge, changes->gone);
    if (!loss) co_return tl::unexpected(loss.error());
    std::vector<std::string> doubtful;
    if (*loss) doubtful.swap(changes->gone);
    was_whole = was_whole && !*loss;
    more = changes->more;
    std::vector<store::MirrorRow> rows = read(changes->seen);
    if (parts.adviser != nullptr) {
      const auto is_wiser = co_await parts.adviser->ask();
      if (is_wiser && *is_wiser) rows = read(changes->seen);
    }
    const bool is_news = !rows.empty() || !changes->gone.empty() || !doubtful.empty() ||
                         !changes->bad.empty() || changes->cursor != *cursor || changes->restarted;
    if (!is_news) continue;
    store::Page page = page_of(*changes, std::move(rows));
    page.doubtful = std::move(doubtful);
    if (const auto applied = parts.mirror.apply(collection, page); !applied)
      co_return tl::unexpected(applied.error());
    held->take(page);
  }
  const Judge judge{collection, ledger, *held, parts.log};
  const auto loss = drop_unlisted(parts.mirror, judge);
  if (!loss) co_return tl::unexpected(loss.error());
  intake.looked_at.insert({collection.connector, collection.name});
  if (*loss) intake.losses.push_back(**loss);
  co_return was_whole;
}

net::Task<bool> pull_books(const Parts& parts, domain::Ledger& ledger, Intake& intake) {
  for (Connector& connector : parts.connectors) {
    if (connector.contact_source == nullptr) continue;
    for (const std::string& book : connector.books) {
      const auto pull = [&connector, &book](connectors::Position from) {
        return connector.contact_source->pull(book, std::move(from));
      };
      const auto read = [&ledger](const std::vector<Item>& items) {
        std::vector<store::MirrorRow> rows;
        for (const Item& item : items) rows.push_back(read_card(item, ledger));
        return rows;
      };
      Collection collection{connector.name, book};
      auto pulled = co_await pull_all(std::move(collection), parts, ledger, intake, pull, read);
      if (!pulled) co_return tl::unexpected(pulled.error());
    }
  }
  co_return true;
}

net::Task<bool> pull_calendars(const Parts& parts, const Reader& reader, domain::Ledger& ledger,
                               Intake& intake) {
  for (Connector& connector : parts.connectors) {
    if (connector.calendar_source == nullptr) continue;
    for (const connectors::Calendar& calendar : connector.calendars) {
      const auto pull = [&connector, &calendar](connectors::Position from) {
        return connector.calendar_source->pull(calendar.name, std::move(from));
      };
      const auto read = [&reader, &calendar](const std::vector<Item>& items) {
        std::vector<store::MirrorRow> rows;
        for (const Item& item : items) rows.push_back(read_event(item, calendar.uses, reader));
        return rows;
      };
      Collection collection{connector.name, calendar.name};
      auto pulled = co_await pull_all(std::move(collection), parts, ledger, intake, pull, read);
      if (!pulled) co_return tl::unexpected(pulled.error());
      if (*pulled) intake.complete.insert(calendar.name);
    }
  }
  co_return true;
}

net::Task<bool> pull_mail(const Parts& parts, const Reader& reader, domain::Ledger& ledger,
                          Intake& intake) {
  const core::Instant since =
      parts.clock.now() - std::chrono::days{reader.setting.policy.sources.lookback_days};
  for (Connector& connector : parts.connectors) {
    if (connector.mail_source == nullptr) continue;
    const auto pull = [&connector, &reader, since](connectors::Position from) {
      connectors::MailFilter wants = [&reader](const MailItem& head) {
        return wants_body(head, reader);
      };
      return connector.mail_source->pull(std::move(from), since, std::move(wants));
    };
    const auto read = [&reader](const std::vector<MailItem>& items) {
      return read_mails(items, reader);
    };
    Collection collection{connector.name, mail_collection};
    auto pulled = co_await pull_all(std::move(collection), parts, ledger, intake, pull, read);
    if (!pulled) co_return tl::unexpected(pulled.error());
    if (connector.draft_box != nullptr && *pulled) intake.drafts_complete = true;
  }
  co_return true;
}

/// Mail and events were read with certain people in mind; when these change, they are read again.
core::Result<void> forget_other_readings(const Parts& parts, const domain::Directory& directory) {
  std::string people;
  for (const domain::Client& client : directory.clients())
    for (const std::string& address : client.contacts) people += address + "\n";
  for (const domain::Person& person : directory.people())
    if (!person.client.empty()) people += person.name + "\n";
  const std::string stamp = core::ident({"people", people});
  const Collection mark{"", "people"};
  const auto known = parts.mirror.cursor(mark);
  if (!known) return tl::unexpected(known.error());
  if (*known == stamp) return {};
  const auto collections = parts.mirror.collections();
  if (!collections) return tl::unexpected(collections.error());
  for (const Collection& one : *collections) {
    const bool is_book = std::any_of(
        parts.connectors.begin(), parts.connectors.end(), [&](const Connector& connector) {
          return connector.name == one.connector &&
                 std::find(connector.books.begin(), connector.books.end(), one.name) !=
                     connector.books.end();
        });
    if (is_book || one == mark) continue;
    if (const auto dropped = parts.mirror.drop(one); !dropped) return dropped;
  }
  store::Page page;
  page.cursor = stamp;
  return parts.mirror.apply(mark, page);
}

}  // namespace

bool is_suspicious(std::size_t known, std::size_t going) {
  return going > guarded_items && going * guarded_share > known;
}

core::Result<domain::Directory> directory_of(const Setup& setup, store::Mirror& mirror,
                                             const domain::Ledger& ledger) {
  std::vector<domain::Client> clients;
  for (domain::Client client : setup.clients) {
    const std::size_t before = client.contacts.size();
    std::erase_if(client.contacts, [&](const std::string& address) {
      return domain::is_forgotten(ledger, address);
    });
    if (client.contacts.empty() && before > 0) continue;
    clients.push_back(std::move(client));
  }
  std::vector<domain::Card> cards;
  const auto collections = mirror.collections();
  if (!collections) return tl::unexpected(collections.error());
  for (const Collection& collection : *collections) {
    const auto take = [&](const store::MirrorRow& row) {
      auto record = store::from_record<store::CardRecord>(row.record, row.href);
      if (record) std::move(record->cards.begin(), record->cards.end(), std::back_inserter(cards));
    };
    const auto read = mirror.each(collection, row_kind::card, core::Instant::min(), take);
    if (!read) return tl::unexpected(read.error());
  }
  return domain::make_directory(std::move(clients), std::move(cards));
}

net::Task<Intake> take_in(const Setup& setup, const Parts& parts, domain::Ledger& ledger) {
  Intake intake;
  if (parts.adviser != nullptr) parts.adviser->begin_pass();
  auto books = co_await pull_books(parts, ledger, intake);
  if (!books) co_return tl::unexpected(books.error());
  auto directory = directory_of(setup, parts.mirror, ledger);
  if (!directory) co_return tl::unexpected(directory.error());
  intake.directory = std::move(*directory);
  const auto kept = forget_other_readings(parts, intake.directory);
  if (!kept) co_return tl::unexpected(kept.error());
  const Reader reader{setup.setting, intake.directory, ledger, parts.detector};
  auto calendars = co_await pull_calendars(parts, reader, ledger, intake);
  if (!calendars) co_return tl::unexpected(calendars.error());
  auto mail = co_await pull_mail(parts, reader, ledger, intake);
  if (!mail) co_return tl::unexpected(mail.error());
  co_return intake;
}

}  // namespace ioud::engine
