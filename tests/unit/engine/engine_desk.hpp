#pragma once
// The whole engine on the memory connector: a server in a value whose script says what goes wrong,
// the real ledger and mirror in a temporary folder, a given hour, and a log that is kept.

#include <gtest/gtest.h>

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "connectors/memory/connector.hpp"
#include "detection/scorer.hpp"
#include "engine/engine.hpp"
#include "fakes/kept_log.hpp"
#include "fakes/run_task.hpp"
#include "fakes/temporary_folder.hpp"
#include "formats/event_text.hpp"
#include "store/sqlite_ledger.hpp"

namespace ioud::engine {

using connectors::Use;
using domain::Box;

inline core::Instant instant(const std::string& text) { return core::parse_rfc3339(text).value(); }

/// Reading words keeps no state and is dear to set up.
inline const detection::Detector& shared_detector() {
  static const detection::LearnedScorer scorer = detection::LearnedScorer::built_in().value();
  static const domain::Catalogue catalogue = domain::Catalogue::standard();
  static const detection::Detector detector(scorer, catalogue, detection::Thresholds());
  return detector;
}

class EngineDesk {
 public:
  EngineDesk() {
    setup.setting.rep = {"Tom Reyes",
                         {"tom@rep.test"},
                         core::Zone::find("America/Chicago").value(),
                         {"rep.test"},
                         "en-US"};
    setup.setting.identity = {"ioud for Tom Reyes", "tom+ioud@rep.test"};
    auto& on = setup.setting.policy.features;
    on.cadence = on.referrals = on.after_sale = on.planning = on.occasions = on.parity = on.prep =
        false;
    domain::Client acme;
    acme.name = "Acme Press";
    acme.stage = domain::Stage::customer;
    acme.contacts = {"meg@acme.test"};
    acme.opening_trust = 3;
    acme.opening_delivered = 1;
    acme.purchases = {{core::parse_date("2025-06-01").value(), "press"}};
    setup.clients = {acme};
    connectors_.push_back(connectors::memory::connect("server",
                                                      {{"work", {Use::read, Use::meetings}},
                                                       {"private", {Use::busy}},
                                                       {"IOUs", {Use::proposals}}},
                                                      {"cards"}, server));
    name_calendars(setup.setting, connectors_);
    card("meg", "Meg Alvarez", "meg@acme.test");
    open();
  }

  /// Closes and opens the store and the mirror, as a new process would.
  void open() {
    ledger_.reset();
    mirror_.reset();
    ledger_ = store::open_ledger({folder.path() / "state", std::nullopt}, *steps).value();
    mirror_ = store::Mirror::open({folder.path() / "state/cache/mirror.db", "test", std::nullopt},
                                  log, *steps)
                  .value();
  }
  void forget_cache() {
    mirror_.reset();
    std::filesystem::remove_all(folder.path() / "state/cache");
    open();
  }

  Parts parts() { return {connectors_, *ledger_, *mirror_, shared_detector(), clock, log, *steps}; }
  store::LedgerStore& ledger_store() { return *ledger_; }
  store::Mirror& mirror() { return *mirror_; }
  std::vector<connectors::Connector>& connectors() { return connectors_; }

  PassReport pass() {
    Engine engine(setup, parts());
    const auto report = fakes::run(engine.pass());
    if (report) return *report;
    ADD_FAILURE() << report.error().text;
    return {};
  }
  PassReport pass(const std::string& at) {
    clock.move_to(instant(at));
    return pass();
  }
  domain::Ledger ledger() { return ledger_->load().value(); }
  domain::Iou iou() {
    const domain::Ledger all = ledger();
    EXPECT_EQ(all.ious.size(), 1U);
    return all.ious.empty() ? domain::Iou() : all.ious.begin()->second;
  }

