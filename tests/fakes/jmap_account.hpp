#pragma once
// An account of the connector "jmap" on a server of tests, by plain HTTP on this machine.

#include "connectors/jmap/account.hpp"
#include "fakes/setting_tree.hpp"

namespace ioud::fakes {

inline net::Task<core::Secret> the_secret() { co_return core::Secret("secret"); }

/// `clock` outlives the account; null: the machine's.
inline connectors::jmap::SharedAccount jmap_account(const std::string& server,
                                                    const net::Clock* clock = nullptr) {
  SettingTree tree;
  connectors::jmap::AccountSettings settings;
  settings.name = "jmap";
  settings.server = net::parse_url(server + ".well-known/jmap").value();
  settings.login.user = "tom";
  settings.login.secret = tree.text("a reference");
  settings.tls.plain_loopback = true;
  connectors::Surroundings surroundings;
  surroundings.clock = clock;
  surroundings.find_secret = [](const connectors::Setting&) { return the_secret(); };
  return std::make_shared<connectors::jmap::Account>(std::move(settings), surroundings);
}

}  // namespace ioud::fakes
