#include "connectors/oauth/sign_in.hpp"

#include <boost/asio/this_coro.hpp>

#include "connectors/oauth/loopback.hpp"
#include "core/ident.hpp"

namespace ioud::connectors::oauth {
namespace {

using core::Fault;
using core::Secret;
using net::Task;

std::optional<core::Error> missing(const Settings& settings) {
  const auto error = [&](std::string text) {
    return core::Error{Fault::config, format(settings.place), std::move(text), std::nullopt};
  };
  if (settings.refresh_token)
    return error(
        "`refresh_token` names a sign-in that was made elsewhere; remove that line to sign in "
        "here");
  if (!settings.authorize_url)
    return error("write `authorize_url`, the address where the provider lets people sign in");
  return std::nullopt;
}

Task<Grant> redeem(const Tokens::Parts& parts, const Attempt& attempt, const Secret& code) {
  Secret client_secret;
  if (parts.settings.client_secret) {
    Setting reference = *parts.settings.client_secret;
    auto found = co_await parts.find_secret(std::move(reference));
    if (!found) co_return tl::unexpected(found.error());
    client_secret = std::move(*found);
  }
  net::Request request = code_request(parts.settings, client_secret, attempt, code);
  auto response = co_await parts.http->fetch(std::move(request));
  if (!response) co_return tl::unexpected(response.error());
  auto grant = read_answer(*response, parts.settings, parts.clock->now());
  if (grant && grant->refresh.empty())
    co_return core::fail(Fault::protocol, format(parts.settings.place),
                         "the provider gave no refresh token; ask for offline access, in `scope` "
                         "(offline_access) or in `authorize_url` (access_type=offline)");
  co_return grant;
}

}  // namespace

Task<bool> sign_in(Tokens::Parts parts, ShowAddress show) {
  if (auto lacks = missing(parts.settings)) co_return tl::unexpected(*lacks);
  const boost::asio::any_io_executor loop = co_await boost::asio::this_coro::executor;
  auto door = Loopback::open(loop);
  if (!door) co_return tl::unexpected(door.error());
  const Attempt attempt =
      new_attempt(parts.settings, (*door)->port(), core::new_salt(), core::new_salt());
  show(authorize_address(parts.settings, attempt));
  Loopback::Take take = [&attempt, &parts](std::string_view target) {
    return brought_back(target, attempt, parts.settings);
  };
  auto code = co_await (*door)->wait(std::move(take), sign_in_patience);
  if (!code) co_return tl::unexpected(code.error());
  auto grant = co_await redeem(parts, attempt, *code);
  if (!grant) co_return tl::unexpected(grant.error());
  std::string name = drawer_name(parts.connector);
  auto drawer = co_await parts.vault->open(std::move(name));
  if (!drawer) co_return tl::unexpected(drawer.error());
  Secret text = written({signed_in_here, std::move(grant->refresh)});
  co_return co_await (*drawer)->keep(std::move(text));
}

}  // namespace ioud::connectors::oauth
