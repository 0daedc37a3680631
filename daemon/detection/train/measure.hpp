#pragma once
// Leave-one-author-out: trains the whole model without an author, lets the real scorer read him,
// and counts. What is printed is what an author whose text we do not have may expect.

#include <cstddef>
#include <string>
#include <vector>

#include "core/result.hpp"
#include "detection/train/settings.hpp"

namespace ioud::detection::train {

/// Detections against labels, over the three labels that are acted on.
struct Tally {
  std::size_t right = 0;
  std::size_t flagged = 0;
  std::size_t wanted = 0;

  double precision() const;
  double recall() const;
  double f1() const;
  Tally& operator+=(const Tally& other);
};

/// What became of one group of authors.
struct GroupResult {
  std::string group;
  std::size_t sentences = 0;
  Tally all;        ///< rep_favour, client_iou and favour_request together
  Tally automatic;  ///< rep_favour from `floor` on
};

/// Trains once for each group on the text of everybody else, vectors' extra words included. A group
/// is the beginning of an author's name ("train-a", "gold"); one that fits nobody is a mistake.
core::Result<std::vector<GroupResult>> measure(const std::string& text_folder,
                                               const std::string& vector_folder,
                                               const Settings& settings,
                                               const std::vector<std::string>& groups,
                                               double floor);

/// The results as one table, with the sum of the groups as the last line.
std::string table(const std::vector<GroupResult>& results);

}  // namespace ioud::detection::train
