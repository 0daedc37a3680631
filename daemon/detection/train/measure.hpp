#pragma once
// Leave-one-author-out: trains without an author, scores him, and writes what
// came out, so that thresholds and blends are chosen on authors the model never
// saw.

#include <string>
#include <vector>

#include "detection/train/settings.hpp"

namespace ioud::detection::train {

/// What the two halves said of an example by an author they had not read.
struct LeftOut {
  const Example* example = nullptr;
  Linear::Logits linear{};
  Linear::Logits network{};
};

/// Groups of authors that are left out together; an author of none of them
/// stays in training.
std::vector<LeftOut> leave_out(const std::vector<Example>& corpus, const Vectors& vectors,
                               const Settings& settings, const std::vector<std::string>& groups);

/// One line an example: author, label, linear logits, network logits, text; tab
/// separated.
void dump(const std::vector<LeftOut>& results, const std::string& path);

}  // namespace ioud::detection::train
