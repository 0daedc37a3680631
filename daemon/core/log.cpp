#include "core/log.hpp"

#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

namespace ioud::core {
namespace {

spdlog::level::level_enum level_of(Level level) {
  switch (level) {
    case Level::debug:
      return spdlog::level::debug;
    case Level::info:
      return spdlog::level::info;
    case Level::warning:
      return spdlog::level::warn;
    case Level::error:
      return spdlog::level::err;
  }
  return spdlog::level::err;
}

bool is_plain(std::string_view value) {
  constexpr std::string_view allowed =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.:/@+";
  return !value.empty() && value.find_first_not_of(allowed) == std::string_view::npos;
}

std::string quoted(std::string_view value) {
  std::string out = "\"";
  for (const char c : value) {
    if (c == '"' || c == '\\') out += '\\';
    const auto code = static_cast<unsigned char>(c);
    out += code < 0x20 || code == 0x7F ? ' ' : c;
  }
  return out + '"';
}

}  // namespace

StandardLog::StandardLog(Level lowest) : lowest_(lowest) {}

void StandardLog::write(Level level, std::string_view event, std::initializer_list<Field> fields) {
  if (level < lowest_) return;
  std::string line(event);
  for (const Field& field : fields) {
    line.append(" ").append(field.name).append("=");
    line += is_plain(field.value) ? field.value : quoted(field.value);
  }
  const auto sink = std::make_shared<spdlog::sinks::stderr_sink_st>();
  spdlog::logger logger("ioud", sink);
  logger.set_level(spdlog::level::trace);
  logger.set_pattern("%l: %v");
  logger.log(level_of(level), "{}", line);
}

}  // namespace ioud::core
