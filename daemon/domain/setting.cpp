#include "domain/setting.hpp"

#include <algorithm>

namespace ioud::domain {

bool is_rep(const Setting& setting, std::string_view address) {
  const auto& own = setting.rep.addresses;
  return std::find(own.begin(), own.end(), address) != own.end();
}

bool is_identity(const Setting& setting, std::string_view address) {
  return setting.identity.address == address;
}

bool is_colleague(const Setting& setting, std::string_view address) {
  const auto at = address.rfind('@');
  if (at == std::string_view::npos) return false;
  const std::string_view host = address.substr(at + 1);
  return std::any_of(setting.rep.colleagues.begin(), setting.rep.colleagues.end(),
                     [host](const std::string& firm) {
                       return host == firm || (host.size() > firm.size() && host.ends_with(firm) &&
                                               host[host.size() - firm.size() - 1] == '.');
                     });
}

}  // namespace ioud::domain
