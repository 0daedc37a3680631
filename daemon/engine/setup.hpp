#pragma once
// What one engine is made from: the setting, the clients, and the open connectors. Made by the app
// from its config snapshot; a reload makes a new one.

#include <string>
#include <vector>

#include "connectors/capability.hpp"
#include "core/log.hpp"
#include "core/step.hpp"
#include "detection/detector.hpp"
#include "domain/person.hpp"
#include "domain/setting.hpp"
#include "net/clock.hpp"
#include "store/ledger_store.hpp"
#include "store/mirror.hpp"

namespace ioud::engine {

class Adviser;

/// Values the engine keeps.
struct Setup {
  domain::Setting setting;              ///< names of our calendars filled in
  std::vector<domain::Client> clients;  ///< of the clients file, the good entries
  std::vector<std::string> forgotten;   ///< addresses of the forget file
};

/// Parts that outlive the engine.
struct Parts {
  std::vector<connectors::Connector>& connectors;
  store::LedgerStore& ledger;
  store::Mirror& mirror;
  const detection::Detector& detector;
  const net::Clock& clock;
  core::Log& log;
  core::Steps& steps;
  Adviser* adviser = nullptr;  ///< null where nobody is asked for a second opinion
};

/// The connector and calendar of a configured name; null where there is none.
struct CalendarPlace {
  connectors::Connector* connector = nullptr;
  const connectors::Calendar* calendar = nullptr;
};
CalendarPlace find_calendar(std::vector<connectors::Connector>& connectors,
                            const std::string& name);

/// Fills in the names of our calendars: the first with each use.
void name_calendars(domain::Setting& setting, const std::vector<connectors::Connector>& connectors);

/// True for the UIDs that ioud gives.
bool is_own_uid(std::string_view uid);

}  // namespace ioud::engine
