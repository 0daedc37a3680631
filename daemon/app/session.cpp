#include "app/session.hpp"

#include <fstream>
#include <iterator>

#include "connectors/network.hpp"
#include "core/ident.hpp"
#include "core/text.hpp"
#include "detection/scorer.hpp"
#include "detection/second_opinion.hpp"
#include "domain/wording_review.hpp"
#include "formats/ical.hpp"
#include "store/sqlite_ledger.hpp"

namespace ioud::app {
namespace {

using core::Result;

std::optional<std::string> bytes_of(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  if (!in) return std::nullopt;
  return std::string(std::istreambuf_iterator<char>(in), {});
}

/// The days of a file of all-day events.
Result<std::vector<core::Date>> days_in(const std::string& file) {
  const auto bytes = bytes_of(file);
  if (!bytes) return core::fail(core::Fault::config, file, "the holiday file cannot be read");
  const auto read = formats::read_calendar(*bytes, file);
  if (!read) return tl::unexpected(read.error());
  std::vector<core::Date> days;
  for (const domain::Series& series : read->series) {
    if (!series.master || !series.master->start.all_day) continue;
    const core::Date last = core::add_days(series.master->end.day, -1);
    for (core::Date day = series.master->start.day;
         std::chrono::sys_days{day} <= std::chrono::sys_days{last}; day = core::add_days(day, 1))
      days.push_back(day);
  }
  return days;
}

/// Lines of the forget file: one address each, "#" begins a comment.
std::vector<std::string> addresses_in(const std::string& file) {
  std::vector<std::string> addresses;
  const auto bytes = file.empty() ? std::nullopt : bytes_of(file);
  if (!bytes) return addresses;
  for (const std::string& line : core::split(*bytes, '\n')) {
    const std::string address =
        core::ascii_lower(core::trimmed(std::string_view(line).substr(0, line.find('#'))));
    if (!address.empty()) addresses.push_back(address);
  }
  return addresses;
}

/// Everything a record in the mirror depends on besides its source.
std::string reading_stamp(const domain::Setting& setting,
                          const std::vector<connectors::Connector>& connectors,
                          const std::string& model) {
  std::string words = model + "\n" + setting.rep.name + "\n" + setting.rep.zone.name() + "\n" +
                      setting.rep.locale + "\n" + setting.identity.address + "\n" +
                      std::to_string(setting.policy.privacy.excerpt_chars) + "\n" +
                      std::to_string(setting.policy.detector.review_floor) + "\n" +
                      std::to_string(setting.policy.detector.client_iou_floor) + "\n" +
                      std::to_string(setting.policy.detector.request_review_floor) + "\n";
  for (const auto* list :
       {&setting.rep.addresses, &setting.rep.colleagues, &setting.policy.privacy.never_read})
    words += core::joined(*list, ",") + "\n";
  for (const auto& [kind, favour] : setting.policy.catalogue.favours)
    words += kind + "=" + core::joined(favour.words, ",") + "\n";
  for (const auto& [kind, ask] : setting.policy.catalogue.asks) words += kind + ask.topic + "\n";
  for (const connectors::Connector& connector : connectors)
    for (const connectors::Calendar& calendar : connector.calendars) {
      words += connector.name + "/" + calendar.name;
      for (const connectors::Use use : calendar.uses)
        words += " " + std::to_string(static_cast<int>(use));
      words += "\n";
    }
  return core::ident({"reading", IOUD_VERSION, words});
}

}  // namespace

/// The parts of detection, which refer to each other.
struct Session::Reading {
  Reading(detection::LearnedScorer learned, const domain::Policy& policy)
      : scorer(std::move(learned)),
        opinionated(scorer, {policy.detector.review_floor, policy.detector.floor}),
        detector(scorer_for(policy), policy.catalogue, thresholds_of(policy)) {}

  const detection::SentenceScorer& scorer_for(const domain::Policy& policy) const {
    if (policy.detector.second_opinion.empty()) return scorer;
    return opinionated;
  }
  static detection::Thresholds thresholds_of(const domain::Policy& policy) {
    detection::Thresholds thresholds;
    thresholds.rep_favour = policy.detector.review_floor;
    thresholds.client_iou = policy.detector.client_iou_floor;
    thresholds.favour_request = policy.detector.request_review_floor;
    thresholds.excerpt_chars = static_cast<std::size_t>(policy.privacy.excerpt_chars);
    return thresholds;
  }

