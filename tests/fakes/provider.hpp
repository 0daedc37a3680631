#pragma once
// A real OAuth provider for one test, and the person who signs in at it.

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <string>

#include "fakes/may_skip.hpp"
#include "fakes/real_server.hpp"

namespace ioud::fakes {

class Provider {
 public:
  /// `setting` stands before the script: "LIFETIME=2".
  explicit Provider(const std::string& setting = "") : server_("oidc", "", setting) {}

  /// False where it is missing and a test may say so instead of failing.
  static bool is_there() {
    return !may_skip() ||
           std::filesystem::exists(RealServer::place("../../build/npm/node_modules/oidc-provider"));
  }

  std::string token_url() const { return address() + "/token"; }
  /// Where a person signs in.
  std::string sign_in_url() const { return address() + "/auth"; }
  /// How a mail server is told to ask about tokens.
  std::string introspection() const {
    return "INTROSPECT=http://rs:rs@127.0.0.1:" + port() + "/token/introspection";
  }

  /// The refresh token of a new sign-in; a client with a secret gives both.
  std::string sign_in(const std::string& user, const std::string& client = "ioud") const {
    std::string line =
        output_of("node " + RealServer::place("sign_in.mjs") + " " + port() + " " + user + " " +
                  client + (client == "desk" ? std::string(" ") + client_secret : std::string()));
    line.erase(line.find_last_not_of('\n') + 1);
    return line;
  }
  /// Ends that token (RFC 7009); of a refresh token, the whole sign-in.
  void revoke(const std::string& token) const {
    output_of("curl -sf " + token_url() + "/revocation -d client_id=ioud -d token=" + token);
  }
  /// Lines of its log that begin so: "granted refresh_token", "refused invalid_grant".
  int count(const std::string& beginning) const {
    std::ifstream log(server_.path() + "/out");
    int found = 0;
    for (std::string line; std::getline(log, line);)
      if (line.starts_with(beginning)) ++found;
    return found;
  }

  static constexpr const char* client_secret = "desk+secret/1";

 private:
  std::string port() const { return std::to_string(server_.port("oidc")); }
  std::string address() const { return "http://localhost:" + port(); }

  RealServer server_;
};

}  // namespace ioud::fakes
