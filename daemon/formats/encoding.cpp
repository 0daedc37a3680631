#include "formats/encoding.hpp"

#include <unicode/ucnv.h>

#include <array>
#include <cstdint>
#include <memory>

#include "core/text.hpp"

namespace ioud::formats {
namespace {

constexpr std::string_view hex = "0123456789ABCDEF";
constexpr std::string_view base64 =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::size_t line_limit = 76;

struct CloseConverter {
  void operator()(UConverter* converter) const { ucnv_close(converter); }
};

bool hides_in_ascii(std::string_view label) {
  for (const std::string_view family : {"iso-2022", "hz", "utf-7", "utf-16", "utf-32", "utf16"}) {
    if (label.substr(0, family.size()) == family) return true;
  }
  return false;
}

/// The charset to open: what people meant when they wrote the label.
std::string meant_by(const std::string& label) {
  for (const char* loose : {"", "us-ascii", "ascii", "iso-8859-1", "latin1", "iso8859-1", "8bit",
                            "unknown-8bit", "binary", "default"}) {
    if (label == loose) return "windows-1252";
  }
  return label;
}

std::string converted(const std::string& bytes, UConverter* converter) {
  const auto size = static_cast<int32_t>(bytes.size());
  UErrorCode error = U_ZERO_ERROR;
  const int32_t needed =
      ucnv_toAlgorithmic(UCNV_UTF8, converter, nullptr, 0, bytes.data(), size, &error);
  std::string out(static_cast<std::size_t>(needed < 0 ? 0 : needed), '\0');
  error = U_ZERO_ERROR;
  ucnv_toAlgorithmic(UCNV_UTF8, converter, out.data(), needed, bytes.data(), size, &error);
  return U_FAILURE(error) ? core::made_utf8(bytes) : out;
}

}  // namespace

std::string to_utf8(std::string_view bytes, std::string_view charset) {
  const std::string label = core::ascii_lower(core::trimmed(charset));
  if (!hides_in_ascii(label) && core::is_utf8(bytes)) return std::string(bytes);
  if (label == "utf-8" || label == "utf8") return core::made_utf8(bytes);
  UErrorCode error = U_ZERO_ERROR;
  std::unique_ptr<UConverter, CloseConverter> converter(ucnv_open(meant_by(label).c_str(), &error));
  if (U_FAILURE(error)) {
    error = U_ZERO_ERROR;
    converter.reset(ucnv_open("windows-1252", &error));
  }
  return U_FAILURE(error) ? core::made_utf8(bytes) : converted(std::string(bytes), converter.get());
}

std::string decode_quoted_printable(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '=') {
      out += text[i];
      continue;
    }
    const int high = i + 1 < text.size() ? core::hex_digit(text[i + 1]) : -1;
    const int low = i + 2 < text.size() ? core::hex_digit(text[i + 2]) : -1;
    if (high >= 0 && low >= 0) {
      out += static_cast<char>(high * 16 + low);
      i += 2;
      continue;
    }
    const std::size_t stop = text.find_first_not_of(" \t\r", i + 1);
    if (stop == std::string_view::npos) break;
    if (text[stop] == '\n') {
      i = stop;
    } else {
      out += '=';
    }
  }
  return out;
}

std::string encode_quoted_printable(std::string_view text) {
  std::string out;
  std::size_t column = 0;
  const auto put = [&](std::string_view piece, bool ends_line) {
    if (column + piece.size() > line_limit - (ends_line ? 0 : 1)) {
      out += "=\r\n";
      column = 0;
    }
    out += piece;
    column += piece.size();
  };
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '\n') {
      out += "\r\n";
      column = 0;
      continue;
    }
    const bool ends_line = i + 1 == text.size() || text[i + 1] == '\n';
    const auto byte = static_cast<unsigned char>(c);
    const bool is_plain = byte > 0x20 && byte < 0x7F && c != '=';
    if (is_plain || ((c == ' ' || c == '\t') && !ends_line)) {
      put(std::string_view(&c, 1), ends_line);
    } else {
      const std::array<char, 3> escape = {'=', hex[byte >> 4U], hex[byte & 15U]};
      put(std::string_view(escape.data(), escape.size()), ends_line);
    }
  }
  return out;
}

std::string decode_base64(std::string_view text) {
  std::string out;
  std::uint32_t bits = 0;
  int count = 0;
  for (const char c : text) {
    if (c == '=') break;
    const std::size_t value = base64.find(c);
    if (value == std::string_view::npos) continue;
    bits = (bits << 6U) | static_cast<std::uint32_t>(value);
    count += 6;
    if (count < 8) continue;
    count -= 8;
    out += static_cast<char>((bits >> static_cast<unsigned>(count)) & 0xFFU);
  }
  return out;
}

std::string encode_base64(std::string_view bytes, bool wrapped) {
  std::string out;
  std::size_t column = 0;
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    std::uint32_t bits = 0;
    for (std::size_t k = 0; k < 3; ++k) {
      bits = (bits << 8U) | (i + k < bytes.size() ? static_cast<unsigned char>(bytes[i + k]) : 0U);
    }
    if (wrapped && column == line_limit) {
      out += "\r\n";
      column = 0;
    }
    for (unsigned k = 0; k < 4; ++k) {
      const bool is_padding = i + k > bytes.size();
      out += is_padding ? '=' : base64[(bits >> (18U - 6U * k)) & 63U];
    }
    column += 4;
  }
  return wrapped && !out.empty() ? out + "\r\n" : out;
}

}  // namespace ioud::formats
