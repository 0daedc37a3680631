#include "net/http_pool.hpp"

#include <curl/curl.h>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <map>
#include <optional>

#include "net/http_transfer.hpp"

namespace ioud::net {
namespace {

namespace asio = boost::asio;
using core::Fault;

constexpr long connections_kept = 16;
constexpr long connections_a_host = 6;

/// libcurl's own set-up, once for the program.
void set_up_curl() {
  static const CURLcode done = curl_global_init(CURL_GLOBAL_DEFAULT);
  (void)done;
}

}  // namespace

/// libcurl's multi handle on the Asio loop. Descriptors and the timer live only while something is
/// under way, so that idle connections outlast a loop.
class HttpPool::Engine : public std::enable_shared_from_this<HttpPool::Engine> {
 public:
  Engine() {
    set_up_curl();
    multi_ = curl_multi_init();
    curl_multi_setopt(multi_, CURLMOPT_SOCKETFUNCTION, &Engine::on_socket);
    curl_multi_setopt(multi_, CURLMOPT_SOCKETDATA, this);
    curl_multi_setopt(multi_, CURLMOPT_TIMERFUNCTION, &Engine::on_timer);
    curl_multi_setopt(multi_, CURLMOPT_TIMERDATA, this);
    curl_multi_setopt(multi_, CURLMOPT_MAXCONNECTS, connections_kept);
    curl_multi_setopt(multi_, CURLMOPT_MAX_HOST_CONNECTIONS, connections_a_host);
  }
  ~Engine() {
    curl_multi_setopt(multi_, CURLMOPT_SOCKETFUNCTION, nullptr);
    curl_multi_setopt(multi_, CURLMOPT_TIMERFUNCTION, nullptr);
    curl_multi_cleanup(multi_);
  }
  Engine(const Engine&) = delete;
  Engine& operator=(const Engine&) = delete;

  void add(HttpTransfer& transfer, const asio::any_io_executor& loop) {
    if (!work_) work_.emplace(loop);
    ++active_;
    curl_multi_add_handle(multi_, transfer.handle());
  }

  void remove(HttpTransfer& transfer) {
    curl_multi_remove_handle(multi_, transfer.handle());
    if (--active_ > 0) return;
    for (auto& [number, watched] : work_->sockets) watched->let_go();
    work_.reset();
  }

 private:
  /// A socket of libcurl's that the loop watches; libcurl owns and closes it.
  struct Watched {
    Watched(const asio::any_io_executor& loop, curl_socket_t number) : socket(loop, number) {}
    void let_go() {
      is_gone = true;
      socket.release();
    }
    asio::posix::stream_descriptor socket;
    int wants = 0;
    bool waits_to_read = false;
    bool waits_to_write = false;
    bool is_gone = false;
  };
  using SharedWatched = std::shared_ptr<Watched>;

  struct Work {
    explicit Work(const asio::any_io_executor& on) : loop(on), timer(on) {}
    asio::any_io_executor loop;
    asio::steady_timer timer;
    std::map<curl_socket_t, SharedWatched> sockets;
  };

  static int on_socket(CURL*, curl_socket_t number, int what, void* self, void*) {
    static_cast<Engine*>(self)->watch(number, what);
    return 0;
  }

  static int on_timer(CURLM*, long milliseconds, void* self) {
    static_cast<Engine*>(self)->set_timer(milliseconds);
    return 0;
  }

  void watch(curl_socket_t number, int what) {
    if (!work_) return;
    const auto found = work_->sockets.find(number);
    if (what == CURL_POLL_REMOVE) {
      if (found == work_->sockets.end()) return;
      found->second->let_go();
      work_->sockets.erase(found);
      return;
    }
    SharedWatched watched;
    if (found == work_->sockets.end()) {
      watched = std::make_shared<Watched>(work_->loop, number);
      work_->sockets.emplace(number, watched);
    } else {
      watched = found->second;
    }
    watched->wants = what;
    arm(watched, number);
  }

  void arm(const SharedWatched& watched, curl_socket_t number) {
    if (watched->is_gone) return;
    if ((watched->wants & CURL_POLL_IN) != 0 && !watched->waits_to_read) {
      watched->waits_to_read = true;
      watched->socket.async_wait(
          asio::posix::stream_descriptor::wait_read,
          [watched, number, weak = weak_from_this()](const boost::system::error_code& error) {
            watched->waits_to_read = false;
            if (const auto self = weak.lock()) self->ready(watched, number, CURL_CSELECT_IN, error);
          });
    }
    if ((watched->wants & CURL_POLL_OUT) != 0 && !watched->waits_to_write) {
      watched->waits_to_write = true;
      watched->socket.async_wait(
          asio::posix::stream_descriptor::wait_write,
          [watched, number, weak = weak_from_this()](const boost::system::error_code& error) {
            watched->waits_to_write = false;
            if (const auto self = weak.lock()) {
              self->ready(watched, number, CURL_CSELECT_OUT, error);
            }
          });
    }
  }

