#pragma once
// Reads one framed response of an IMAP server as values (RFC 9051 7 and 9): status, code, numbers,
// lists. Accepts what servers really send; what cannot be read is Fault::protocol. Depth and count
// are bounded.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "connectors/imap/framer.hpp"

namespace ioud::connectors::imap {

/// An atom, a text (quoted or literal), a list, or NIL.
struct Value {
  enum class Kind { atom, text, list, nil };
  Kind kind = Kind::nil;
  std::string text;
  std::vector<Value> items;

  bool is_list() const { return kind == Kind::list; }
  /// Case-insensitive, atoms and texts alike.
  bool is(std::string_view word) const;
  /// A whole number of an atom or text; nothing where it is none.
  std::optional<std::uint64_t> number() const;
};

enum class Status { none, ok, no, bad, bye, preauth };

struct Response {
  enum class Kind { untagged, tagged, continuation };
  Kind kind = Kind::untagged;
  std::string tag;  ///< of a tagged response
  Status status = Status::none;
  std::string code;  ///< "UIDVALIDITY", upper case, of "[…]" after a status
  std::vector<Value> code_values;
  std::string text;           ///< for people; of a continuation, all of it
  std::uint64_t number = 0;   ///< of "12 FETCH"
  std::string name;           ///< "FETCH", "LIST", …, upper case, where there is no status
  std::vector<Value> values;  ///< after the name
};

core::Result<Response> read_response(Frame frame);

/// The value after a key in a flat list of pairs, "UID 7 RFC822.SIZE 12"; null where it is absent.
const Value* find_pair(const std::vector<Value>& pairs, std::string_view key);

}  // namespace ioud::connectors::imap
