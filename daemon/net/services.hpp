#pragma once
// Which host offers a service for a domain (RFC 2782 SRV, RFC 6763 TXT), as RFC 6764 uses them to
// find calendars and address books. Reads answers of the system's resolver; decides nothing about
// whether the host may be trusted.

#include <functional>
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
  std::vector<ServiceHost> hosts;  ///< best first; empty: the domain has none, or says so by "."
  std::string path;                ///< of a TXT record "path=…", or ""
};

/// The hosts in the bytes of a DNS answer to an SRV question; what is damaged is left out.
std::vector<ServiceHost> read_srv(std::string_view answer);
/// The path in the bytes of an answer to a TXT question, or "".
std::string read_txt_path(std::string_view answer);

/// Looks up "SERVICE.DOMAIN" ("_caldavs._tcp", "example.com"). Fails with `transient` where the
/// resolver cannot tell; that there is no such service is an empty answer.
using FindServices = std::function<Task<Services>(std::string service, std::string domain)>;

/// By the system's resolver, on a thread that starts with the first question.
FindServices system_services();

}  // namespace ioud::net