  void ready(const SharedWatched& watched, curl_socket_t number, int what,
             const boost::system::error_code& error) {
    if (watched->is_gone || error == asio::error::operation_aborted) return;
    drive(number, error ? CURL_CSELECT_ERR : what);
    arm(watched, number);
  }

  void set_timer(long milliseconds) {
    if (!work_) return;
    if (milliseconds < 0) {
      work_->timer.cancel();
      return;
    }
    work_->timer.expires_after(std::chrono::milliseconds{milliseconds});
    work_->timer.async_wait([weak = weak_from_this()](const boost::system::error_code& error) {
      const auto self = weak.lock();
      if (!error && self && self->work_) self->drive(CURL_SOCKET_TIMEOUT, 0);
    });
  }

  void drive(curl_socket_t number, int what) {
    int running = 0;
    curl_multi_socket_action(multi_, number, what, &running);
    int left = 0;
    while (const CURLMsg* message = curl_multi_info_read(multi_, &left)) {
      if (message->msg != CURLMSG_DONE) continue;
      char* transfer = nullptr;
      curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, &transfer);
      reinterpret_cast<HttpTransfer*>(transfer)->finish(message->data.result);
    }
  }

  CURLM* multi_ = nullptr;
  std::size_t active_ = 0;
  std::optional<Work> work_;
};

namespace {

/// Why a URL may not be fetched, or nothing.
std::optional<core::Error> refusal(const Request& request) {
  const bool is_plain = request.url.scheme != "https";
  if (!is_plain || (request.tls.plain_loopback && is_loopback(request.url))) return std::nullopt;
  return core::Error{Fault::config, format(request.url),
                     "this address has no TLS, so anybody on the way could read along; write "
                     "https://…",
                     std::nullopt};
}

}  // namespace

HttpPool::HttpPool() : engine_(std::make_shared<Engine>()) {}

HttpPool::~HttpPool() = default;

Task<Response> HttpPool::fetch(Request request, BodySink* sink) {
  /// Takes the transfer out of libcurl's hands however the task ends.
  struct Entry {
    Entry(std::shared_ptr<Engine> of, HttpTransfer& one, const asio::any_io_executor& loop)
        : engine(std::move(of)), transfer(one) {
      engine->add(transfer, loop);
    }
    ~Entry() { engine->remove(transfer); }
    Entry(const Entry&) = delete;
    Entry& operator=(const Entry&) = delete;
    std::shared_ptr<Engine> engine;
    HttpTransfer& transfer;
  };
  constexpr auto outcome = asio::as_tuple(asio::use_awaitable);

  if (auto refused = refusal(request)) co_return tl::unexpected(std::move(*refused));
  const asio::any_io_executor loop = co_await asio::this_coro::executor;
  asio::steady_timer wake(loop);
  HttpTransfer transfer(request, sink);
  transfer.when_news = [&wake] { wake.cancel(); };
  const Entry entry(engine_, transfer, loop);
  while (!transfer.is_finished()) {
    const bool had_begun = transfer.has_begun_answer();
    const std::int64_t moved = transfer.bytes_moved();
    const auto patience =
        had_begun ? request.limits.stall : request.limits.connect + request.limits.first_byte;
    wake.expires_after(patience);
    const auto [rung] = co_await wake.async_wait(outcome);
    if (transfer.is_finished()) break;
    const asio::cancellation_state cancelled = co_await asio::this_coro::cancellation_state;
    if (cancelled.cancelled() != asio::cancellation_type::none) {
      co_return core::fail(Fault::transient, format(request.url), "the exchange was called off");
    }
    const auto gained = static_cast<std::size_t>(transfer.bytes_moved() - moved);
    if (rung || (!had_begun && transfer.has_begun_answer()) ||
        gained >= request.limits.stall_bytes) {
      continue;
    }
    co_return core::fail(
        Fault::transient, format(request.url),
        "the server was silent for " +
            std::to_string(std::chrono::duration_cast<std::chrono::seconds>(patience).count()) +
            " s; it is tried again");
  }
  co_return transfer.outcome();
}

}  // namespace ioud::net
