#include "detection/cues.hpp"

#include <re2/re2.h>
#include <re2/set.h>

#include <algorithm>

namespace ioud::detection {

struct Cues::Set {
  explicit Set(const re2::RE2::Options& options) : patterns(options, re2::RE2::UNANCHORED) {}
  re2::RE2::Set patterns;
};

Cues::Cues(std::unique_ptr<Set> set) : set_(std::move(set)) {}
Cues::Cues(Cues&&) noexcept = default;
Cues& Cues::operator=(Cues&&) noexcept = default;
Cues::~Cues() = default;

core::Result<Cues> Cues::compile() {
  re2::RE2::Options options(re2::RE2::Latin1);  // bytes: the words may hold any
  options.set_log_errors(false);
  options.set_max_mem(64 << 20);
  options.set_never_capture(true);
  auto set = std::make_unique<Set>(options);
  for (const Cue& cue : all_cues()) {
    std::string error;
    if (set->patterns.Add({cue.pattern.data(), cue.pattern.size()}, &error) < 0) {
      return core::fail(core::Fault::config, std::string(cue.name), "pattern: " + error);
    }
  }
  if (!set->patterns.Compile()) {
    return core::fail(core::Fault::config, "cues", "the patterns need more memory than allowed");
  }
  return Cues(std::move(set));
}

CueHits Cues::find(const std::string& joined_tokens) const {
  std::vector<int> matched;
  set_->patterns.Match(joined_tokens, &matched);
  CueHits hits;
  for (const int index : matched) hits.set(static_cast<std::size_t>(index));
  return hits;
}

std::size_t cue_index(std::string_view name) {
  const auto& cues = all_cues();
  const auto found =
      std::find_if(cues.begin(), cues.end(), [&](const Cue& cue) { return cue.name == name; });
  return static_cast<std::size_t>(found - cues.begin());
}

}  // namespace ioud::detection
