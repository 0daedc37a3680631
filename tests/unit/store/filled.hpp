#pragma once
// Values of which every field differs from its default, made by the same description of the fields
// that records use; with the count of fields checked against the compiler's, none can be forgotten.

#include <chrono>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "store/field_names.hpp"
#include "store/fields_ledger.hpp"

namespace ioud::store {

class Filler {
 public:
  template <class T>
  void fill(T& value) {
    ++count_;
    if constexpr (std::is_enum_v<T>)
      value = other_enumerator(value);
    else if constexpr (std::is_same_v<T, bool>)
      value = !value;
    else if constexpr (std::is_floating_point_v<T>)
      value = count_ + 0.1;
    else if constexpr (std::is_arithmetic_v<T>)
      value = static_cast<T>(count_);
    else
      fields(*this, value);
  }
  void fill(std::string& text) { text = "täxt \"" + std::to_string(++count_) + "\"\n"; }
  void fill(core::Instant& at) {
    at = core::Instant{std::chrono::seconds{1772650000 + 7919 * ++count_}};
  }
  void fill(core::LocalTime& at) {
    at = core::LocalTime{std::chrono::seconds{1772650000 + 7919 * ++count_}};
  }
  void fill(core::Date& date) {
    date = core::add_days(core::Date{std::chrono::year{2026} / 2 / 28}, ++count_);
  }
  void fill(core::TimeOfDay& time) { time = core::TimeOfDay(++count_ % 1440); }
  void fill(std::chrono::seconds& length) { length = std::chrono::seconds{-3600 - ++count_}; }
  template <class T>
  void fill(std::optional<T>& value) {
    fill(value.emplace());
  }
  template <class T>
  void fill(std::vector<T>& values) {
    for (int i = 0; i < 2; ++i) fill(values.emplace_back());
  }
  template <class A, class B>
  void fill(std::pair<A, B>& value) {
    fill(value.first);
    fill(value.second);
  }

  template <class T>
  void operator()(const char*, T& value) {
    fill(value);
  }

 private:
  template <class Enum>
  static Enum other_enumerator(Enum value) {
    const auto& table = Names<Enum>::table;
    return table.back().first == value ? table.front().first : table.back().first;
  }
  int count_ = 0;
};

template <class T>
T filled() {
  T value{};
  Filler filler;
  filler.fill(value);
  return value;
}

}  // namespace ioud::store
