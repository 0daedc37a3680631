#include "connectors/imap/framer.hpp"

#include <algorithm>
#include <charconv>

namespace ioud::connectors::imap {
namespace {

constexpr std::size_t tidy_above = std::size_t{1} << 16U;

/// The size at the end of "… {123}", "… {123+}" or "… ~{123}".
core::Result<std::optional<std::size_t>> announced(std::string_view line) {
  if (!line.ends_with('}')) return std::nullopt;
  const auto open = line.rfind('{');
  if (open == std::string_view::npos) return std::nullopt;
  std::string_view number = line.substr(open + 1, line.size() - open - 2);
  if (number.ends_with('+')) number.remove_suffix(1);
  const bool is_number = !number.empty() && std::all_of(number.begin(), number.end(), [](char c) {
    return c >= '0' && c <= '9';
  });
  if (!is_number) return std::nullopt;
  std::size_t size = 0;
  const auto read = std::from_chars(number.data(), number.data() + number.size(), size);
  if (read.ec != std::errc())
    return core::fail(core::Fault::protocol, "imap", "a literal of impossible size was announced");
  return size;
}

}  // namespace

void Framer::feed(std::string_view bytes) {
  if (begin_ == buffer_.size() || begin_ > tidy_above) {
    buffer_.erase(0, begin_);
    scanned_ = scanned_ > begin_ ? scanned_ - begin_ : 0;
    begin_ = 0;
  }
  buffer_.append(bytes);
}

bool Framer::is_empty() const {
  return begin_ == buffer_.size() && frame_.line.empty() && !is_in_literal_;
}

/// Takes one line into the frame; true where that ended the response.
core::Result<bool> Framer::take_line() {
  const std::size_t end = buffer_.find('\n', scanned_);
  std::string_view line =
      std::string_view(buffer_).substr(begin_, end == std::string::npos ? end : end - begin_);
  if (line.ends_with('\r')) line.remove_suffix(1);
  frame_.line.append(line);
  scanned_ = begin_ = end + 1;
  const auto size = announced(line);
  if (!size) return tl::unexpected(size.error());
  if (!*size) return true;
  literal_bytes_ += std::min(**size, limits_.literal + 1);
  if (literal_bytes_ > limits_.literal || frame_.literals.size() >= limits_.count)
    return core::fail(core::Fault::protocol, "imap",
                      "the server announced a literal of " + std::to_string(**size) +
                          " bytes, more than was asked for");
  is_in_literal_ = true;
  missing_ = **size;
  frame_.literals.emplace_back();
  return false;
}

core::Result<std::optional<Frame>> Framer::next() {
  for (;;) {
    const std::size_t left = buffer_.size() - begin_;
    if (is_in_literal_) {
      const std::size_t count = std::min(left, missing_);
      frame_.literals.back().append(buffer_, begin_, count);
      begin_ += count;
      scanned_ = begin_;
      missing_ -= count;
      if (missing_ > 0) return std::nullopt;
      is_in_literal_ = false;
      continue;
    }
    scanned_ = std::max(scanned_, begin_);
    const bool is_whole = buffer_.find('\n', scanned_) != std::string::npos;
    if (frame_.line.size() + left > limits_.line && !is_whole)
      return core::fail(core::Fault::protocol, "imap", "the server sent a line without an end");
    if (!is_whole) {
      scanned_ = buffer_.size();
      return std::nullopt;
    }
    const auto ended = take_line();
    if (!ended) return tl::unexpected(ended.error());
    if (frame_.line.size() > limits_.line)
      return core::fail(core::Fault::protocol, "imap", "the server sent a line beyond all bounds");
    if (!*ended) continue;
    Frame frame = std::move(frame_);
    frame_ = {};
    literal_bytes_ = 0;
    return frame;
  }
}

}  // namespace ioud::connectors::imap
