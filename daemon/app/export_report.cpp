// `ioud export ADDRESS`: kept apart from the other reports because its rule is another one: nothing
// about anybody else may stand in it.

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>

#include "app/reports.hpp"
#include "core/text.hpp"

namespace ioud::app {
namespace {

using domain::Ledger;
using Json = nlohmann::ordered_json;

/// Gathers what belongs to one address; each function gives one section.
class Export {
 public:
  Export(const ReportSource& source, const std::string& address, const domain::Person* person)
      : ledger_(*source.ledger), zone_(source.zone), person_(person) {
    own_.insert(core::ascii_lower(address));
    if (person != nullptr) own_.insert(person->addresses.begin(), person->addresses.end());
    address_ = core::ascii_lower(address);
    for (const domain::Client& client : *source.clients)
      if (holds(client.contacts)) client_ = &client;
    for (const auto& [id, favour] : ledger_.favours)
      if (own_.contains(favour.debtor) || is_named(favour.beneficiary)) ids_.insert(id);
    for (const auto& [id, iou] : ledger_.ious)
      if (own_.contains(iou.contact)) ids_.insert(id);
  }

  std::string text() const {
    const Json out = {
        {"address", address_},           {"person", person_json()}, {"client", client_json()},
        {"favours", favours_json()},     {"ious", ious_json()},     {"approvals", approvals_json()},
        {"meter", meter_json()},         {"trust", trust_json()},   {"touches", touches_json()},
        {"referrals", referrals_json()}, {"review", review_json()}, {"events", events_json()},
        {"drafts", drafts_json()},       {"sent", sent_json()}};
    return out.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
  }

 private:
  bool holds(const std::vector<std::string>& addresses) const {
    return std::any_of(addresses.begin(), addresses.end(),
                       [this](const std::string& each) { return own_.contains(each); });
  }
  bool is_named(const std::string& beneficiary) const {
    return !beneficiary.empty() &&
           (own_.contains(beneficiary) || (person_ != nullptr && beneficiary == person_->name));
  }
  std::string time(core::Instant at) const { return core::format_rfc3339(at, zone_); }

  Json history_json(const std::vector<domain::Change>& history) const {
    Json out = Json::array();
    for (const domain::Change& change : history)
      out.push_back({{"at", time(change.at)}, {"state", change.state}, {"cause", change.cause}});
    return out;
  }

  static std::string date_text(const domain::PartialDate& when) {
    const auto part = [](const std::optional<int>& number, std::size_t width) {
      std::string text = number ? std::to_string(*number) : "";
      text.insert(0, width > text.size() ? width - text.size() : 0, number ? '0' : '-');
      return text;
    };
    return part(when.year, 4) + "-" + part(when.month, 2) + "-" + part(when.day, 2);
  }

  Json person_json() const {
    if (person_ == nullptr) return {};
    Json dates = Json::array();
    for (const domain::CardDate& date : person_->dates)
      dates.push_back({{"kind", date.kind}, {"label", date.label}, {"date", date_text(date.when)}});
    Json facts = Json::array();
    for (const domain::Fact& fact : person_->facts)
      facts.push_back({{"key", fact.key}, {"text", fact.text}});
    return {{"name", person_->name},         {"addresses", person_->addresses},
            {"phones", person_->phones},     {"organisation", person_->organisation},
            {"title", person_->title},       {"time_zone", person_->zone},
            {"language", person_->language}, {"dates", std::move(dates)},
            {"facts", std::move(facts)}};
  }

  /// The organisation, without its other contacts.
  Json client_json() const {
    if (client_ == nullptr) return {};
    const auto stage = client_->stage == domain::Stage::customer   ? "customer"
                       : client_->stage == domain::Stage::prospect ? "prospect"
                                                                   : "former";
    const auto tier = client_->tier == domain::Tier::gold     ? "gold"
                      : client_->tier == domain::Tier::silver ? "silver"
                                                              : "bronze";
    Json flags = Json::array();
    if (client_->no_asks) flags.push_back("no_asks");
    if (client_->no_greetings) flags.push_back("no_greetings");
    if (client_->public_official) flags.push_back("public_official");
    if (client_->in_tender) flags.push_back("in_tender");
    return {{"name", client_->name}, {"stage", stage}, {"tier", tier}, {"flags", flags}};
  }

