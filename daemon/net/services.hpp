#pragma once
// Which host offers a service for a domain (RFC 2782 SRV, RFC 6763 TXT), as RFC 6764 uses them to
// find calendars and address books. Asks by the system's resolver; decides nothing about whether
// the host may be trusted.

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "net/task.hpp"

namespace ioud::net {

struct ServiceHost {
  std::string host;  ///< lower case, without the closing dot
  int port = 0;
  int priority = 0;  ///< lower is better
  int weight = 0;
};

struct Services {
  std::vector<ServiceHost> hosts;  ///< best first; empty: the domain names none
  bool is_declined = false;        ///< the domain says by "." that it offers none
  std::string path;                ///< of a TXT record "path=…", or ""
};

/// The hosts in the bytes of a DNS answer to an SRV question; what is damaged is left out. Among
/// those of one priority the heaviest stands first and no lot is drawn: positions belong to a
/// server, and another one after each start would be read all over again.
std::vector<ServiceHost> read_srv(std::string_view answer);
/// Whether such an answer is the lone dot: the service is decidedly not offered (RFC 2782).
bool declines(std::string_view answer);
/// The path in the bytes of an answer to a TXT question, or "".
std::string read_txt_path(std::string_view answer);

/// Looks up "SERVICE.DOMAIN" ("_caldavs._tcp", "example.com"). Fails with `transient` where the
/// resolver cannot tell; that there is no such service is an empty answer.
using FindServices = std::function<Task<Services>(std::string service, std::string domain)>;

/// Where a name server takes questions.
struct NameServer {
  std::string address;  ///< IPv4
  int port = 53;
};

/// By the system's resolver, on a thread that starts with the first question. It asks the name
/// server that is given, or those that the system is set up with.
FindServices system_services(const std::optional<NameServer>& name_server = std::nullopt);

}  // namespace ioud::net
