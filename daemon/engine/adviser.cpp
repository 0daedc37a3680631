#include "engine/adviser.hpp"

namespace ioud::engine {
namespace {

constexpr std::size_t most_in_a_pass = 40;
constexpr detection::SecondOpinionLimits limits;

}  // namespace

void Adviser::begin_pass() {
  asked_ = 0;
  is_dead_ = false;
  scorer_.reset();
}

net::Task<double> Adviser::opinion(detection::Question question) {
  connectors::JsonPost wish;
  wish.url = url_;
  wish.body = detection::opinion_request(question.sentence, question.label, model_, limits);
  wish.patience = limits.time;
  wish.answer_bytes = limits.answer_bytes;
  auto body = co_await post_(std::move(wish));
  if (!body) co_return tl::unexpected(body.error());
  co_return detection::opinion_answer(*body, limits);
}

net::Task<bool> Adviser::ask() {
  bool is_wiser = false;
  for (const detection::Question& question : scorer_.take_questions()) {
    if (is_dead_ || asked_ >= most_in_a_pass) {
      scorer_.note(question, std::nullopt);
      continue;
    }
    ++asked_;
    const auto said = co_await opinion(question);
    if (!said) {
      is_dead_ = said.error().fault != core::Fault::protocol;
      log_.warning("opinion.missing", {{"fault", core::name(said.error().fault)}});
      scorer_.note(question, std::nullopt);
      continue;
    }
    scorer_.note(question, *said);
    is_wiser = true;
  }
  co_return is_wiser;
}

}  // namespace ioud::engine
