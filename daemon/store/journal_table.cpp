#include "store/journal_table.hpp"

#include <algorithm>

#include "store/record.hpp"

namespace ioud::store {
namespace {

using core::fail;
using core::Fault;
using core::Result;

constexpr std::chrono::days settled_kept{30};

}  // namespace

Result<std::vector<long long>> JournalTable::add(const std::vector<Intent>& intents) {
  std::vector<long long> ids;
  if (intents.empty()) return ids;
  auto insert = database_.prepare("INSERT INTO journal (body) VALUES (?)");
  if (!insert) return tl::unexpected(insert.error());
  for (const Intent& intent : intents) {
    const std::string body = text_.body("", to_record(intent));
    if (auto done = insert->bind(1, body).run(); !done) return tl::unexpected(done.error());
    ids.push_back(database_.last_row_id());
  }
  return ids;
}

Result<Intent> JournalTable::intent_of(const Statement& row) const {
  const std::string place =
      database_.file().string() + ", table journal, row " + std::to_string(row.number(0));
  const auto plain = text_.plain("", row.text(1), place);
  if (!plain) return tl::unexpected(plain.error());
  auto intent = from_record<Intent>(plain->second, place);
  if (!intent) return fail(Fault::config, place, intent.error().text);
  intent->id = row.number(0);
  return intent;
}

Result<void> JournalTable::write_body(const Intent& intent) {
  auto update = database_.prepare("UPDATE journal SET body = ? WHERE id = ?");
  if (!update) return tl::unexpected(update.error());
  const std::string body = text_.body("", to_record(intent));
  return update->bind(1, body).bind(2, intent.id).run();
}

Result<void> JournalTable::settle(const std::vector<Outcome>& outcomes) {
  if (outcomes.empty()) return {};
  core::Instant newest = outcomes.front().at;
  for (const Outcome& outcome : outcomes) {
    if (auto done = settle(outcome); !done) return done;
    newest = std::max(newest, outcome.at);
  }
  auto forget = database_.prepare("DELETE FROM journal WHERE settled_at < ?");
  if (!forget) return tl::unexpected(forget.error());
  const std::string limit = core::format_utc(newest - settled_kept);
  return forget->bind(1, limit).run();
}

Result<void> JournalTable::settle(const Outcome& outcome) {
  auto select =
      database_.prepare("SELECT id, body FROM journal WHERE id = ? AND settled_at IS NULL");
  if (!select) return tl::unexpected(select.error());
  const auto row = select->bind(1, outcome.intent).step();
  if (!row) return tl::unexpected(row.error());
  if (!*row)
    return fail(Fault::conflict, database_.file().string(),
                "intent " + std::to_string(outcome.intent) + " is not open");
  auto intent = intent_of(*select);
  if (!intent) return tl::unexpected(intent.error());
  intent->bytes.clear();
  intent->item.reset();
  intent->sender.clear();
  intent->recipients.clear();
  if (outcome.ending == Ending::done) {
    intent->href = outcome.href;
    intent->etag = outcome.etag;
  }
  if (auto done = write_body(*intent); !done) return done;
  auto update = database_.prepare("UPDATE journal SET settled_at = ?, ending = ? WHERE id = ?");
  if (!update) return tl::unexpected(update.error());
  const std::string at = core::format_utc(outcome.at);
  return update->bind(1, at).bind(2, name(outcome.ending)).bind(3, outcome.intent).run();
}

Result<std::vector<Intent>> JournalTable::read(const char* where) {
  auto select = database_.prepare(std::string("SELECT id, body FROM journal ") + where);
  if (!select) return tl::unexpected(select.error());
  std::vector<Intent> intents;
  auto done = for_rows(*select, [&]() -> Result<void> {
    auto intent = intent_of(*select);
    if (!intent) return tl::unexpected(intent.error());
    intents.push_back(std::move(*intent));
    return {};
  });
  if (!done) return tl::unexpected(done.error());
  return intents;
}

Result<std::vector<Intent>> JournalTable::open() {
  return read("WHERE settled_at IS NULL ORDER BY id");
}

Result<void> JournalTable::rewrite() {
  const auto intents = read("");
  if (!intents) return tl::unexpected(intents.error());
  for (const Intent& intent : *intents)
    if (auto done = write_body(intent); !done) return done;
  return {};
}

}  // namespace ioud::store
