#pragma once
// Deterministic names: the same facts give the same id on every machine and in every run, so that
// one favour seen twice can never become two events (domain invariant I7). Also the salted hashes
// by which a forgotten person is kept out without being remembered.

#include <initializer_list>
#include <string>
#include <string_view>

namespace ioud::core {

/// 26 characters of lower-case base32 (130 bits of BLAKE2b) over the parts. The parts are
/// length-prefixed, so ("ab", "c") and ("a", "bc") differ.
std::string ident(std::initializer_list<std::string_view> parts);

/// 64 hexadecimal characters, BLAKE2b keyed with the salt (16 to 64 bytes).
std::string salted_hash(std::string_view salt, std::string_view text);

/// 64 hexadecimal characters over the bytes: for noticing that a file changed.
std::string content_hash(std::string_view bytes);

/// The 32 bytes of SHA-256, where a peer asks for it.
std::string sha256(std::string_view bytes);

/// 32 random bytes for a new salt, from the operating system.
std::string new_salt();

}  // namespace ioud::core
