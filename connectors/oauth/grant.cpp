#include "connectors/oauth/grant.hpp"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "connectors/oauth/form.hpp"
#include "connectors/oauth/said.hpp"
#include "core/text.hpp"
#include "net/retry.hpp"

namespace ioud::connectors::oauth {
namespace {

using core::Fault;
using nlohmann::json;

constexpr std::size_t longest_token = std::size_t{16} * 1024;
constexpr std::size_t longest_answer = std::size_t{64} * 1024;

std::string text_of(const json& answer, const char* key) {
  const auto found = answer.find(key);
  return found != answer.end() && found->is_string() ? found->get<std::string>() : std::string();
}

/// Visible ASCII: nothing that could end a header or a SASL response (RFC 6749 appendix A.12).
bool is_token(const std::string& text) {
  return !text.empty() && text.size() <= longest_token &&
         std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c <= '~'; });
}

std::optional<std::chrono::seconds> lifetime_in(const json& answer) {
  const auto found = answer.find("expires_in");
  if (found == answer.end()) return std::nullopt;
  long long seconds = 0;
  if (found->is_number()) {
    seconds = static_cast<long long>(std::clamp(found->get<double>(), 0.0, 1e9));
  } else if (found->is_string()) {
    // Some servers send the number as text.
    for (const char c : found->get<std::string>().substr(0, 9)) {
      if (c < '0' || c > '9') return std::nullopt;
      seconds = seconds * 10 + (c - '0');
    }
  }
  if (seconds <= 0) return std::nullopt;
  return std::chrono::seconds(seconds);
}

/// What the server says, for the rep's eyes.
std::string said(const json& answer) {
  const std::string description = text_of(answer, "error_description");
  return showable(description.empty() ? text_of(answer, "error") : description);
}

struct Meaning {
  std::string_view error;
  Fault fault;
  std::string_view advice;
};

constexpr std::string_view sign_in_again = "the sign-in is no longer good; sign in again";
constexpr std::string_view how_with_a_token =
    " with your provider and put the new refresh token where `refresh_token` points to";
constexpr std::string_view how_with_a_browser = ": ioud login, and the name of this connector";
constexpr std::string_view check_client =
    "the provider does not know this application; check `client_id` and `client_secret`";
constexpr std::string_view try_later = "the provider cannot give a token just now";

constexpr std::array<Meaning, 11> meanings = {{
    {"invalid_grant", Fault::auth, sign_in_again},
    {"interaction_required", Fault::auth, sign_in_again},
    {"login_required", Fault::auth, sign_in_again},
    {"consent_required", Fault::auth, sign_in_again},
    {"invalid_client", Fault::config, check_client},
    {"unauthorized_client", Fault::config, check_client},
    {"invalid_scope", Fault::config, "the provider does not give that `scope`; check it"},
    {"unsupported_grant_type", Fault::config,
     "the provider renews no tokens there; check `token_url`"},
    {"invalid_request", Fault::config,
     "the provider does not understand the request; check `token_url` and `client_id`"},
    {"temporarily_unavailable", Fault::transient, try_later},
    {"server_error", Fault::transient, try_later},
}};

core::Error failure(const net::Response& response, const json& answer, const Settings& settings,
                    core::Instant now) {
  const std::string place = format(settings.place);
  const std::string error = answer.is_object() ? text_of(answer, "error") : std::string();
  for (const Meaning& meaning : meanings) {
    if (error != meaning.error) continue;
    std::string advice(meaning.advice);
    if (meaning.fault == Fault::auth)
      advice += settings.refresh_token ? how_with_a_token : how_with_a_browser;
    return {meaning.fault, place, advice + " (\"" + said(answer) + "\")", {}};
  }
  const bool is_elsewhere =
      response.status / 100 == 3 || response.status == 404 || response.status == 405;
  if (is_elsewhere)
    return {Fault::config, place, "nobody gives tokens at `token_url`; check it", {}};
  return net::error_of(response, place, "renewing the OAuth token", now);
}

}  // namespace

namespace {

/// A request to the token endpoint with that form, and who asks.
net::Request token_request(const Settings& settings, const core::Secret& client_secret,
                           std::string form) {
  net::Request request;
  request.method = "POST";
  request.url = settings.token_url;
  request.tls = settings.tls;
  request.headers.push_back({"Content-Type", "application/x-www-form-urlencoded"});
  request.headers.push_back({"Accept", "application/json"});
  request.limits.body_bytes = longest_answer;
  request.body = std::move(form);
  if (client_secret.empty()) {
    add_field(request.body, "client_id", settings.client_id);
    return request;
  }
  request.credentials.login = net::Login::basic;
  request.credentials.user = form_encoded(settings.client_id);
  request.credentials.secret = core::Secret(form_encoded(client_secret.reveal()));
  return request;
}

}  // namespace

net::Request refresh_request(const Settings& settings, const core::Secret& client_secret,
                             const core::Secret& refresh_token) {
  std::string form;
  add_field(form, "grant_type", "refresh_token");
  add_field(form, "refresh_token", refresh_token.reveal());
  if (!settings.scope.empty()) add_field(form, "scope", settings.scope);
  return token_request(settings, client_secret, std::move(form));
}

net::Request code_request(const Settings& settings, const core::Secret& client_secret,
                          const Attempt& attempt, const core::Secret& code) {
  std::string form;
  add_field(form, "grant_type", "authorization_code");
  add_field(form, "code", code.reveal());
  add_field(form, "redirect_uri", attempt.redirect);
  add_field(form, "code_verifier", attempt.verifier.reveal());
  return token_request(settings, client_secret, std::move(form));
}

core::Result<Grant> read_answer(const net::Response& response, const Settings& settings,
                                core::Instant now) {
  const json answer = json::parse(response.body, nullptr, false);
  if (response.status != 200) return tl::unexpected(failure(response, answer, settings, now));
  const auto broken = [&settings](const std::string& what) {
    return core::fail(Fault::protocol, format(settings.place),
                      "the answer of `token_url` " + what + "; check that address");
  };
  if (!answer.is_object()) return broken("is no JSON object");
  if (!core::iequals(text_of(answer, "token_type"), "bearer"))
    return broken("has no token of the type Bearer");
  Grant grant;
  grant.access = core::Secret(text_of(answer, "access_token"));
  if (!is_token(grant.access.reveal())) return broken("holds no access token that can be used");
  grant.lifetime = lifetime_in(answer);
  grant.refresh = core::Secret(text_of(answer, "refresh_token"));
  if (!grant.refresh.empty() && !is_token(grant.refresh.reveal()))
    return broken("holds a refresh token that cannot be used");
  return grant;
}

}  // namespace ioud::connectors::oauth
