#include "connectors/oauth/attempt.hpp"

#include <algorithm>

#include "connectors/oauth/form.hpp"
#include "connectors/oauth/said.hpp"
#include "core/ident.hpp"
#include "formats/encoding.hpp"

namespace ioud::connectors::oauth {
namespace {

using core::Fault;
using core::Secret;

/// RFC 4648 section 5, without padding.
std::string base64url(std::string_view bytes) {
  std::string text = formats::encode_base64(bytes, false);
  text.erase(text.find_last_not_of('=') + 1);
  for (char& c : text) {
    if (c == '+') c = '-';
    if (c == '/') c = '_';
  }
  return text;
}

/// RFC 7636 4.2, the method S256.
std::string challenge_of(const Secret& verifier) {
  return base64url(core::sha256(verifier.reveal()));
}

}  // namespace

Attempt new_attempt(const Settings& settings, int port, std::string_view state_bytes,
                    std::string_view verifier_bytes) {
  std::string redirect = settings.redirect;
  const auto host = redirect.find("//") + 2;
  redirect.insert(std::min(redirect.find('/', host), redirect.size()), ":" + std::to_string(port));
  return {std::move(redirect), base64url(state_bytes), Secret(base64url(verifier_bytes))};
}

std::string authorize_address(const Settings& settings, const Attempt& attempt) {
  net::Url url = *settings.authorize_url;
  add_field(url.query, "response_type", "code");
  add_field(url.query, "client_id", settings.client_id);
  add_field(url.query, "redirect_uri", attempt.redirect);
  if (!settings.scope.empty()) add_field(url.query, "scope", settings.scope);
  add_field(url.query, "state", attempt.state);
  add_field(url.query, "code_challenge", challenge_of(attempt.verifier));
  add_field(url.query, "code_challenge_method", "S256");
  return net::format(url);
}

std::optional<core::Result<Secret>> brought_back(std::string_view target, const Attempt& attempt,
                                                 const Settings& settings) {
  const auto mark = target.find('?');
  if (mark == std::string_view::npos) return std::nullopt;
  const std::string_view query = target.substr(mark + 1);
  // Whoever does not know the state has nothing to do with this sign-in (RFC 6749 10.12).
  if (field_in(query, "state") != attempt.state) return std::nullopt;
  if (std::string code = field_in(query, "code"); !code.empty())
    return core::Result<Secret>(Secret(std::move(code)));
  std::string reason = field_in(query, "error_description");
  if (reason.empty()) reason = field_in(query, "error");
  return core::Result<Secret>(
      core::fail(Fault::auth, format(settings.place),
                 "the provider did not let you sign in (\"" + showable(reason) + "\")"));
}

}  // namespace ioud::connectors::oauth
