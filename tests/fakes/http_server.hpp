#pragma once
// An HTTP/1.1 server on a free loopback port for tests: each request is handed to a function, whose
// reply may also be wrong in the ways servers are: cut off, dripping, silent, or no HTTP at all.
// Runs on threads of its own.

#include <atomic>
#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace ioud::fakes {

struct Ask {
  std::string method;
  std::string path;
  std::vector<std::pair<std::string, std::string>> headers;
  std::string body;
  /// "" where there is none; names compare without case.
  std::string header(const std::string& name) const;
};

struct Reply {
  int status = 200;
  std::vector<std::pair<std::string, std::string>> headers = {};
  std::string body = {};
  std::size_t cut_after = std::string::npos;  ///< bytes of the body, then the line goes dead
  bool is_dropped = false;                    ///< no answer, the connection is closed
  bool never_ends = false;                    ///< the body is repeated until the peer has enough
  /// The body comes as it comes: each call waits for what is next of it, until the peer has enough.
  std::function<std::string()> live = nullptr;
  std::chrono::milliseconds delay{0};  ///< before the answer
  std::chrono::milliseconds drip{0};   ///< between single bytes of the body
};

class HttpServer {
 public:
  using Answer = std::function<Reply(const Ask&)>;

  explicit HttpServer(Answer answer);
  ~HttpServer();
  HttpServer(const HttpServer&) = delete;
  HttpServer& operator=(const HttpServer&) = delete;

  /// "http://127.0.0.1:PORT/"
  std::string url() const;
  int port() const;
  std::size_t connections() const;  ///< opened so far

 private:
  class Work;
  std::unique_ptr<Work> work_;
};

}  // namespace ioud::fakes