  Json favours_json() const {
    Json out = Json::array();
    for (const auto& [id, favour] : ledger_.favours) {
      if (!ids_.contains(id)) continue;
      Json evidence = Json::array();
      for (const domain::Evidence& each : favour.evidence)
        evidence.push_back({{"source", each.source},
                            {"id", each.id},
                            {"subject", each.subject},
                            {"quote", each.quote}});
      Json row = {{"id", id},
                  {"role", own_.contains(favour.debtor) ? "debtor" : "beneficiary"},
                  {"kind", favour.kind},
                  {"text", favour.text},
                  {"place", favour.place},
                  {"offered_at", time(favour.offered_at)},
                  {"due", core::format(favour.due.date)},
                  {"state", domain::name(favour.state)},
                  {"effort_minutes", favour.effort_minutes},
                  {"evidence", std::move(evidence)},
                  {"reasons", favour.reasons},
                  {"history", history_json(favour.history)}};
      out.push_back(std::move(row));
    }
    return out;
  }

  Json ious_json() const {
    Json out = Json::array();
    for (const auto& [id, iou] : ledger_.ious) {
      if (!own_.contains(iou.contact)) continue;
      Json row = {{"id", id},
                  {"ask", iou.ask},
                  {"state", domain::name(iou.state)},
                  {"opened", time(iou.opened)},
                  {"favours", iou.favours}};
      row["sitdown"] = iou.sitdown ? Json(time(iou.sitdown->start)) : Json();
      row["invitation"] = iou.invitation ? Json(time(iou.invitation->start)) : Json();
      row["history"] = history_json(iou.history);
      out.push_back(std::move(row));
    }
    return out;
  }

  Json approvals_json() const {
    Json out = Json::array();
    for (const auto& [id, approval] : ledger_.approvals)
      if (ids_.contains(approval.iou))
        out.push_back({{"iou", approval.iou},
                       {"message", approval.message},
                       {"gesture", approval.gesture},
                       {"at", time(approval.at)}});
    return out;
  }

  Json meter_json() const {
    Json out = Json::array();
    for (const auto& [id, row] : ledger_.meter)
      if (ids_.contains(row.favour))
        out.push_back({{"favour", row.favour},
                       {"kind", row.kind},
                       {"minutes", row.minutes},
                       {"source", row.source},
                       {"date", core::format(row.date)}});
    return out;
  }

  Json trust_json() const {
    Json out = Json::array();
    for (const auto& [id, row] : ledger_.trust)
      if (ids_.contains(row.evidence))
        out.push_back({{"points", row.points}, {"cause", row.cause}, {"at", time(row.at)}});
    return out;
  }

  Json touches_json() const {
    Json out = Json::array();
    for (const auto& [id, touch] : ledger_.touches)
      if (own_.contains(touch.contact))
        out.push_back({{"at", time(touch.at)}, {"kind", touch.kind}});
    return out;
  }

  Json referrals_json() const {
    Json out = Json::array();
    for (const auto& [id, row] : ledger_.referrals)
      if (own_.contains(row.contact)) out.push_back({{"at", time(row.at)}, {"name", row.name}});
    return out;
  }

  Json review_json() const {
    Json out = Json::array();
    for (const auto& [id, line] : ledger_.review)
      if (ids_.contains(line.about) || own_.contains(line.about)) out.push_back(line.text);
    return out;
  }

  Json events_json() const {
    Json out = Json::array();
    for (const auto& [uid, record] : ledger_.items) {
      if (record.gone || !(ids_.contains(record.owner) || own_.contains(record.owner))) continue;
      const domain::CalendarItem& item = record.seen.uid.empty() ? record.written : record.seen;
      out.push_back({{"uid", uid},
                     {"calendar", record.calendar},
                     {"start", item.day ? core::format(*item.day) : time(item.start)},
                     {"summary", item.summary},
                     {"description", item.description}});
    }
    return out;
  }

  Json drafts_json() const {
    Json out = Json::array();
    for (const auto& [id, draft] : ledger_.drafts)
      if (own_.contains(draft.contact))
        out.push_back({{"kind", draft.kind}, {"at", time(draft.at)}, {"state", draft.state}});
    return out;
  }

  Json sent_json() const {
    Json out = Json::array();
    for (const auto& [id, mail] : ledger_.sent)
      if (own_.contains(mail.contact))
        out.push_back(
            {{"message_id", mail.message_id}, {"kind", mail.kind}, {"at", time(mail.at)}});
    return out;
  }

  const Ledger& ledger_;
  core::Zone zone_;
  const domain::Person* person_;
  const domain::Client* client_ = nullptr;
  std::string address_;
  std::set<std::string> own_;  ///< every address of the person, lower case
  std::set<std::string> ids_;  ///< of the favours and IOUs that concern the person
};

}  // namespace

std::string export_json(const ReportSource& source, const std::string& address,
                        const domain::Person* person) {
  return Export(source, address, person).text();
}

}  // namespace ioud::app
