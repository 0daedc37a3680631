#include "store/seal.hpp"

#include <sodium.h>

#include <fstream>
#include <iterator>
#include <stdexcept>
#include <system_error>

namespace ioud::store {
namespace {

using core::fail;
using core::Fault;
using core::Result;

constexpr std::string_view mark = "sealed:";
constexpr std::size_t least_key_bytes = 32;
constexpr std::size_t most_key_bytes = 65536;
constexpr std::size_t overhead = crypto_secretbox_NONCEBYTES + crypto_secretbox_MACBYTES;

const unsigned char* bytes_of(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}
unsigned char* bytes_of(std::string& text) { return reinterpret_cast<unsigned char*>(text.data()); }

/// BLAKE2b; keyed where there is a key.
std::string digest(std::string_view text, std::string_view key, std::size_t size) {
  std::string out(size, '\0');
  crypto_generichash(bytes_of(out), out.size(), bytes_of(text), text.size(),
                     key.empty() ? nullptr : bytes_of(key), key.size());
  return out;
}

}  // namespace

Seal::Seal(std::string_view key_material) {
  if (sodium_init() < 0) throw std::runtime_error("libsodium cannot start");
  key_ = core::Secret(digest(key_material, "", crypto_secretbox_KEYBYTES));
}

Result<Seal> Seal::from_file(const std::filesystem::path& file) {
  std::error_code failed;
  const auto size = std::filesystem::file_size(file, failed);
  if (failed)
    return fail(Fault::config, file.string(),
                "the key of the state cannot be read: " + failed.message());
  if (size < least_key_bytes || size > most_key_bytes)
    return fail(Fault::config, file.string(),
                "the key of the state has " + std::to_string(size) +
                    " bytes, expected 32 or more; make one with \"head -c 32 /dev/urandom\"");
  std::ifstream in(file, std::ios::binary);
  const core::Secret bytes(std::string(std::istreambuf_iterator<char>(in), {}));
  if (bytes.reveal().size() != size)
    return fail(Fault::config, file.string(), "the key of the state cannot be read");
  return Seal(bytes.reveal());
}

std::string Seal::closed(std::string_view plain) const {
  std::string box(overhead + plain.size(), '\0');
  randombytes_buf(box.data(), crypto_secretbox_NONCEBYTES);
  crypto_secretbox_easy(bytes_of(box) + crypto_secretbox_NONCEBYTES, bytes_of(plain), plain.size(),
                        bytes_of(box), bytes_of(std::string_view(key_.reveal())));
  constexpr int variant = sodium_base64_VARIANT_ORIGINAL;
  std::string text(sodium_base64_encoded_len(box.size(), variant), '\0');
  sodium_bin2base64(text.data(), text.size(), bytes_of(box), box.size(), variant);
  text.pop_back();  // the end-of-string mark
  return std::string(mark) + text;
}

Result<std::string> Seal::opened(std::string_view sealed, std::string_view place) const {
  const std::string_view text = is_sealed(sealed) ? sealed.substr(mark.size()) : std::string_view{};
  std::string box(text.size(), '\0');
  std::size_t size = 0;
  const bool is_base64 =
      sodium_base642bin(bytes_of(box), box.size(), text.data(), text.size(), nullptr, &size,
                        nullptr, sodium_base64_VARIANT_ORIGINAL) == 0;
  if (is_base64 && size >= overhead) {
    std::string plain(size - overhead, '\0');
    if (crypto_secretbox_open_easy(bytes_of(plain), bytes_of(box) + crypto_secretbox_NONCEBYTES,
                                   size - crypto_secretbox_NONCEBYTES, bytes_of(box),
                                   bytes_of(std::string_view(key_.reveal()))) == 0)
      return plain;
  }
  return fail(Fault::config, std::string(place),
              "does not open with the key of the state: it was sealed by another key, or changed; "
              "give the key it was made with (privacy.seal)");
}

std::string Seal::pseudonym(std::string_view name) const {
  const std::string hash = digest(name, key_.reveal(), 16);
  std::string hex(hash.size() * 2 + 1, '\0');
  sodium_bin2hex(hex.data(), hex.size(), bytes_of(std::string_view(hash)), hash.size());
  hex.pop_back();
  return hex;
}

bool Seal::is_sealed(std::string_view text) { return text.substr(0, mark.size()) == mark; }

}  // namespace ioud::store
