#include "connectors/dav/cursor.hpp"

#include <charconv>
#include <cstdint>

#include "core/text.hpp"

namespace ioud::connectors::dav {
namespace {

constexpr const char* form = "dav 1";
constexpr std::size_t lines_before_token = 5;

std::string_view name_of(Cursor::Way way) {
  switch (way) {
    case Cursor::Way::tags:
      return "tags";
    case Cursor::Way::window:
      return "window";
    case Cursor::Way::sync:
      break;
  }
  return "sync";
}

}  // namespace

Cursor Cursor::parse(const std::string& text) {
  const auto lines = core::split(text, '\n');
  Cursor cursor;
  if (lines.size() <= lines_before_token || lines[0] != form) return cursor;
  cursor.stamp = lines[1];
  cursor.url = lines[2];
  for (const Way way : {Way::tags, Way::window}) {
    if (lines[3] == name_of(way)) cursor.way = way;
  }
  const char* end = lines[4].data() + lines[4].size();
  const auto page = std::from_chars(lines[4].data(), end, cursor.page);
  std::int64_t asked = 0;
  if (page.ptr != end) std::from_chars(page.ptr + 1, end, asked);
  cursor.asked = core::Instant(std::chrono::seconds(asked));
  std::size_t token = 0;
  for (std::size_t i = 0; i < lines_before_token; ++i) token += lines[i].size() + 1;
  cursor.token = text.substr(token);
  return cursor;
}

std::string Cursor::text() const {
  return std::string(form) + "\n" + stamp + "\n" + url + "\n" + std::string(name_of(way)) + "\n" +
         std::to_string(page) + " " + std::to_string(asked.time_since_epoch().count()) + "\n" +
         token;
}

}  // namespace ioud::connectors::dav
