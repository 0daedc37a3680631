#pragma once
// Carries HTTP requests over the network: one pool for the program, connections kept and shared,
// HTTP/2 where a server has it, answers decompressed, certificates always verified. It follows no
// redirect, repeats nothing of its own and logs nothing.

#include <memory>

#include "net/http.hpp"
#include "net/task.hpp"

namespace ioud::net {

class HttpPool {
 public:
  HttpPool();
  ~HttpPool();
  HttpPool(const HttpPool&) = delete;
  HttpPool& operator=(const HttpPool&) = delete;

  /// The answer, whatever its status. Fails with `transient` where the exchange did not come to its
  /// end (then a request that changes something may have been carried out or not), `config` where
  /// the peer cannot be trusted or the URL may not be used, `protocol` where the answer is larger
  /// than allowed. `sink` may be null; else it outlives the task. Cancelling the task ends the
  /// exchange. Tasks of one pool run on one thread; the loop may be another one once the pool
  /// rests.
  Task<Response> fetch(Request request, BodySink* sink = nullptr);

 private:
  class Engine;
  std::shared_ptr<Engine> engine_;
};

}  // namespace ioud::net
