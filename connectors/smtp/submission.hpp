#pragma once
// Hands one mail over to a server (RFC 6409) and says truthfully what became of it: accepted,
// refused, or nobody knows, because the line was lost after the last byte. Never tries twice.

#include <functional>

#include "connectors/sasl.hpp"
#include "connectors/smtp/protocol.hpp"
#include "net/stream.hpp"

namespace ioud::connectors::smtp {

using net::Task;

struct Account {
  net::Peer peer;
  net::Patience patience;
  /// How long the server may think about a whole mail (RFC 5321 4.5.3.2.6): whoever gives up before
  /// has a mail of which nobody knows whether it left.
  std::chrono::milliseconds verdict{std::chrono::minutes(10)};
  std::string user;  ///< empty: the server asks for no login
  bool is_token = false;
  std::function<Task<core::Secret>()> find_secret;
  GiveBack give_back;  ///< may be null; else a refused login is tried once more with another token
};

enum class Fate {
  accepted,
  unknown,  ///< all bytes went out and no reply came
};

/// Called once all but the last dot went out: until then the server cannot have accepted the mail,
/// from then on it may. An error ends the dialogue without it.
using LastCall = std::function<Task<bool>()>;

/// Fails where the mail was certainly not accepted: rejected for good, transient for now, auth,
/// config. All recipients get it or none.
Task<Fate> submit(Account account, Envelope envelope, std::string bytes, LastCall last_call);

/// Logs in and out: whether mail could be handed over.
Task<bool> try_login(Account account);

}  // namespace ioud::connectors::smtp
