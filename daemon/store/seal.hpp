#pragma once
// Sealing of what people wrote, at rest (specification 6.2): XSalsa20-Poly1305 under a key that the
// service manager hands in as a file. Without a key nothing is sealed and all of this is unused.

#include <filesystem>
#include <string>
#include <string_view>

#include "core/result.hpp"
#include "core/secret.hpp"

namespace ioud::store {

class Seal {
 public:
  /// A key made from the bytes of the file, of which there must be 32 at least. Fault::config names
  /// the file and says what is wrong with it.
  static core::Result<Seal> from_file(const std::filesystem::path& file);
  /// The key of these bytes, however many.
  explicit Seal(std::string_view key_material);

  /// "sealed:" and base64 of nonce and box; each call gives another text.
  std::string closed(std::string_view plain) const;
  /// Fault::config with `place` where the text was sealed by another key or changed.
  core::Result<std::string> opened(std::string_view sealed, std::string_view place) const;
  /// The same short text for the same name under the same key, and no way back.
  std::string pseudonym(std::string_view name) const;

  static bool is_sealed(std::string_view text);

 private:
  core::Secret key_;
};

}  // namespace ioud::store
