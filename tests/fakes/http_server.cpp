#include "fakes/http_server.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cctype>
#include <list>
#include <mutex>
#include <stdexcept>
#include <thread>

namespace ioud::fakes {
namespace {

bool same_word(const std::string& a, const std::string& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) {
    return std::tolower(static_cast<unsigned char>(x)) ==
           std::tolower(static_cast<unsigned char>(y));
  });
}

std::string trimmed(std::string text) {
  while (!text.empty() && (text.back() == '\r' || text.back() == ' ')) text.pop_back();
  text.erase(0, text.find_first_not_of(' '));
  return text;
}

/// One connection with what was read ahead on it.
class Line {
 public:
  explicit Line(int socket) : socket_(socket) {}

  bool read_more(const std::atomic<bool>& is_over) {
    pollfd waiting{socket_, POLLIN, 0};
    while (::poll(&waiting, 1, 100) == 0) {
      if (is_over) return false;
    }
    char buffer[65536];
    const ssize_t got = ::recv(socket_, buffer, sizeof buffer, 0);
    if (got <= 0) return false;
    ahead_.append(buffer, static_cast<std::size_t>(got));
    return true;
  }

  /// The next whole request; false at the end.
  bool read(Ask& ask, const std::atomic<bool>& is_over) {
    std::size_t end = 0;
    while ((end = ahead_.find("\r\n\r\n")) == std::string::npos) {
      if (!read_more(is_over)) return false;
    }
    parse(ahead_.substr(0, end), ask);
    ahead_.erase(0, end + 4);
    const std::string length = ask.header("Content-Length");
    const std::size_t size = length.empty() ? 0 : std::stoul(length);
    while (ahead_.size() < size) {
      if (!read_more(is_over)) return false;
    }
    ask.body = ahead_.substr(0, size);
    ahead_.erase(0, size);
    return true;
  }

  bool write(const std::string& bytes) {
    std::size_t sent = 0;
    while (sent < bytes.size()) {
      const ssize_t more = ::send(socket_, bytes.data() + sent, bytes.size() - sent, MSG_NOSIGNAL);
      if (more <= 0) return false;
      sent += static_cast<std::size_t>(more);
    }
    return true;
  }

 private:
  static void parse(const std::string& head, Ask& ask) {
    std::size_t at = head.find("\r\n");
    const std::string first = head.substr(0, at);
    const std::size_t space = first.find(' ');
    ask.method = first.substr(0, space);
    ask.path = first.substr(space + 1, first.rfind(' ') - space - 1);
    while (at != std::string::npos) {
      const std::size_t begin = at + 2;
      at = head.find("\r\n", begin);
      const std::string line = head.substr(begin, at == std::string::npos ? at : at - begin);
      const std::size_t colon = line.find(':');
      if (colon == std::string::npos) continue;
      ask.headers.emplace_back(line.substr(0, colon), trimmed(line.substr(colon + 1)));
    }
  }

  int socket_;
  std::string ahead_;
};

}  // namespace

std::string Ask::header(const std::string& name) const {
  for (const auto& [key, value] : headers) {
    if (same_word(key, name)) return value;
  }
  return {};
}

class HttpServer::Work {
 public:
  explicit Work(Answer answer) : answer_(std::move(answer)) {
    listener_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    auto* plain = reinterpret_cast<sockaddr*>(&address);
    if (::bind(listener_, plain, size) != 0 || ::listen(listener_, 64) != 0 ||
        ::getsockname(listener_, plain, &size) != 0) {
      throw std::runtime_error("no port for a test server");
    }
    port_ = ntohs(address.sin_port);
    accepting_ = std::thread([this] { accept(); });
  }
  ~Work() {
    is_over_ = true;
    accepting_.join();
    for (std::thread& one : serving_) one.join();
    ::close(listener_);
  }
  Work(const Work&) = delete;
  Work& operator=(const Work&) = delete;

  int port() const { return port_; }
  std::size_t connections() const { return connections_; }

 private:
  void accept() {
    pollfd waiting{listener_, POLLIN, 0};
    while (!is_over_) {
      if (::poll(&waiting, 1, 50) <= 0) continue;
      const int socket = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
      if (socket < 0) continue;
      ++connections_;
      const int on = 1;
      ::setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
      serving_.emplace_back([this, socket] {
        serve(socket);
        ::close(socket);
      });
    }
  }

  void serve(int socket) {
    Line line(socket);
    for (Ask ask; line.read(ask, is_over_); ask = {}) {
      const Reply reply = answer_(ask);
      if (!send(line, ask, reply)) return;
    }
  }

  bool wait(std::chrono::milliseconds time) {
    for (; time.count() > 0 && !is_over_; time -= std::chrono::milliseconds{20}) {
      std::this_thread::sleep_for(std::min(time, std::chrono::milliseconds{20}));
    }
    return !is_over_;
  }

  /// False where the connection is to be closed.
  bool send(Line& line, const Ask& ask, const Reply& reply) {
    if (!wait(reply.delay) || reply.is_dropped) return false;
    std::string head = "HTTP/1.1 " + std::to_string(reply.status) + " Reason\r\n";
    for (const auto& [name, value] : reply.headers) head += name + ": " + value + "\r\n";
    if (reply.never_ends) return line.write(head + "\r\n") && flood(line, reply.body);
    if (reply.live) return line.write(head + "\r\n") && pass_on(line, reply.live);
    head += "Content-Length: " + std::to_string(reply.body.size()) + "\r\n\r\n";
    if (ask.method == "HEAD") return line.write(head);
    if (reply.drip.count() > 0) return line.write(head) && drip(line, reply);
    const bool is_cut = reply.cut_after < reply.body.size();
    return line.write(head + reply.body.substr(0, reply.cut_after)) && !is_cut;
  }

  bool flood(Line& line, const std::string& body) {
    while (!is_over_ && line.write(body)) {
    }
    return false;
  }

  bool pass_on(Line& line, const std::function<std::string()>& next) {
    while (!is_over_ && line.write(next())) {
    }
    return false;
  }

  bool drip(Line& line, const Reply& reply) {
    for (const char c : reply.body) {
      if (!wait(reply.drip) || !line.write(std::string(1, c))) return false;
    }
    return true;
  }

  Answer answer_;
  int listener_ = -1;
  int port_ = 0;
  std::atomic<bool> is_over_{false};
  std::atomic<std::size_t> connections_{0};
  std::thread accepting_;
  std::list<std::thread> serving_;
};

HttpServer::HttpServer(Answer answer) : work_(std::make_unique<Work>(std::move(answer))) {}

HttpServer::~HttpServer() = default;

std::string HttpServer::url() const {
  return "http://127.0.0.1:" + std::to_string(work_->port()) + "/";
}

int HttpServer::port() const { return work_->port(); }

std::size_t HttpServer::connections() const { return work_->connections(); }

}  // namespace ioud::fakes
