#pragma once
// HTTP as values: what is asked, what came back, and who is asking. Transport is http_pool; what a
// status means to a protocol is the protocol's business. Nothing here waits.

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.hpp"
#include "core/secret.hpp"
#include "net/url.hpp"

namespace ioud::net {

struct Header {
  std::string name;
  std::string value;
};

/// In the order they came; names compare without case.
struct Headers : std::vector<Header> {
  using std::vector<Header>::vector;
  /// The value of the first header of that name, or nothing.
  std::optional<std::string> find(std::string_view name) const;
  /// All values of that name, joined by ", ".
  std::string all(std::string_view name) const;
};

/// How one proves who he is. `bearer` uses the secret alone.
enum class Login { none, basic, digest, bearer };

struct Credentials {
  Login login = Login::none;
  std::string user;
  core::Secret secret;
};

/// Bounds of one exchange. They measure progress: a large body on a slow line is no fault.
struct Limits {
  std::chrono::milliseconds connect{15'000};
  std::chrono::milliseconds first_byte{60'000};  ///< the longest a server may think
  std::chrono::milliseconds stall{30'000};       ///< within which `stall_bytes` must have moved
  std::size_t stall_bytes = 512;
  std::size_t body_bytes = 64U << 20U;  ///< after decompression
};

/// How a peer is trusted, and whether one may be spoken to without TLS.
struct TlsSettings {
  std::string ca_file;          ///< PEM, believed instead of the system's; empty: the system's
  std::string client_cert;      ///< PEM; empty: none
  std::string client_key;       ///< PEM; empty: in the certificate's file
  bool plain_loopback = false;  ///< http:// to this machine is allowed
};

struct Request {
  std::string method = "GET";
  Url url;
  Headers headers;
  std::string body;
  Credentials credentials;
  TlsSettings tls;
  Limits limits;
};

struct Response {
  int status = 0;
  Headers headers;
  std::string body;  ///< empty where a BodySink took it
};

/// Takes the body of an answer as it arrives, so that a large one is never whole in memory. It is
/// only given the body of an answer with a 2xx status; others are collected in the response.
class BodySink {
 public:
  virtual ~BodySink() = default;
  /// The head of that answer has come; its body may be long in coming.
  virtual void begin(const Response&) {}
  /// False ends the exchange: the sink has seen enough, or cannot read on.
  virtual bool take(std::string_view bytes) = 0;
};

/// Where an answer sends a request that may be repeated elsewhere (GET, HEAD, OPTIONS, PROPFIND,
/// REPORT): the same request with the new URL. The login goes along only to the same origin.
/// Nothing where the answer is no redirect or names no usable place; a step from https to http is
/// not usable.
std::optional<Request> redirected(const Request& request, const Response& response);

/// The status in "HTTP/1.1 404 Not Found"; 0 where there is none.
int status_in(std::string_view line);

/// Whether the method changes nothing, so that it may be sent again without a second thought.
bool is_safe(std::string_view method);

}  // namespace ioud::net