  void mail(const std::string& id, const std::string& from, const std::string& to,
            const std::string& date, const std::string& text, Box box,
            const std::string& more = "Subject: Press\r\n") {
    server->plant(server->mail, id,
                  "From: " + from + "\r\nTo: " + to + "\r\nDate: " + date + "\r\nMessage-ID: <" +
                      id + "@post.test>\r\n" + more +
                      "MIME-Version: 1.0\r\nContent-Type: text/plain\r\n\r\n" + text + "\r\n",
                  box, clock.now());
  }
  void card(const std::string& href, const std::string& name, const std::string& address) {
    server->plant(server->books["cards"], href,
                  "BEGIN:VCARD\r\nVERSION:4.0\r\nUID:" + address + "\r\nFN:" + name +
                      "\r\nEMAIL:" + address + "\r\nEND:VCARD\r\n");
  }
  static std::string event(const std::string& uid, const std::string& title = "Team call") {
    return "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//test//\r\nBEGIN:VEVENT\r\nUID:" + uid +
           "\r\nDTSTAMP:20260301T000000Z\r\nDTSTART:20260309T153000Z\r\nDTEND:20260309T160000Z\r\n"
           "SUMMARY:" +
           title + "\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";
  }
  void promise() {
    mail("promise", "tom@rep.test", "meg@acme.test", "Wed, 04 Mar 2026 14:25:00 -0600",
         "I'll drop the part off Saturday.", Box::sent);
  }

  using Objects = std::map<std::string, connectors::memory::Object>;
  Objects& events(const std::string& calendar = "IOUs") {
    return server->calendars[calendar].objects;
  }
  /// Names of the events of ours in a calendar, their prefixes only.
  std::vector<std::string> own(const std::string& calendar = "IOUs") {
    std::vector<std::string> found;
    for (const auto& [href, object] : events(calendar)) {
      const auto read = formats::read_items(object.bytes, setup.setting.rep.zone);
      if (!read) continue;
      for (const domain::CalendarItem& item : read->items)
        if (is_own_uid(item.uid)) found.push_back(item.uid.substr(0, item.uid.find('-')));
    }
    std::sort(found.begin(), found.end());
    return found;
  }
  std::string href_of(const std::string& prefix, const std::string& calendar = "IOUs") {
    for (const auto& [href, object] : events(calendar))
      if (object.bytes.find("UID:" + prefix) != std::string::npos) return href;
    ADD_FAILURE() << "no event " << prefix;
    return {};
  }
  /// The rep's program writes the event anew with these words exchanged.
  void edit(const std::string& prefix, const std::string& from, const std::string& to,
            const std::string& calendar = "IOUs") {
    const std::string href = href_of(prefix, calendar);
    std::string bytes = events(calendar)[href].bytes;
    for (auto at = bytes.find("\r\n "); at != std::string::npos; at = bytes.find("\r\n ", at))
      bytes.erase(at, 3);
    const auto at = bytes.find(from);
    if (at == std::string::npos) {
      ADD_FAILURE() << from << " is not in the event";
      return;
    }
    bytes.replace(at, from.size(), to);
    server->plant(server->calendars[calendar], href, bytes);
  }
  void accept() { edit("iou-", "PARTSTAT=NEEDS-ACTION", "PARTSTAT=ACCEPTED"); }
  /// Proposed, accepted, and one pass before the invitation may leave.
  void approve() {
    promise();
    pass("2026-03-04T14:30:00-06:00");
    accept();
    pass("2026-03-05T10:00:00-06:00");
  }
  std::size_t open_intents() { return ledger_->open_intents().value().size(); }
  /// Whether any file of the state holds these bytes.
  bool state_holds(const std::string& words) {
    ledger_.reset();
    mirror_.reset();
    bool found = false;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder.path())) {
      if (!entry.is_regular_file()) continue;
      const auto name = std::filesystem::relative(entry.path(), folder.path());
      found = found || folder.read(name).find(words) != std::string::npos;
    }
    open();
    return found;
  }

  std::shared_ptr<connectors::memory::Store> server = std::make_shared<connectors::memory::Store>();
  fakes::TemporaryFolder folder;
  fakes::KeptLog log;
  net::FrozenClock clock{instant("2026-03-04T14:30:00-06:00")};
  core::NoSteps no_steps;
  core::Steps* steps = &no_steps;
  Setup setup;

 private:
  std::vector<connectors::Connector> connectors_;
  std::unique_ptr<store::LedgerStore> ledger_;
  std::unique_ptr<store::Mirror> mirror_;
};

}  // namespace ioud::engine
