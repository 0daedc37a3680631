#include "net/stream.hpp"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>
#include <sys/socket.h>

#include <array>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/execution/context.hpp>
#include <boost/asio/execution_context.hpp>
#include <boost/asio/ip/address.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <optional>
#include <set>
#include <vector>

namespace ioud::net {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;
using core::Fault;
using std::chrono::milliseconds;

constexpr auto outcome = asio::as_tuple(asio::use_awaitable);
constexpr std::size_t chunk = std::size_t{64} * 1024;
constexpr int unacknowledged_ms = 30'000;  ///< sent bytes nobody confirms end the connection
constexpr int quiet_before_probe_s = 75;
constexpr int probe_every_s = 20;
constexpr int probes = 3;

/// Cancels what a socket waits for once the time is over. The timer's last word may come after the
/// wait has ended, so what they share outlives both.
class Deadline {
 public:
  Deadline(tcp::socket& socket, milliseconds longest)
      : timer_(socket.get_executor()), shared_(std::make_shared<Shared>()) {
    shared_->socket = &socket;
    timer_.expires_after(longest);
    timer_.async_wait([shared = shared_](const error_code& stopped) {
      if (stopped || shared->socket == nullptr) return;
      shared->is_over = true;
      error_code ignored;
      shared->socket->cancel(ignored);
    });
  }
  Deadline(const Deadline&) = delete;
  Deadline& operator=(const Deadline&) = delete;
  ~Deadline() { shared_->socket = nullptr; }

  bool is_over() const { return shared_->is_over; }

 private:
  struct Shared {
    tcp::socket* socket = nullptr;
    bool is_over = false;
  };
  asio::steady_timer timer_;
  std::shared_ptr<Shared> shared_;
};

std::string place_of(const Peer& peer) { return peer.host + ":" + std::to_string(peer.port); }

tl::unexpected<core::Error> lost(const Peer& peer, const std::string& what) {
  return core::fail(Fault::transient, place_of(peer), what);
}

bool is_address(const std::string& host) {
  error_code error;
  asio::ip::make_address(host, error);
  return !error;
}

void set_option(tcp::socket& socket, int level, int name, int value) {
  // A kernel that does not know one still has the deadlines above.
  ::setsockopt(socket.native_handle(), level, name, &value, sizeof value);
}

void make_lively(tcp::socket& socket) {
  set_option(socket, IPPROTO_TCP, TCP_NODELAY, 1);
  set_option(socket, IPPROTO_TCP, TCP_USER_TIMEOUT, unacknowledged_ms);
  set_option(socket, SOL_SOCKET, SO_KEEPALIVE, 1);
  set_option(socket, IPPROTO_TCP, TCP_KEEPIDLE, quiet_before_probe_s);
  set_option(socket, IPPROTO_TCP, TCP_KEEPINTVL, probe_every_s);
  set_option(socket, IPPROTO_TCP, TCP_KEEPCNT, probes);
}

}  // namespace

/// Lets go of the sockets of a loop that ends before the streams do; such a stream is closed.
class OpenSockets final : public asio::execution_context::service {
 public:
  using key_type = OpenSockets;
  static asio::execution_context::id id;

  explicit OpenSockets(asio::execution_context& loop) : service(loop) {}

  std::set<Stream::Wire*> wires;

 private:
  void shutdown() override;
};

asio::execution_context::id OpenSockets::id;

struct Stream::Wire {
  Wire(const asio::any_io_executor& loop, Peer to, Patience limits)
      : peer(std::move(to)),
        patience(limits),
        others(&asio::use_service<OpenSockets>(asio::query(loop, asio::execution::context))),
        socket(loop) {
    others->wires.insert(this);
  }
  Wire(const Wire&) = delete;
  Wire& operator=(const Wire&) = delete;
  ~Wire() {
    if (others != nullptr) others->wires.erase(this);
  }

  void leave_loop() {
    tls.reset();
    socket.reset();
    others = nullptr;
  }

  Peer peer;
  Patience patience;
  OpenSockets* others;  ///< null: the loop has ended
  std::optional<tcp::socket> socket;
  std::optional<asio::ssl::context> trust;
  std::optional<asio::ssl::stream<tcp::socket&>> tls;
  std::vector<char> buffer = std::vector<char>(chunk);

  core::Result<bool> prepare_tls();
  tl::unexpected<core::Error> handshake_failed(const error_code& error);
  Task<bool> connect();
  Task<bool> shake_hands();
};

void OpenSockets::shutdown() {
  for (Stream::Wire* wire : wires) wire->leave_loop();
  wires.clear();
}

core::Result<bool> Stream::Wire::prepare_tls() {
  trust.emplace(asio::ssl::context::tls_client);
  error_code error;
  if (peer.ca_file.empty()) {
    // The folder is looked into as needed; the file with all authorities takes 20 ms to read.
    ::SSL_CTX_set_default_verify_dir(trust->native_handle());
  } else {
    trust->load_verify_file(peer.ca_file, error);
    if (error)
      return core::fail(Fault::config, peer.ca_file,
                        "found no certificate authority in this file; expected one in PEM form");
  }
  ::SSL_CTX_set_min_proto_version(trust->native_handle(), TLS1_2_VERSION);
  tls.emplace(*socket, *trust);
  tls->set_verify_mode(asio::ssl::verify_peer);
  tls->set_verify_callback(asio::ssl::host_name_verification(peer.host));
  if (!is_address(peer.host)) {
    // The macro casts the constness away, which our warnings do not let pass.
    std::string name = peer.host;
    ::SSL_ctrl(tls->native_handle(), SSL_CTRL_SET_TLSEXT_HOSTNAME, TLSEXT_NAMETYPE_host_name,
               name.data());
  }
  return true;
}

