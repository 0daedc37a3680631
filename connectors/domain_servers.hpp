#pragma once
// The servers that a domain names for a service (RFC 2782, as RFC 6764 and RFC 8620 2.2 use it),
// and which of them a login may be shown to. Looks up and chooses; speaks to none of them.

#include <string>
#include <vector>

#include "connectors/surroundings.hpp"
#include "net/url.hpp"

namespace ioud::connectors {

class DomainServers {
 public:
  struct Wish {
    std::string domain;              ///< lower case; "": nothing is looked up
    std::string service;             ///< "_caldavs._tcp"
    Place place;                     ///< of the domain in the config
    std::vector<std::string> hosts;  ///< that the config names: believed outside of the domain too
  };

  DomainServers(Wish wish, const Surroundings& surroundings);

  /// The server to speak to, found by SRV and TXT records and then kept; the domain itself where it
  /// has none. Hosts outside the domain are left out, since an answer of the DNS proves nothing; a
  /// config fault where there are no others, or where the domain says that it has none.
  net::Task<net::Url> server(core::Instant now);
  /// The next server, for where nobody answers at the one before. After the last it goes back to
  /// the first and gives false.
  bool change();
  /// Nobody answers: the domain may have moved, and is looked up again where the last time was an
  /// hour ago.
  void doubt(core::Instant now);
  /// Whether it is one of those that were found.
  bool has(const net::Url& url) const;
  bool is_wanted() const { return !wish_.domain.empty(); }

 private:
  core::Result<std::vector<net::Url>> believed(const net::Services& found) const;

  Wish wish_;
  net::FindServices find_;
  std::vector<net::Url> servers_;  ///< best first
  std::size_t server_ = 0;         ///< which of them is ours
  core::Instant looked_up_;
};

}  // namespace ioud::connectors
