#pragma once
// An open ioud: config, ledger, mirror, detector and connectors put together for one command, in
// the order they depend on each other. Opening it makes the state directory; nothing else is
// written until the engine is asked to.

#include <memory>

#include "app/reports.hpp"
#include "app/setup.hpp"
#include "core/log.hpp"
#include "core/step.hpp"
#include "engine/adviser.hpp"
#include "engine/engine.hpp"
#include "net/clock.hpp"

namespace ioud::app {

/// What a session is opened with. Everything referred to outlives it.
struct SessionWish {
  std::filesystem::path config;
  std::filesystem::path home;
  std::filesystem::path credentials;  ///< $CREDENTIALS_DIRECTORY, or empty
  const net::Clock& clock;
  core::Log& log;
  core::Steps& steps;
};

class Session {
 public:
  /// Fails with Fault::config and all complaints, one a line, or as the store does.
  static core::Result<std::unique_ptr<Session>> open(const SessionWish& wish);
  ~Session();
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;

  engine::Engine& engine() { return *engine_; }
  store::LedgerStore& ledger() { return *ledger_; }
  std::vector<connectors::Connector>& connectors() { return setup_.connectors; }
  const domain::Setting& setting() const { return setting_; }
  /// Clients and people as the mirror knows them now.
  core::Result<domain::Directory> directory(const domain::Ledger& ledger);
  /// Health of each connector, and what waits.
  core::Result<Status> status(const domain::Ledger& ledger);

 private:
  Session(const SessionWish& wish, Setup setup);
  core::Result<void> open_state();
  core::Result<void> open_adviser();
  void open_engine();
  engine::Setup engine_setup() const;

  struct Reading;
  SessionWish wish_;
  Setup setup_;
  domain::Setting setting_;
  std::unique_ptr<store::LedgerStore> ledger_;
  std::unique_ptr<store::Mirror> mirror_;
  std::unique_ptr<Reading> reading_;
  std::unique_ptr<engine::Adviser> adviser_;  ///< null where nobody is asked
  std::unique_ptr<engine::Engine> engine_;
};

/// The domain's setting as the config tells it, holiday files read.
core::Result<domain::Setting> setting_of(const Config& config);

}  // namespace ioud::app
