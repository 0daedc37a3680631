#pragma once
// The two visitors behind record.hpp: JsonWriter makes a JSON value of a described struct,
// JsonReader fills one. Included by record.cpp alone, so that the JSON library stays in one place.

#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "core/civil_time.hpp"
#include "store/field_names.hpp"
#include "store/fields_ledger.hpp"

namespace ioud::store {

using Json = nlohmann::json;

/// How a time, a date and a string stand in JSON; null and false where they do not.
Json json_of(core::Instant at);
Json json_of(core::LocalTime local);
Json json_of(core::Date date);
Json json_of(const std::string& text);
bool read_json(const Json& json, core::Instant& at);
bool read_json(const Json& json, core::LocalTime& local);
bool read_json(const Json& json, core::Date& date);
bool read_json(const Json& json, core::TimeOfDay& time);
bool read_json(const Json& json, std::string& text);

class JsonWriter {
 public:
  template <class T>
  static Json written(const T& value) {
    if constexpr (std::is_enum_v<T>)
      return name_of(value);
    else if constexpr (std::is_arithmetic_v<T>)
      return value;
    else if constexpr (requires { json_of(value); })
      return json_of(value);
    else
      return written_object(value);
  }
  static Json written(core::TimeOfDay time) { return core::format(time); }
  static Json written(std::chrono::seconds length) { return length.count(); }
  template <class T>
  static Json written(const std::optional<T>& value) {
    return value ? written(*value) : Json();
  }
  template <class T>
  static Json written(const std::vector<T>& values) {
    Json out = Json::array();
    for (const T& value : values) out.push_back(written(value));
    return out;
  }
  template <class A, class B>
  static Json written(const std::pair<A, B>& value) {
    return Json::array({written(value.first), written(value.second)});
  }

  template <class T>
  void operator()(const char* name, const T& value) {
    object_.emplace(name, written(value));
  }

 private:
  template <class T>
  static Json written_object(const T& row) {
    JsonWriter writer;
    fields(writer, row);
    return std::move(writer.object_);
  }
  Json object_ = Json::object();
};

/// Fills what it finds and leaves the rest as it was made. The first value of the wrong kind ends
/// it: complaint() names the field.
class JsonReader {
 public:
  template <class T>
  bool read(const Json& json, T& value) {
    if constexpr (std::is_enum_v<T>)
      return read_enum(json, value);
    else if constexpr (std::is_same_v<T, bool>)
      return json.is_boolean() ? (value = json.get<bool>(), true) : wrong(json, "true or false");
    else if constexpr (std::is_integral_v<T>)
      return read_integer(json, value);
    else if constexpr (std::is_floating_point_v<T>)
      return json.is_number() ? (value = json.get<T>(), true) : wrong(json, "a number");
    else if constexpr (requires { read_json(json, value); })
      return read_json(json, value) || wrong(json, "a text or time of the kind written here");
    else
      return read_object(json, value);
  }
  bool read(const Json& json, std::chrono::seconds& length) {
    long long count = 0;
    if (!read_integer(json, count)) return false;
    length = std::chrono::seconds{count};
    return true;
  }
  template <class T>
  bool read(const Json& json, std::optional<T>& value) {
    return read(json, value.emplace());
  }
  template <class T>
  bool read(const Json& json, std::vector<T>& values) {
    if (!json.is_array()) return wrong(json, "a list");
    values.clear();
    values.reserve(json.size());
    for (const Json& element : json)
      if (!read(element, values.emplace_back())) return false;
    return true;
  }
  template <class A, class B>
  bool read(const Json& json, std::pair<A, B>& value) {
    if (!json.is_array() || json.size() != 2) return wrong(json, "a list of two");
    return read(json[0], value.first) && read(json[1], value.second);
  }

  template <class T>
  void operator()(const char* name, T& value) {
    if (!complaint_.empty()) return;
    const auto found = object_->find(name);
    if (found == object_->end() || found->is_null()) return;
    const Json* const outer = object_;
    if (!read(*found, value)) path_ = path_.empty() ? name : name + ("." + path_);
    object_ = outer;
  }

  /// "evidence.at: expected …, found …", or empty.
  std::string complaint() const { return path_.empty() ? complaint_ : path_ + ": " + complaint_; }

 private:
  template <class T>
  bool read_object(const Json& json, T& row) {
    if (!json.is_object()) return wrong(json, "an object");
    object_ = &json;
    fields(*this, row);
    return complaint_.empty();
  }
  template <class T>
  bool read_integer(const Json& json, T& value) {
    if (!json.is_number_integer()) return wrong(json, "a whole number");
    const auto number = json.get<std::int64_t>();
    if (!std::in_range<T>(number)) return wrong(json, "a smaller number");
    value = static_cast<T>(number);
    return true;
  }
  template <class T>
  bool read_enum(const Json& json, T& value) {
    const auto found =
        json.is_string() ? named<T>(json.get_ref<const std::string&>()) : std::optional<T>();
    if (!found) return wrong(json, "one of its names");
    value = *found;
    return true;
  }
  bool wrong(const Json& json, const char* expected);

  const Json* object_ = nullptr;
  std::string path_;  // to the field that is complained about
  std::string complaint_;
};

}  // namespace ioud::store
