#pragma once
// A TLS server on the tests' loop: takes one message a connection and answers it.

#include <boost/asio.hpp>
#include <boost/asio/ssl.hpp>
#include <functional>
#include <string>

#include "fakes/real_server.hpp"
#include "fakes/run_task.hpp"

namespace ioud::fakes {

/// A certificate of an authority of our own ("ca"), made once; its key is "NAME.key" beside it.
inline std::string certificate(const std::string& name) {
  static const TemporaryFolder folder;
  static const std::string made =
      output_of(RealServer::place("certificates") + " " + folder.path().string());
  return (folder.path() / (name + ".pem")).string();
}

inline std::string key_of(const std::string& name) {
  const std::string file = certificate(name);
  return file.substr(0, file.size() - 3) + "key";
}

class TlsServer {
  using tcp = boost::asio::ip::tcp;

 public:
  using Answer = std::function<std::string(std::string)>;

  struct Manner {
    bool starts_plain = false;     ///< TLS begins after a first message in the clear
    bool asks_for_client = false;  ///< who shows no certificate of our authority is refused
    Answer answer = [](std::string said) { return said; };
  };

  /// Shows the certificate of that name.
  explicit TlsServer(const std::string& name, Manner manner)
      : manner_(std::move(manner)),
        acceptor_(loop(), tcp::endpoint(boost::asio::ip::address_v4::loopback(), 0)) {
    context_.use_certificate_file(certificate(name), boost::asio::ssl::context::pem);
    context_.use_private_key_file(key_of(name), boost::asio::ssl::context::pem);
    if (manner_.asks_for_client) {
      context_.load_verify_file(certificate("ca"));
      context_.set_verify_mode(boost::asio::ssl::verify_peer |
                               boost::asio::ssl::verify_fail_if_no_peer_cert);
    }
    boost::asio::co_spawn(loop(), serve(), boost::asio::detached);
  }
  explicit TlsServer(const std::string& name) : TlsServer(name, Manner()) {}
  ~TlsServer() {
    boost::system::error_code ignored;
    acceptor_.close(ignored);
    // What still waits on the loop refers to this server.
    loop().restart();
    loop().poll();
  }

  unsigned short port() const { return acceptor_.local_endpoint().port(); }

 private:
  boost::asio::awaitable<void> serve() {
    constexpr auto outcome = boost::asio::as_tuple(boost::asio::use_awaitable);
    for (;;) {
      auto [error, socket] = co_await acceptor_.async_accept(outcome);
      if (error) co_return;
      std::string text(4096, '\0');
      const auto room = boost::asio::buffer(text);
      if (manner_.starts_plain) co_await socket.async_read_some(room, outcome);
      boost::asio::ssl::stream<tcp::socket> tls(std::move(socket), context_);
      const auto [refused] =
          co_await tls.async_handshake(boost::asio::ssl::stream_base::server, outcome);
      if (refused) continue;
      const auto [lost, size] = co_await tls.async_read_some(room, outcome);
      if (lost) continue;
      const std::string answer = manner_.answer(text.substr(0, size));
      co_await boost::asio::async_write(tls, boost::asio::buffer(answer), outcome);
    }
  }

  Manner manner_;
  boost::asio::ssl::context context_{boost::asio::ssl::context::tls_server};
  tcp::acceptor acceptor_;
};

}  // namespace ioud::fakes
