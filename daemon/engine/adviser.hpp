#pragma once
// Asks the endpoint that the admin named for a second opinion on the candidates of a page. Within
// its time and number; an endpoint that does not answer is left alone until the next pass and
// changes nothing.

#include "connectors/network.hpp"
#include "core/log.hpp"
#include "detection/second_opinion.hpp"
#include "net/task.hpp"

namespace ioud::engine {

class Adviser {
 public:
  /// `scorer` and `log` outlive this. `url` may be asked, as the config says, and names the
  /// chat completions of the endpoint.
  Adviser(detection::OpinionatedScorer& scorer, connectors::PostJson post, std::string url,
          std::string model, core::Log& log)
      : scorer_(scorer),
        post_(std::move(post)),
        url_(std::move(url)),
        model_(std::move(model)),
        log_(log) {}

  /// A new pass: the endpoint may be asked again.
  void begin_pass();

  /// Asks what the scorer wanted to know since the last call. True where an answer came that it did
  /// not know before, so that what was read should be read again.
  net::Task<bool> ask();

 private:
  net::Task<double> opinion(detection::Question question);

  detection::OpinionatedScorer& scorer_;
  connectors::PostJson post_;
  std::string url_;
  std::string model_;
  core::Log& log_;
  std::size_t asked_ = 0;  ///< in this pass
  bool is_dead_ = false;
};

}  // namespace ioud::engine
