#include "connectors/caldav/connector.hpp"
#include "connectors/carddav/connector.hpp"
#include "connectors/jmap/connector.hpp"
#include "connectors/mail/connector.hpp"
#include "connectors/network.hpp"
#include "connectors/post_json.hpp"

namespace ioud::connectors {

core::Result<std::span<const Kind>> network_kinds() {
  static const std::array all = {caldav::kind(), carddav::kind(), jmap::kind(), mail::kind()};
  return std::span<const Kind>(all);
}

core::Result<PostJson> network_post() { return post_json(); }

}  // namespace ioud::connectors
