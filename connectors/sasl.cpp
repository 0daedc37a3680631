#include "connectors/sasl.hpp"

#include <algorithm>

#include "core/text.hpp"

namespace ioud::connectors {
namespace {

/// RFC 5801 4: "=" and "," have a meaning in the header of an OAUTHBEARER response.
std::string escaped(const std::string& user) {
  return core::replaced(core::replaced(user, "=", "=3D"), ",", "=2C");
}

}  // namespace

std::string name(Mechanism mechanism) {
  switch (mechanism) {
    case Mechanism::plain:
      return "PLAIN";
    case Mechanism::login:
      return "LOGIN";
    case Mechanism::oauthbearer:
      return "OAUTHBEARER";
    case Mechanism::xoauth2:
      return "XOAUTH2";
  }
  return {};
}

std::optional<Mechanism> choose(const std::vector<std::string>& offered, bool is_token) {
  const auto offers = [&](Mechanism mechanism) {
    return std::any_of(offered.begin(), offered.end(),
                       [&](const std::string& one) { return core::iequals(one, name(mechanism)); });
  };
  const auto best = is_token ? Mechanism::oauthbearer : Mechanism::plain;
  const auto second = is_token ? Mechanism::xoauth2 : Mechanism::login;
  if (offers(best)) return best;
  if (offers(second)) return second;
  return std::nullopt;
}

std::string advice(const Credentials& credentials, bool is_new) {
  if (!credentials.is_token) return "check user and password";
  return is_new ? "its token is new, so check `user`, and that the sign-in covers mail (`scope`)"
                : "get a new token";
}

std::vector<core::Secret> responses(Mechanism mechanism, const Credentials& credentials,
                                    const std::string& host, int port) {
  const std::string& user = credentials.user;
  const std::string& secret = credentials.secret.reveal();
  const std::string zero(1, '\0');
  std::vector<core::Secret> all;
  switch (mechanism) {
    case Mechanism::plain:
      all.emplace_back(zero + user + zero + secret);
      break;
    case Mechanism::login:
      all.emplace_back(user);
      all.emplace_back(secret);
      break;
    case Mechanism::oauthbearer:
      all.emplace_back("n,a=" + escaped(user) + ",\x01host=" + host + "\x01port=" +
                       std::to_string(port) + "\x01" + "auth=Bearer " + secret + "\x01\x01");
      break;
    case Mechanism::xoauth2:
      all.emplace_back("user=" + user + "\x01" + "auth=Bearer " + secret + "\x01\x01");
      break;
  }
  return all;
}

}  // namespace ioud::connectors
