#pragma once
// The file that holds the learned weights: named sections behind a checked
// header, mapped into memory and read in place. Says plainly what is wrong with
// a file it refuses; knows nothing of what the sections mean.

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.hpp"

namespace ioud::detection {

inline constexpr std::uint32_t model_version = 1;

class ModelFile {
 public:
  /// The model built into the program. It was checked when it was made and
  /// cannot be torn.
  static core::Result<ModelFile> embedded();

  /// Maps another file, the key `detector.model`. Fault::config when it is
  /// missing, is no model, is of another version, is cut short, or its checksum
  /// does not fit.
  static core::Result<ModelFile> open(const std::string& path);

  /// Bytes that outlive the ModelFile; `place` names them in errors. Checks as
  /// open() does.
  static core::Result<ModelFile> over(std::span<const std::byte> bytes, std::string place);

  /// A section's bytes, aligned to 64; empty when there is no such section.
  std::span<const std::byte> section(std::string_view name) const;
  /// The same as an array; empty when its size is not a whole number of T.
  template <class T>
  std::span<const T> array(std::string_view name) const {
    const auto bytes = section(name);
    if (bytes.size() % sizeof(T) != 0) return {};
    // Sections are aligned and hold plain numbers, little-endian as the machine.
    return {reinterpret_cast<const T*>(bytes.data()), bytes.size() / sizeof(T)};
  }

  const std::string& place() const { return place_; }
  std::size_t size() const { return bytes_.size(); }
  std::uint64_t checksum() const { return checksum_; }

 private:
  struct Section {
    std::string name;
    std::size_t begin = 0;
    std::size_t size = 0;
  };
  static core::Result<ModelFile> checked(std::span<const std::byte> bytes, std::string place,
                                         std::shared_ptr<const void> owner, bool whole);

  std::span<const std::byte> bytes_;
  std::string place_;
  std::shared_ptr<const void> owner_;  ///< keeps a mapping alive
  std::vector<Section> sections_;
  std::uint64_t checksum_ = 0;
};

/// Writes a model: sections in the order added, the same bytes for the same
/// sections.
class ModelWriter {
 public:
  void add(std::string name, std::span<const std::byte> bytes);
  template <class T>
  void add_array(std::string name, const std::vector<T>& values) {
    add(std::move(name), std::as_bytes(std::span(values)));
  }
  std::vector<std::byte> finish() const;

 private:
  struct Section {
    std::string name;
    std::vector<std::byte> bytes;
  };
  std::vector<Section> sections_;
};

}  // namespace ioud::detection
