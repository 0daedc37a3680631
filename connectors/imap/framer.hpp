#pragma once
// Cuts the bytes of an IMAP server into whole responses (RFC 9051 4.3): lines, and the literals
// that a line announces. Bounded: a server that promises or sends more than was asked for ends the
// connection. Understands nothing of what the responses say.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.hpp"

namespace ioud::connectors::imap {

/// A whole response without its last CRLF. Where a literal stood, `line` holds its announcement
/// ("{5}") and `literals` its bytes, in the same order.
struct Frame {
  std::string line;
  std::vector<std::string> literals;
};

struct FrameLimits {
  std::size_t line = std::size_t{8} << 20U;     ///< bytes of all lines of one response
  std::size_t literal = std::size_t{4} << 20U;  ///< bytes of all literals of one response
  std::size_t count = 4096;                     ///< literals of one response
};

class Framer {
 public:
  explicit Framer(FrameLimits limits = {}) : limits_(limits) {}

  void feed(std::string_view bytes);
  /// The next whole response; nothing where more bytes are needed. Fails with Fault::protocol once
  /// and for all where a limit is passed.
  core::Result<std::optional<Frame>> next();

  /// True between responses: what came so far was whole.
  bool is_empty() const;

 private:
  core::Result<bool> take_line();

  FrameLimits limits_;
  std::string buffer_;
  std::size_t begin_ = 0;    ///< of what was not taken yet
  std::size_t scanned_ = 0;  ///< up to here there is no line end
  Frame frame_;
  std::size_t literal_bytes_ = 0;
  std::size_t missing_ = 0;  ///< bytes of the literal under way
  bool is_in_literal_ = false;
};

}  // namespace ioud::connectors::imap
