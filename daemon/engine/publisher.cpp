#include "engine/publisher.hpp"

#include <algorithm>
#include <map>
#include <optional>

#include "core/ident.hpp"
#include "formats/event_text.hpp"
#include "formats/mime.hpp"

namespace ioud::engine {
namespace {

using domain::CalendarStep;
using store::Ending;
using store::Intent;
using store::IntentKind;
using store::Outcome;

/// A step with its intent, ready to be tried.
struct Job {
  Intent intent;
  const CalendarStep* step = nullptr;
  const domain::WantedDraft* draft = nullptr;
  std::string draft_to_remove;  ///< id of its record
};

connectors::Connector* drafts_connector(const Parts& parts) {
  for (connectors::Connector& connector : parts.connectors)
    if (connector.draft_box != nullptr) return &connector;
  return nullptr;
}

core::Result<std::string> bytes_of(const CalendarStep& step, const Setup& setup, const Parts& parts,
                                   const std::string& connector) {
  const core::Instant stamp = parts.clock.now();
  const core::Zone& zone = setup.setting.rep.zone;
  if (step.kind == CalendarStep::Kind::create) return formats::write_event(step.after, zone, stamp);
  const auto row = parts.mirror.find({connector, step.calendar}, step.href);
  if (!row) return tl::unexpected(row.error());
  if (!*row) return core::fail(core::Fault::conflict, step.calendar, "the event is gone");
  return formats::patch_event((*row)->record, step.before, step.after, zone, stamp);
}

std::optional<Job> calendar_job(const CalendarStep& step, const Setup& setup, const Parts& parts) {
  const CalendarPlace place = find_calendar(parts.connectors, step.calendar);
  if (place.connector == nullptr || place.connector->calendar_sink == nullptr) return std::nullopt;
  Job job;
  job.step = &step;
  job.intent.connector = place.connector->name;
  job.intent.collection = step.calendar;
  job.intent.owner = step.owner;
  job.intent.href = step.href;
  job.intent.etag = step.etag;
  job.intent.at = parts.clock.now();
  if (step.kind == CalendarStep::Kind::remove) {
    job.intent.kind = IntentKind::remove;
    job.intent.uid = step.before.uid;
    return job;
  }
  auto bytes = bytes_of(step, setup, parts, place.connector->name);
  if (!bytes) {
    parts.log.warning("event.not_written", {{"fault", core::name(bytes.error().fault)}});
    return std::nullopt;
  }
  job.intent.kind = IntentKind::put;
  job.intent.uid = step.after.uid;
  job.intent.bytes = std::move(*bytes);
  job.intent.hash = core::content_hash(job.intent.bytes);
  job.intent.item = step.wanted;
  return job;
}

Job draft_job(const domain::WantedDraft& draft, const std::string& connector, core::Instant now) {
  Job job;
  job.draft = &draft;
  job.intent.kind = IntentKind::draft;
  job.intent.connector = connector;
  job.intent.uid = draft.record.message_id;
  job.intent.owner = draft.record.id;
  job.intent.at = now;
  job.intent.bytes = formats::build_mail(draft.mail);
  job.intent.hash = core::content_hash(job.intent.bytes);
  return job;
}

std::vector<Job> jobs_of(const Setup& setup, const Parts& parts, const domain::Plan& plan) {
  std::vector<Job> jobs;
  for (const CalendarStep& step : plan.calendar)
    if (auto job = calendar_job(step, setup, parts)) jobs.push_back(std::move(*job));
  const connectors::Connector* drafts = drafts_connector(parts);
  if (drafts == nullptr) return jobs;
  for (const domain::WantedDraft& draft : plan.drafts)
    jobs.push_back(draft_job(draft, drafts->name, parts.clock.now()));
  for (const std::string& id : plan.drafts_to_remove) {
    const domain::DraftRecord& record = plan.ledger.drafts.at(id);
    Job job;
    job.draft_to_remove = id;
    job.intent.kind = IntentKind::draft_remove;
    job.intent.connector = drafts->name;
    job.intent.uid = record.message_id;
    job.intent.href = record.href;
    job.intent.etag = record.etag;
    job.intent.owner = id;
    job.intent.at = parts.clock.now();
    jobs.push_back(std::move(job));
  }
  return jobs;
}

connectors::Connector* connector_named(const Parts& parts, const std::string& name) {
  for (connectors::Connector& connector : parts.connectors)
    if (connector.name == name) return &connector;
  return nullptr;
}

/// The one write of a job.
net::Task<connectors::Stored> carry_out(const Parts& parts, const Intent& intent) {
  connectors::Connector* connector = connector_named(parts, intent.connector);
  connectors::Stored nowhere;
  if (intent.kind == IntentKind::put) {
    connectors::CalendarWrite write{intent.collection, intent.uid, intent.href, intent.etag,
                                    intent.bytes};
    co_return co_await connector->calendar_sink->put(std::move(write));
  }
  if (intent.kind == IntentKind::draft)
    co_return co_await connector->draft_box->append(intent.uid, intent.bytes);
  core::Result<bool> removed = false;
  if (intent.kind == IntentKind::remove)
    removed =
        co_await connector->calendar_sink->remove(intent.collection, intent.href, intent.etag);
  else
    removed = co_await connector->draft_box->remove(intent.href, intent.etag);
  if (!removed) co_return tl::unexpected(removed.error());
  co_return nowhere;
}

void note_done(domain::Ledger& ledger, const Job& job, const connectors::Stored& stored) {
  if (job.step != nullptr) domain::step_done(ledger, *job.step, stored.href, stored.etag);
  if (job.draft != nullptr) {
    domain::DraftRecord record = job.draft->record;
    record.href = stored.href;
    record.etag = stored.etag;
    record.hash = job.intent.hash;
    ledger.drafts[record.id] = std::move(record);
  }
  if (!job.draft_to_remove.empty()) ledger.drafts.at(job.draft_to_remove).state = "removed";
}

Ending ending_of(const core::Error& error) {
  if (error.fault == core::Fault::conflict || error.fault == core::Fault::not_found)
    return Ending::conflict;
  return error.fault == core::Fault::rejected ? Ending::refused : Ending::abandoned;
}

void note_failed(const core::Error& error, const Job& job, Published& published, core::Log& log) {
  if (ending_of(error) == Ending::conflict) {
    ++published.conflicts;
    return;
  }
  ++published.refused;
  if (error.fault == core::Fault::transient || error.fault == core::Fault::throttled)
    published.is_retryable = true;
  log.warning("write.failed", {{"connector", job.intent.connector},
                               {"kind", store::name(job.intent.kind)},
                               {"fault", core::name(error.fault)}});
}

using Written = core::Result<connectors::Stored>;

/// Settles the calendars that were written to; true where all could be. What could not be settled
/// has no outcome yet: its intent stays open and is looked up in the next round.
net::Task<bool> settle(const Parts& parts, const std::vector<Job>& jobs,
                       std::vector<std::optional<Written>>& written) {
  std::map<std::string, std::vector<std::size_t>> by_connector;
  for (std::size_t i = 0; i < jobs.size(); ++i)
    if (jobs[i].step != nullptr && *written[i]) by_connector[jobs[i].intent.connector].push_back(i);
  for (const auto& [name, places] : by_connector) {
    auto settled = co_await connector_named(parts, name)->calendar_sink->settle();
    if (settled) continue;
    parts.log.warning("write.not_settled",
                      {{"connector", name}, {"fault", core::name(settled.error().fault)}});
    for (const std::size_t i : places) written[i].reset();
  }
  co_return std::all_of(written.begin(), written.end(),
                        [](const auto& one) { return one.has_value(); });
}

}  // namespace

net::Task<Published> publish(const Setup& setup, const Parts& parts, domain::Ledger& ledger,
                             const domain::Plan& plan) {
  Published published;
  std::vector<Job> jobs = jobs_of(setup, parts, plan);
  store::JournalLines lines;
  for (const Job& job : jobs) lines.intents.push_back(job.intent);
  auto ids = parts.ledger.commit(ledger, plan.ledger, lines);
  if (!ids) co_return tl::unexpected(ids.error());
  ledger = plan.ledger;
  if (jobs.empty()) co_return published;

  std::vector<std::optional<Written>> written;
  for (const Job& job : jobs) {
    auto stored = co_await carry_out(parts, job.intent);
    written.emplace_back(std::move(stored));
  }
  const auto is_settled = co_await settle(parts, jobs, written);
  published.is_retryable = !*is_settled;

  domain::Ledger after = ledger;
  store::JournalLines outcomes;
  for (std::size_t i = 0; i < jobs.size(); ++i) {
    if (!written[i]) continue;
    const Job& job = jobs[i];
    const Written& stored = *written[i];
    Outcome outcome;
    outcome.intent = (*ids)[i];
    outcome.at = parts.clock.now();
    if (stored) {
      note_done(after, job, *stored);
      outcome.href = stored->href;
      outcome.etag = stored->etag;
      ++published.written;
    } else {
      outcome.ending = ending_of(stored.error());
      note_failed(stored.error(), job, published, parts.log);
    }
    outcomes.outcomes.push_back(std::move(outcome));
  }
  auto committed = parts.ledger.commit(ledger, after, outcomes);
  if (!committed) co_return tl::unexpected(committed.error());
  ledger = std::move(after);
  co_return published;
}

}  // namespace ioud::engine
