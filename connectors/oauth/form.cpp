#include "connectors/oauth/form.hpp"

#include "core/text.hpp"
#include "net/url.hpp"

namespace ioud::connectors::oauth {

std::string form_encoded(std::string_view text) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  std::string out;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    const bool is_plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                          (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_' || c == '~';
    if (is_plain) {
      out += c;
    } else {
      out += '%';
      out += digits[byte >> 4U];
      out += digits[byte & 15U];
    }
  }
  return out;
}

void add_field(std::string& form, std::string_view name, std::string_view value) {
  if (!form.empty()) form += '&';
  form.append(name).append("=").append(form_encoded(value));
}

std::string field_in(std::string_view form, std::string_view name) {
  const std::vector<std::string> fields = core::split(form, '&');
  for (const std::string& field : fields) {
    const auto equals = field.find('=');
    if (equals == std::string::npos || std::string_view(field).substr(0, equals) != name) continue;
    return net::decode_segment(core::replaced(field.substr(equals + 1), "+", " "));
  }
  return {};
}

}  // namespace ioud::connectors::oauth
