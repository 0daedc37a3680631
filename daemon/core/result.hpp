#pragma once
// How anything in ioud fails: a Result carries a value or an Error, and an Error carries a Fault,
// which is a policy ("wait", "ask the rep to log in"), never a text to be matched. Everything that
// can fail for a reason outside the program returns a Result; exceptions are for bugs.

#include <chrono>
#include <optional>
#include <string>
#include <tl/expected.hpp>

namespace ioud::core {

/// What to do about a failure. The supervisor maps each to one action.
enum class Fault {
  transient,  ///< the other side was not there; wait and try again
  throttled,  ///< the other side told us to wait; try again after Error::retry_after
  auth,       ///< credentials were refused; refresh once, then park the account
  not_found,  ///< the item is gone
  conflict,   ///< the item changed since we saw it; read again and decide again
  rejected,   ///< this item is refused for good; set it aside, go on with the others
  protocol,   ///< the other side broke its own rules or sent what nobody can read
  config,     ///< a person must change a file; never retried by itself
};

/// The stable name of a fault as it stands in logs, `status` and metrics.
constexpr const char* name(Fault fault) {
  switch (fault) {
    case Fault::transient:
      return "transient";
    case Fault::throttled:
      return "throttled";
    case Fault::auth:
      return "auth";
    case Fault::not_found:
      return "not_found";
    case Fault::conflict:
      return "conflict";
    case Fault::rejected:
      return "rejected";
    case Fault::protocol:
      return "protocol";
    case Fault::config:
      return "config";
  }
  return "unknown";
}

/// A failure: what to do (fault), where it was (a file, an account, an item), and a sentence for a
/// person that says what was found, what was expected and how to mend it. `text` may quote a file
/// the rep owns, so it is shown by `check` and `status` but never logged.
struct Error {
  Fault fault = Fault::protocol;
  std::string place;
  std::string text;
  std::optional<std::chrono::seconds> retry_after;
};

template <class T>
using Result = tl::expected<T, Error>;

/// Shorthand for the failing side of a Result.
inline tl::unexpected<Error> fail(Fault fault, std::string place, std::string text) {
  return tl::unexpected<Error>(Error{fault, std::move(place), std::move(text), std::nullopt});
}

}  // namespace ioud::core
