#pragma once
// Bytes to UTF-8 text and back through the transfer encodings of mail and vCard: charsets,
// quoted-printable, base64. Broken input never fails; it gives what can be read.

#include <string>
#include <string_view>

namespace ioud::formats {

/// Valid UTF-8 wins over any label, since labels lie more often than UTF-8 happens by chance; only
/// charsets that hide in seven bits (ISO-2022, UTF-7, UTF-16 …) are believed. Latin-1, ASCII and
/// unknown labels are read as Windows-1252.
std::string to_utf8(std::string_view bytes, std::string_view charset);

std::string decode_quoted_printable(std::string_view text);
/// RFC 2045 6.7 with CRLF lines of at most 76 characters; `text` has "\n" lines.
std::string encode_quoted_printable(std::string_view text);
/// Characters outside the alphabet are skipped; a cut end gives the whole bytes before it.
std::string decode_base64(std::string_view text);
/// In CRLF lines of 76 characters, or in one line without an end when `wrapped` is false.
std::string encode_base64(std::string_view bytes, bool wrapped);

}  // namespace ioud::formats
