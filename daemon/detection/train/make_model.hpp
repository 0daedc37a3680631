#pragma once
// The whole way from text to model file, in memory. The same text, vectors and
// settings give the same bytes.

#include <cstddef>
#include <string>
#include <vector>

#include "core/result.hpp"
#include "detection/train/settings.hpp"

namespace ioud::detection::train {

/// The corpus with its features and vocabulary rows.
struct Prepared {
  std::vector<Example> corpus;
  std::vector<Example> left_out;  ///< as read, without features
  Vectors vectors;
};
core::Result<Prepared> prepare_all(const std::string& text_folder,
                                   const std::string& vector_folder);

/// The same without the author of that name, or else those whose name begins so, who leave nothing
/// behind in the vocabulary either.
core::Result<Prepared> prepare_without(const std::string& group, const std::string& text_folder,
                                       const std::string& vector_folder);

/// Trains on everything prepared.
core::Result<std::vector<std::byte>> make_model(const Prepared& prepared, const Settings& settings);

}  // namespace ioud::detection::train
