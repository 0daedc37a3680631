#include "engine/engine.hpp"

#include <algorithm>

#include "domain/planner.hpp"
#include "engine/picture.hpp"

namespace ioud::engine {
namespace {

constexpr std::size_t most_rounds = 6;
constexpr std::chrono::seconds patience{20};

/// Set with the erasure of a person and taken away once no file of ours holds a removed byte.
constexpr const char* scrub_mark = "scrub";

}  // namespace

Engine::Engine(Setup setup, Parts parts) : setup_(std::move(setup)), parts_(parts) {}

core::Result<void> Engine::note_health(domain::Ledger& ledger, const Intake& intake) {
  domain::Ledger after = ledger;
  std::erase_if(after.marks, [](const auto& one) { return one.first.starts_with("health:"); });
  for (const auto& [connector, error] : intake.failures)
    after.marks["health:" + connector] = std::string(core::name(error.fault)) + "\n" + error.text;
  if (after.marks == ledger.marks) return {};
  const auto committed = parts_.ledger.commit(ledger, after, {});
  if (!committed) return tl::unexpected(committed.error());
  ledger = std::move(after);
  return {};
}

net::Task<PassReport> Engine::rounds(domain::Ledger ledger, bool is_settled) {
  PassReport report;
  bool goes_on = true;
  while (goes_on && report.rounds < most_rounds) {
    ++report.rounds;
    auto intake = co_await take_in(setup_, parts_, ledger);
    if (!intake) co_return tl::unexpected(intake.error());
    report.is_retryable = intake->is_retryable;
    const auto noted = note_health(ledger, *intake);
    if (!noted) co_return tl::unexpected(noted.error());
    const core::Instant now = parts_.clock.now();
    auto facts = picture_of(setup_, parts_, std::move(*intake), ledger, now);
    if (!facts) co_return tl::unexpected(facts.error());
    const auto recovered = recover(parts_, ledger, *facts);
    if (!recovered) co_return tl::unexpected(recovered.error());
    facts->is_settled = is_settled;
    const domain::Plan plan = domain::plan(ledger, *facts, setup_.setting, now);
    auto published = co_await publish(setup_, parts_, ledger, plan);
    if (!published) co_return tl::unexpected(published.error());
    auto delivered = co_await deliver(setup_, parts_, ledger, plan.messages);
    if (!delivered) co_return tl::unexpected(delivered.error());
    report.written += published->written;
    report.sent += delivered->sent;
    report.refused += published->refused + delivered->refused;
    report.is_retryable = report.is_retryable || published->is_retryable || delivered->is_retryable;
    goes_on = published->written > 0 || published->conflicts > 0 || delivered->sent > 0;
  }
  const auto scrubbed = scrub_if_due(ledger);
  if (!scrubbed) co_return tl::unexpected(scrubbed.error());
  report.next_look = domain::next_look(ledger, setup_.setting, parts_.clock.now());
  parts_.log.info("pass.done", {{"rounds", report.rounds},
                                {"written", report.written},
                                {"sent", report.sent},
                                {"refused", report.refused}});
  co_return report;
}

core::Result<domain::Erased> Engine::erase(domain::Ledger& ledger, const std::string& address) {
  const auto directory = directory_of(setup_, parts_.mirror, ledger);
  if (!directory) return tl::unexpected(directory.error());
  const domain::Client* client = directory->client_of(address);
  const bool others = client != nullptr && client->contacts.size() > 1;
  domain::Ledger after = ledger;
  const domain::Erased erased = domain::erase_person(
      after, address, client == nullptr ? std::string() : client->name, others, parts_.clock.now());
  after.marks[scrub_mark] = "1";
  const auto committed = parts_.ledger.commit(ledger, after, {});
  if (!committed) return tl::unexpected(committed.error());
  ledger = std::move(after);
  const auto collections = parts_.mirror.collections();
  if (!collections) return tl::unexpected(collections.error());
  for (const store::Collection& collection : *collections)
    if (const auto dropped = parts_.mirror.drop(collection); !dropped)
      return tl::unexpected(dropped.error());
  return erased;
}

net::Task<domain::Erased> Engine::erase_all(domain::Ledger& ledger,
                                            std::vector<std::string> addresses) {
  // Contacts are known once the books were read; a pass before any other may find none.
  auto intake = co_await take_in(setup_, parts_, ledger);
  if (!intake) co_return tl::unexpected(intake.error());
  auto facts = picture_of(setup_, parts_, std::move(*intake), ledger, parts_.clock.now());
  if (!facts) co_return tl::unexpected(facts.error());
  // An intent that a stop left open holds words, and settled later it would bring them back.
  const auto recovered = recover(parts_, ledger, *facts);
  if (!recovered) co_return tl::unexpected(recovered.error());
  domain::Erased all;
  for (const std::string& address : addresses) {
    const auto erased = erase(ledger, address);
    if (!erased) co_return tl::unexpected(erased.error());
    all.favours += erased->favours;
    all.ious += erased->ious;
    all.touches += erased->touches;
    all.events += erased->events;
    all.drafts += erased->drafts;
  }
  co_return all;
}

core::Result<void> Engine::scrub_if_due(domain::Ledger& ledger) {
  if (!ledger.marks.contains(scrub_mark)) return {};
  if (const auto clean = parts_.ledger.scrub(); !clean) return clean;
  if (const auto clean = parts_.mirror.scrub(); !clean) return clean;
  domain::Ledger after = ledger;
  after.marks.erase(scrub_mark);
  const auto committed = parts_.ledger.commit(ledger, after, {});
  if (!committed) return tl::unexpected(committed.error());
  ledger = std::move(after);
  return {};
}

net::Task<PassReport> Engine::pass(bool is_settled) {
  auto turn = parts_.ledger.take_turn(patience);
  if (!turn) co_return tl::unexpected(turn.error());
  auto ledger = parts_.ledger.load();
  if (!ledger) co_return tl::unexpected(ledger.error());
  std::vector<std::string> unknown = setup_.forgotten;
  std::erase_if(unknown, [&](const auto& one) { return domain::is_forgotten(*ledger, one); });
  if (!unknown.empty()) {
    auto erased = co_await erase_all(*ledger, std::move(unknown));
    if (!erased) co_return tl::unexpected(erased.error());
  }
  co_return co_await rounds(std::move(*ledger), is_settled);
}

net::Task<domain::Erased> Engine::forget(std::string address) {
  auto turn = parts_.ledger.take_turn(patience);
  if (!turn) co_return tl::unexpected(turn.error());
  auto ledger = parts_.ledger.load();
  if (!ledger) co_return tl::unexpected(ledger.error());
  std::vector<std::string> addresses;
  addresses.push_back(std::move(address));
  auto erased = co_await erase_all(*ledger, std::move(addresses));
  if (!erased) co_return tl::unexpected(erased.error());
  auto report = co_await rounds(std::move(*ledger), true);
  if (!report) co_return tl::unexpected(report.error());
  co_return *erased;
}

}  // namespace ioud::engine
