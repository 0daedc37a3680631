#pragma once
// Named events on standard error (and in a file where asked): "pass.done account=disk items=12".
// A field is a name with a number, an id or a word from a fixed list; people's names, addresses,
// subjects and words never get here, and a Secret cannot.

#include <initializer_list>
#include <string>
#include <string_view>

namespace ioud::core {

enum class Level { debug, info, warning, error };

/// One `name=value` of a log line. Values are ids, counts and fixed words.
struct Field {
  std::string_view name;
  std::string value;
  Field(std::string_view field_name, std::string field_value)
      : name(field_name), value(std::move(field_value)) {}
  Field(std::string_view field_name, const char* field_value)
      : name(field_name), value(field_value) {}
  Field(std::string_view field_name, long long number)
      : name(field_name), value(std::to_string(number)) {}
  Field(std::string_view field_name, std::size_t number)
      : name(field_name), value(std::to_string(number)) {}
  Field(std::string_view field_name, int number)
      : name(field_name), value(std::to_string(number)) {}
};

/// Where log lines go. The program has one, made in main and handed down; tests hand in a capture.
class Log {
 public:
  virtual ~Log() = default;
  /// `event` is a stable dotted name; `ioud explain EVENT` tells what it means.
  virtual void write(Level level, std::string_view event, std::initializer_list<Field> fields) = 0;

  void debug(std::string_view event, std::initializer_list<Field> fields = {}) {
    write(Level::debug, event, fields);
  }
  void info(std::string_view event, std::initializer_list<Field> fields = {}) {
    write(Level::info, event, fields);
  }
  void warning(std::string_view event, std::initializer_list<Field> fields = {}) {
    write(Level::warning, event, fields);
  }
  void error(std::string_view event, std::initializer_list<Field> fields = {}) {
    write(Level::error, event, fields);
  }
};

/// Says nothing: for commands that print what they find.
class NoLog final : public Log {
 public:
  void write(Level, std::string_view, std::initializer_list<Field>) override {}
};

/// Writes to standard error from the given level up. Values with other characters than
/// letters, digits and -_.:/@+ are written quoted.
class StandardLog final : public Log {
 public:
  explicit StandardLog(Level lowest);
  void write(Level level, std::string_view event, std::initializer_list<Field> fields) override;

 private:
  Level lowest_;
};

}  // namespace ioud::core
