#include "app/reports.hpp"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "core/text.hpp"

namespace ioud::app {
namespace {

using domain::Ledger;
using Json = nlohmann::ordered_json;

/// Quotes come from other people's mail; what is no UTF-8 in them must not break the report.
std::string printed(const Json& json) {
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

Json or_null(const std::string& text) { return text.empty() ? Json() : Json(text); }

std::string time_text(core::Instant at, const core::Zone& zone) {
  return core::format_rfc3339(at, zone);
}

std::string due_text(const domain::Due& due, const core::Zone& zone) {
  return due.time ? time_text(core::instant_in(zone, due.date, *due.time), zone)
                  : core::format(due.date);
}

Json evidence_json(const domain::Evidence& evidence) {
  return {{"source", evidence.source}, {"id", evidence.id}, {"quote", evidence.quote}};
}

Json favour_json(const domain::Favour& favour, const core::Zone& zone) {
  Json evidence = Json::array();
  for (const domain::Evidence& each : favour.evidence) evidence.push_back(evidence_json(each));
  return {{"id", favour.id},
          {"client", favour.client},
          {"debtor", favour.debtor},
          {"beneficiary", or_null(favour.beneficiary)},
          {"kind", favour.kind},
          {"size", domain::name(favour.size)},
          {"text", favour.text},
          {"offered_at", time_text(favour.offered_at, zone)},
          {"due", due_text(favour.due, zone)},
          {"state", domain::name(favour.state)},
          {"effort_minutes", favour.effort_minutes},
          {"effort_source", favour.effort_source},
          {"confidence", std::round(favour.confidence * 100) / 100},
          {"evidence", std::move(evidence)}};
}

Json sitdown_json(const domain::Iou& iou, const Ledger& ledger, const core::Zone& zone) {
  if (!iou.sitdown) return {};
  const domain::Sitdown& talk = *iou.sitdown;
  const auto item = ledger.items.find(talk.uid);
  const std::string calendar = item == ledger.items.end() ? "" : item->second.calendar;
  return {{"uid", talk.uid},
          {"calendar", or_null(calendar)},
          {"start", time_text(talk.start, zone)},
          {"minutes", talk.minutes}};
}

Json iou_json(const domain::Iou& iou, const Ledger& ledger, const core::Zone& zone) {
  const bool is_banked = iou.state == domain::IouState::banked;
  return {{"id", iou.id},
          {"client", iou.client},
          {"ask", is_banked ? Json() : or_null(iou.ask)},
          {"state", domain::name(iou.state)},
          {"favours", iou.favours},
          {"sitdown", is_banked ? Json() : sitdown_json(iou, ledger, zone)}};
}

std::map<std::string, int> meter_totals(const Ledger& ledger) {
  std::map<std::string, int> totals;
  for (const auto& [id, row] : ledger.meter) totals[row.client] += row.minutes;
  return totals;
}

struct Held {
  int count = 0;
  core::Instant last;
};

std::map<std::string, Held> touches_held(const Ledger& ledger) {
  std::map<std::string, Held> held;
  for (const auto& [id, touch] : ledger.touches) {
    Held& contact = held[touch.contact];
    contact.last = contact.count == 0 ? touch.at : std::max(contact.last, touch.at);
    ++contact.count;
  }
  return held;
}

/// Lines for the next review, oldest first.
std::vector<const domain::ReviewLine*> waiting_lines(const Ledger& ledger) {
  std::vector<const domain::ReviewLine*> lines;
  for (const auto& [id, line] : ledger.review)
    if (!line.done && !line.mailed_at) lines.push_back(&line);
  std::sort(lines.begin(), lines.end(), [](const auto* a, const auto* b) {
    return std::tie(a->at, a->id) < std::tie(b->at, b->id);
  });
  return lines;
}

std::vector<std::string> numbered(const std::vector<const domain::ReviewLine*>& lines) {
  std::vector<std::string> texts;
  for (const domain::ReviewLine* line : lines)
    texts.push_back(std::to_string(texts.size() + 1) + ". " + line->text);
  return texts;
}

const char* name(Health health) {
  switch (health) {
    case Health::ok:
      return "ok";
    case Health::degraded:
      return "degraded";
    case Health::down:
      return "down";
  }
  return "down";
}

std::string hours_text(int minutes) {
  std::string rest = std::to_string(std::abs(minutes % 60));
  if (rest.size() < 2) rest.insert(0, 1, '0');
  return (minutes < 0 ? "-" : "") + std::to_string(std::abs(minutes / 60)) + " h " + rest;
}

std::string clock_text(core::Instant at, const core::Zone& zone) {
  const core::LocalTime local = zone.to_local(at);
  const core::Date day = core::date_of(local);
  return core::short_weekday(day) + " " + core::long_day(day) + " " +
         core::format(core::time_of(local));
}

}  // namespace

std::string ledger_json(const ReportSource& source, const TrustOf& trust_of) {
  const Ledger& ledger = *source.ledger;
  Json out = {{"favours", Json::array()}, {"ious", Json::array()},    {"meter", Json::array()},
              {"trust", Json::array()},   {"touches", Json::array()}, {"review", Json::array()}};
  for (const auto& [id, favour] : ledger.favours)
    out["favours"].push_back(favour_json(favour, source.zone));
  for (const auto& [id, iou] : ledger.ious)
    out["ious"].push_back(iou_json(iou, ledger, source.zone));
  for (const auto& [client, minutes] : meter_totals(ledger))
    out["meter"].push_back({{"client", client}, {"minutes", minutes}});
  for (const domain::Client& client : *source.clients)
    out["trust"].push_back({{"client", client.name}, {"points", trust_of(client)}});
  for (const auto& [contact, held] : touches_held(ledger))
    out["touches"].push_back(
        {{"contact", contact}, {"held", held.count}, {"last", time_text(held.last, source.zone)}});
  out["review"] = numbered(waiting_lines(ledger));
  return printed(out);
}

std::string ledger_text(const ReportSource& source, const TrustOf& trust_of) {
  const Ledger& ledger = *source.ledger;
  std::string out = "favours\n";
  for (const auto& [id, favour] : ledger.favours)
    out += "  " + id.substr(0, 8) + "  " + favour.client + ": " + favour.text + " (" + favour.kind +
           ", " + domain::name(favour.state) + ", due " + due_text(favour.due, source.zone) + ")\n";
  out += "IOUs\n";
  for (const auto& [id, iou] : ledger.ious) {
    out += "  " + id.substr(0, 8) + "  " + iou.client + ": " +
           (iou.ask.empty() ? "no ask chosen" : iou.ask) + " (" + domain::name(iou.state) + ")";
    if (iou.sitdown)
      out += ", " + clock_text(iou.sitdown->start, source.zone) + ", " +
             std::to_string(iou.sitdown->minutes) + " min";
    out += "\n";
  }
  out += "effort\n";
  for (const auto& [client, minutes] : meter_totals(ledger))
    out += "  " + client + ": " + hours_text(minutes) + "\n";
  out += "trust\n";
  for (const domain::Client& client : *source.clients)
    out += "  " + client.name + ": " + std::to_string(trust_of(client)) + "\n";
  out += "touches\n";
  for (const auto& [contact, held] : touches_held(ledger))
    out += "  " + contact + ": " + std::to_string(held.count) + ", last " +
           clock_text(held.last, source.zone) + "\n";
  out += "for the next review\n";
  for (const std::string& line : numbered(waiting_lines(ledger))) out += "  " + line + "\n";
  return out;
}

std::string lessons_json(const std::vector<domain::Lesson>& lessons, const core::Zone& zone) {
  Json rows = Json::array();
  for (const domain::Lesson& each : lessons)
    rows.push_back({{"client", each.client},
                    {"kind", each.kind},
                    {"shape", each.shape},
                    {"answers", each.answers},
                    {"negatives", each.negatives},
                    {"last", time_text(each.last, zone)},
                    {"in_review", each.in_review}});
  return printed({{"lessons", std::move(rows)}});
}

std::string lessons_text(const std::vector<domain::Lesson>& lessons, const core::Zone& zone) {
  std::string out;
  for (const domain::Lesson& each : lessons)
    out += each.client + ", " + each.kind + ": " + std::to_string(each.answers) +
           (each.answers == 1 ? " answer, last " : " answers, last ") +
           clock_text(each.last, zone) +
           (each.in_review ? "; now in the review only\n" : "; shown in the calendar\n");
  return out.empty() ? "no answers yet\n" : out;
}

std::string status_json(const Status& status) {
  Json connectors = Json::array();
  for (const ConnectorStatus& each : status.connectors)
    connectors.push_back({{"name", each.name},
                          {"health", name(each.health)},
                          {"bad_items", each.bad_items},
                          {"last_error", or_null(each.last_error)}});
  return printed({{"connectors", std::move(connectors)},
                  {"queues", {{"hold", status.hold}, {"send", status.send}}}});
}

std::string status_text(const Status& status) {
  std::string out;
  for (const ConnectorStatus& each : status.connectors) {
    out += each.name + ": " + name(each.health);
    if (each.bad_items > 0) out += ", " + std::to_string(each.bad_items) + " unreadable";
    if (!each.last_error.empty()) out += "; " + each.last_error;
    out += "\n";
  }
  return out + "waiting: " + std::to_string(status.hold) + " on hold, " +
         std::to_string(status.send) + " to send\n";
}

}  // namespace ioud::app