  detection::LearnedScorer scorer;
  detection::OpinionatedScorer opinionated;
  detection::Detector detector;
};

Result<domain::Setting> setting_of(const Config& config) {
  domain::Setting setting;
  setting.rep = config.rep;
  setting.identity = {config.rep.name.empty() ? "ioud" : "ioud for " + config.rep.name,
                      config.identity};
  setting.policy = config.policy;
  std::vector<core::Date> days = config.policy.hours.holidays;
  for (const std::string& file : config.policy.hours.holiday_files) {
    const auto more = days_in(file);
    if (!more) return tl::unexpected(more.error());
    days.insert(days.end(), more->begin(), more->end());
  }
  setting.holidays = core::Holidays(std::move(days));
  return setting;
}

Session::Session(const SessionWish& wish, Setup setup) : wish_(wish), setup_(std::move(setup)) {}

Session::~Session() = default;

Result<std::unique_ptr<Session>> Session::open(const SessionWish& wish) {
  connectors::Surroundings surroundings;
  surroundings.clock = &wish.clock;
  surroundings.log = &wish.log;
  surroundings.steps = &wish.steps;
  SetupReading read = read_setup({wish.config, wish.home, wish.credentials}, surroundings);
  if (!read.config_complaints.empty())
    return core::fail(core::Fault::config, wish.config.string(), format(read.config_complaints));
  // The text of a complaint quotes the file; a log names the place and `ioud check` says the rest.
  for (const core::Error& complaint : read.client_complaints)
    wish.log.warning("clients.bad_entry", {{"place", complaint.place}});
  std::unique_ptr<Session> session(new Session(wish, std::move(read.setup)));
  if (const auto opened = session->open_state(); !opened) return tl::unexpected(opened.error());
  session->open_engine();
  return session;
}

Result<void> Session::open_state() {
  auto setting = setting_of(setup_.config);
  if (!setting) return tl::unexpected(setting.error());
  setting_ = std::move(*setting);
  engine::name_calendars(setting_, setup_.connectors);
  const std::filesystem::path& state = setup_.config.state_directory;
  auto ledger = store::open_ledger({state, setup_.seal}, wish_.steps);
  if (!ledger) return tl::unexpected(ledger.error());
  ledger_ = std::move(*ledger);
  auto scorer = detection::LearnedScorer::open(setting_.policy.detector.model);
  if (!scorer) return tl::unexpected(scorer.error());
  const std::string stamp = reading_stamp(setting_, setup_.connectors, scorer->identity());
  auto mirror = store::Mirror::open({state / "cache" / "mirror.db", stamp, setup_.seal}, wish_.log,
                                    wish_.steps);
  if (!mirror) return tl::unexpected(mirror.error());
  mirror_ = std::move(*mirror);
  reading_ = std::make_unique<Reading>(std::move(*scorer), setting_.policy);
  return open_adviser();
}

Result<void> Session::open_adviser() {
  const domain::Policy::Detector& detector = setting_.policy.detector;
  if (detector.second_opinion.empty()) return {};
  auto post = connectors::network_post();
  if (!post) return tl::unexpected(post.error());
  adviser_ = std::make_unique<engine::Adviser>(reading_->opinionated, std::move(*post),
                                               detector.second_opinion,
                                               detector.second_opinion_model, wish_.log);
  return {};
}

engine::Setup Session::engine_setup() const {
  return {setting_, setup_.clients, addresses_in(setting_.policy.privacy.forget_file)};
}

void Session::open_engine() {
  const engine::Parts parts{setup_.connectors, *ledger_,  *mirror_,    reading_->detector,
                            wish_.clock,       wish_.log, wish_.steps, adviser_.get()};
  engine_ = std::make_unique<engine::Engine>(engine_setup(), parts);
}

Result<domain::Directory> Session::directory(const domain::Ledger& ledger) {
  return engine::directory_of(engine_setup(), *mirror_, ledger);
}

Result<Status> Session::status(const domain::Ledger& ledger) {
  Status status;
  std::map<std::string, std::size_t> bad;
  const auto collections = mirror_->collections();
  if (!collections) return tl::unexpected(collections.error());
  for (const store::Collection& collection : *collections) {
    const auto counted = mirror_->faults(collection);
    if (!counted) return tl::unexpected(counted.error());
    bad[collection.connector] += *counted;
  }
  const std::vector<domain::Loss> losses = domain::waiting_losses(ledger);
  for (const connectors::Connector& connector : setup_.connectors) {
    ConnectorStatus one;
    one.name = connector.name;
    one.bad_items = static_cast<int>(bad[connector.name]);
    if (one.bad_items > 0) one.health = Health::degraded;
    if (const auto mark = ledger.marks.find("health:" + connector.name);
        mark != ledger.marks.end()) {
      one.health = Health::down;
      one.last_error = mark->second.substr(mark->second.find('\n') + 1);
    }
    for (const domain::Loss& loss : losses) {
      if (loss.place.connector != connector.name) continue;
      if (one.health == Health::ok) one.health = Health::degraded;
      one.last_error += (one.last_error.empty() ? "" : "; ") + domain::loss_line(loss);
    }
    status.connectors.push_back(std::move(one));
  }
  status.hold = domain::waiting_approvals(ledger);
  const auto open = ledger_->open_intents();
  if (!open) return tl::unexpected(open.error());
  for (const store::Intent& intent : *open)
    if (intent.kind == store::IntentKind::send) ++status.send;
  return status;
}

}  // namespace ioud::app
