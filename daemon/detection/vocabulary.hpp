#pragma once
// From a token to the row of its vector. The words themselves are not kept: a
// table of their hashes is a tenth of the size, and a false match is a one in a
// billion affair.

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "detection/model_file.hpp"
#include "detection/tokens.hpp"

namespace ioud::detection {

class Vocabulary {
 public:
  static constexpr std::uint16_t unknown = 0;  ///< the row of words nobody knows

  /// Reads the sections written by table_of(). Fault::config when they do not
  /// fit together.
  static core::Result<Vocabulary> from(const ModelFile& file);
  Vocabulary(std::span<const std::uint32_t> check, std::span<const std::uint16_t> row)
      : check_(check), row_(row) {}

  /// The token's row; endings ("pallets", "faxed", "rebooking") are tried off
  /// before giving up.
  std::uint16_t row(const Token& token) const;

  struct Table {
    std::vector<std::uint32_t> check;
    std::vector<std::uint16_t> row;
  };
  /// Word i gets row i; word 0 is the unknown one and is not entered.
  static Table table_of(const std::vector<std::string>& words);

 private:
  std::uint16_t exact(std::string_view word) const;

  std::span<const std::uint32_t> check_;
  std::span<const std::uint16_t> row_;
};

}  // namespace ioud::detection
