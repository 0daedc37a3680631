#pragma once
// The access tokens of one sign-in: fetched when they are wanted, used until shortly before they
// run out or until a server refuses them, renewed by one request for all who wait. A refresh token
// that the provider replaces is kept before the access token that came with it is used. Knows no
// mail protocol and logs no token.

#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "connectors/login_pace.hpp"
#include "connectors/oauth/grant.hpp"
#include "connectors/oauth/kept.hpp"
#include "connectors/surroundings.hpp"
#include "net/http_pool.hpp"

namespace ioud::connectors::oauth {

/// The name of the drawer in which a connector keeps its refresh token.
std::string drawer_name(const std::string& connector);

class Tokens : public std::enable_shared_from_this<Tokens> {
 public:
  struct Parts {
    std::string connector;  ///< its name, for the log and the drawer
    Settings settings;
    std::function<net::Task<core::Secret>(Setting)> find_secret;
    std::shared_ptr<Vault> vault;  ///< null: a later refresh token lives as long as this
    std::shared_ptr<net::HttpPool> http;
    std::shared_ptr<const net::Clock> clock;
    core::Log* log = nullptr;      ///< may be null
    core::Steps* steps = nullptr;  ///< may be null
  };

  explicit Tokens(Parts parts) : parts_(std::move(parts)) {}

  /// A token that is good as far as we know. Fails auth where a person must sign in again: then the
  /// provider is not asked again before the configured token changes. Fails throttled where tokens
  /// were asked for too often, else as secrets and read_answer do. A cancelled task leaves the
  /// request to the others who wait; alone, it gives the request 0.7 s to bring its answer home.
  net::Task<core::Secret> token();

  /// A server says that this token is no longer good: the next call of token() brings another.
  void give_back(const core::Secret& token);

 private:
  struct Flight;
  struct Current {
    core::Secret token;
    std::optional<core::Instant> good_until;  ///< nothing: until a server refuses it
  };

  bool is_good_now() const;
  std::shared_ptr<Flight> start(const boost::asio::any_io_executor& loop);
  static net::Task<core::Secret> fly(std::shared_ptr<Tokens> self);
  net::Task<bool> renew();
  net::Task<std::unique_ptr<Drawer>> open_drawer();
  net::Task<core::Secret> secret(Setting reference);
  std::optional<core::Error> too_soon();
  net::Task<Grant> ask(core::Secret refresh);
  net::Task<bool> take(Grant grant, std::string origin, Drawer* drawer);
  void note(const core::Error& error, const core::Secret& refresh);
  void warn(std::string_view event) const;
  void reached(std::string_view step) const;

  Parts parts_;
  LoginPace pace_;
  std::optional<core::Instant> not_before_;  ///< the provider asked us to wait until then
  std::optional<Current> current_;
  core::Instant asked_;                 ///< when the last request went out
  std::optional<Kept> kept_;            ///< the latest refresh token, where there is no vault
  std::optional<Grant> unkept_;         ///< came, and could not be kept yet
  std::string unkept_origin_;           ///< origin of that
  std::optional<core::Error> refusal_;  ///< of the sign-in; told again without asking again
  std::string refused_;                 ///< origin_of the refresh token that was refused
  std::shared_ptr<Flight> flight_;      ///< the request under way
};

}  // namespace ioud::connectors::oauth