tl::unexpected<core::Error> Stream::Wire::handshake_failed(const error_code& error) {
  const long verdict = ::SSL_get_verify_result(tls->native_handle());
  if (verdict == X509_V_OK) return lost(peer, "TLS could not be agreed on: " + error.message());
  return core::fail(Fault::config, place_of(peer),
                    "the server's certificate does not hold for " + peer.host + ": " +
                        ::X509_verify_cert_error_string(verdict) +
                        "; write the name the certificate has, or name the file of your own "
                        "authority in `ca_file`");
}

Task<bool> Stream::Wire::connect() {
  tcp::resolver resolver(socket->get_executor());
  const std::string service = std::to_string(peer.port);
  auto [unknown, addresses] = co_await resolver.async_resolve(peer.host, service, outcome);
  if (unknown) co_return lost(peer, "the host's address could not be found");
  const auto share =
      patience.connect / static_cast<int>(std::max<std::size_t>(1, addresses.size()));
  error_code error = asio::error::host_unreachable;
  bool was_late = false;
  for (const auto& address : addresses) {
    error_code ignored;
    socket->close(ignored);
    socket->open(address.endpoint().protocol(), error);
    if (error) continue;
    const Deadline deadline(*socket, share);
    const auto [refused] = co_await socket->async_connect(address.endpoint(), outcome);
    error = refused;
    was_late = deadline.is_over();
    if (!error) break;
  }
  if (error)
    co_return lost(peer,
                   was_late ? "the server does not answer" : "the server does not take calls");
  make_lively(*socket);
  co_return true;
}

Task<bool> Stream::Wire::shake_hands() {
  const Deadline deadline(*socket, patience.connect);
  const auto [error] = co_await tls->async_handshake(asio::ssl::stream_base::client, outcome);
  if (error) {
    if (deadline.is_over()) co_return lost(peer, "the server did not finish the TLS handshake");
    co_return handshake_failed(error);
  }
  co_return true;
}

Stream::Stream(std::unique_ptr<Wire> wire) : wire_(std::move(wire)) {}

Stream::~Stream() { close(); }

Task<std::unique_ptr<Stream>> Stream::open(Peer peer, Patience patience) {
  auto wire = std::make_unique<Wire>(co_await asio::this_coro::executor, std::move(peer), patience);
  std::unique_ptr<Stream> stream(new Stream(std::move(wire)));
  auto connected = co_await stream->wire_->connect();
  if (!connected) co_return tl::unexpected(connected.error());
  if (stream->wire_->peer.security == Security::tls) {
    auto secured = co_await stream->start_tls();
    if (!secured) co_return tl::unexpected(secured.error());
  }
  co_return std::move(stream);
}

Task<bool> Stream::start_tls() {
  const auto prepared = wire_->prepare_tls();
  if (!prepared) co_return tl::unexpected(prepared.error());
  co_return co_await wire_->shake_hands();
}

Task<std::string> Stream::read_within(milliseconds longest) {
  if (!wire_->socket) co_return lost(wire_->peer, "the connection is closed");
  const Deadline deadline(*wire_->socket, longest);
  const auto room = asio::buffer(wire_->buffer);
  error_code error;
  std::size_t count = 0;
  if (wire_->tls) {
    std::tie(error, count) = co_await wire_->tls->async_read_some(room, outcome);
  } else {
    std::tie(error, count) = co_await wire_->socket->async_read_some(room, outcome);
  }
  if (count > 0) co_return std::string(wire_->buffer.data(), count);
  if (error == asio::error::operation_aborted) {
    if (deadline.is_over()) co_return std::string();
    throw boost::system::system_error(error);  // the task was cancelled
  }
  co_return lost(wire_->peer, "the server closed the connection");
}

Task<std::string> Stream::read() {
  const milliseconds longest = wire_->patience.progress;
  auto bytes = co_await read_within(longest);
  if (bytes && bytes->empty()) co_return lost(wire_->peer, "the server fell silent");
  co_return bytes;
}

Task<bool> Stream::write(std::string bytes) {
  if (!wire_->socket) co_return lost(wire_->peer, "the connection is closed");
  std::size_t done = 0;
  while (done < bytes.size()) {
    const Deadline deadline(*wire_->socket, wire_->patience.progress);
    const auto rest = asio::buffer(bytes.data() + done, std::min(chunk, bytes.size() - done));
    error_code error;
    std::size_t count = 0;
    if (wire_->tls) {
      std::tie(error, count) = co_await wire_->tls->async_write_some(rest, outcome);
    } else {
      std::tie(error, count) = co_await wire_->socket->async_write_some(rest, outcome);
    }
    if (error)
      co_return lost(wire_->peer, deadline.is_over() ? "the server takes no more bytes"
                                                     : "the server closed the connection");
    done += count;
  }
  co_return true;
}

void Stream::close() {
  error_code ignored;
  if (wire_->socket) wire_->socket->close(ignored);
}

bool Stream::is_secure() const { return wire_->tls.has_value(); }
const Peer& Stream::peer() const { return wire_->peer; }

}  // namespace ioud::net
