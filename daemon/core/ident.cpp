#include "core/ident.hpp"

#include <sodium.h>

#include <array>
#include <stdexcept>

namespace ioud::core {
namespace {

using Digest = std::array<unsigned char, crypto_generichash_BYTES>;

void require_sodium() {
  if (sodium_init() < 0) throw std::runtime_error("libsodium cannot start");
}

const unsigned char* bytes_of(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

std::string hex(const Digest& digest) {
  std::string text(digest.size() * 2 + 1, '\0');
  sodium_bin2hex(text.data(), text.size(), digest.data(), digest.size());
  text.pop_back();
  return text;
}

}  // namespace

std::string ident(std::initializer_list<std::string_view> parts) {
  require_sodium();
  crypto_generichash_state state;
  crypto_generichash_init(&state, nullptr, 0, crypto_generichash_BYTES);
  for (const std::string_view part : parts) {
    const std::string prefix = std::to_string(part.size()) + ":";
    crypto_generichash_update(&state, bytes_of(prefix), prefix.size());
    crypto_generichash_update(&state, bytes_of(part), part.size());
  }
  Digest digest{};
  crypto_generichash_final(&state, digest.data(), digest.size());
  constexpr std::string_view alphabet = "abcdefghijklmnopqrstuvwxyz234567";
  std::string name;
  unsigned buffer = 0;
  int bits = 0;
  for (const unsigned char byte : digest) {
    buffer = (buffer << 8U) | byte;
    bits += 8;
    while (bits >= 5 && name.size() < 26) {
      bits -= 5;
      name += alphabet[(buffer >> static_cast<unsigned>(bits)) & 31U];
    }
  }
  return name;
}

std::string salted_hash(std::string_view salt, std::string_view text) {
  require_sodium();
  if (salt.size() < crypto_generichash_KEYBYTES_MIN ||
      salt.size() > crypto_generichash_KEYBYTES_MAX)
    throw std::invalid_argument("a salt has 16 to 64 bytes");
  Digest digest{};
  crypto_generichash(digest.data(), digest.size(), bytes_of(text), text.size(), bytes_of(salt),
                     salt.size());
  return hex(digest);
}

std::string content_hash(std::string_view bytes) {
  require_sodium();
  Digest digest{};
  crypto_generichash(digest.data(), digest.size(), bytes_of(bytes), bytes.size(), nullptr, 0);
  return hex(digest);
}

std::string sha256(std::string_view bytes) {
  require_sodium();
  std::string digest(crypto_hash_sha256_BYTES, '\0');
  crypto_hash_sha256(reinterpret_cast<unsigned char*>(digest.data()), bytes_of(bytes),
                     bytes.size());
  return digest;
}

std::string new_salt() {
  require_sodium();
  std::string salt(32, '\0');
  randombytes_buf(salt.data(), salt.size());
  return salt;
}

}  // namespace ioud::core
