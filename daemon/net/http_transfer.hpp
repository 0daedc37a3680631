#pragma once
// One request in libcurl's hands: its options going in, its answer coming out. Only http_pool uses
// it. The handle is a CURL* and codes are CURLcode; libcurl's own header stays out of ours.

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "net/http.hpp"

namespace ioud::net {

class HttpTransfer {
 public:
  /// Both outlive the transfer; `sink` may be null.
  HttpTransfer(const Request& request, BodySink* sink);
  HttpTransfer(const HttpTransfer&) = delete;
  HttpTransfer& operator=(const HttpTransfer&) = delete;

  void* handle() const { return easy_.get(); }
  bool has_begun_answer() const { return has_begun_; }
  std::int64_t bytes_moved() const { return moved_; }
  bool is_finished() const { return is_finished_; }
  void finish(int code);
  core::Result<Response> outcome();

  std::function<void()> when_news;  ///< the answer begins, or the exchange has ended

 private:
  struct FreeEasy {
    void operator()(void* easy) const;
  };
  struct HeaderLines;
  struct FreeLines {
    void operator()(HeaderLines* lines) const;
  };

  void set_url_and_tls();
  void set_login();
  void set_headers();
  static std::size_t on_header(char* bytes, std::size_t one, std::size_t size, void* self);
  static std::size_t on_body(char* bytes, std::size_t one, std::size_t size, void* self);
  static int on_progress(void* self, std::int64_t, std::int64_t down, std::int64_t,
                         std::int64_t up);
  bool take_header(std::string_view line);
  bool take_body(std::string_view bytes);
  core::Error failure() const;

  const Request& request_;
  BodySink* sink_;
  std::unique_ptr<void, FreeEasy> easy_;
  std::unique_ptr<HeaderLines, FreeLines> header_lines_;
  Response response_;
  std::size_t header_bytes_ = 0;
  std::size_t body_bytes_ = 0;
  std::int64_t moved_ = 0;
  bool has_begun_ = false;
  bool is_finished_ = false;
  bool is_too_large_ = false;
  bool is_sink_done_ = false;
  int code_ = 0;
};

}  // namespace ioud::net
