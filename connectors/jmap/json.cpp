#include "connectors/jmap/json.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace ioud::connectors::jmap {
namespace {

using nlohmann::json;

constexpr int deepest = 24;
constexpr std::size_t longest_id = 255;

const json* node(const void* value) { return static_cast<const json*>(value); }

}  // namespace

std::optional<Json> Json::parse(std::string_view text) {
  bool is_too_deep = false;
  const json::parser_callback_t bound = [&is_too_deep](int depth, json::parse_event_t, json&) {
    is_too_deep = is_too_deep || depth > deepest;
    return !is_too_deep;
  };
  auto read = std::make_shared<json>(json::parse(text, bound, false));
  if (is_too_deep || read->is_discarded()) return std::nullopt;
  const void* value = read.get();
  return Json(std::move(read), value);
}

Json Json::operator[](std::string_view key) const {
  if (!is_object()) return {document_, nullptr};
  const auto found = node(value_)->find(key);
  return {document_, found == node(value_)->end() ? nullptr : &*found};
}

bool Json::has(std::string_view key) const { return (*this)[key].value_ != nullptr; }

bool Json::is_object() const { return value_ != nullptr && node(value_)->is_object(); }

bool Json::is_list() const { return value_ != nullptr && node(value_)->is_array(); }

bool Json::is_true() const {
  return value_ != nullptr && node(value_)->is_boolean() && node(value_)->get<bool>();
}

std::string Json::text() const {
  if (value_ == nullptr || !node(value_)->is_string()) return {};
  return node(value_)->get<std::string>();
}

std::optional<std::uint64_t> Json::number() const {
  if (value_ == nullptr || !node(value_)->is_number_unsigned()) return std::nullopt;
  return node(value_)->get<std::uint64_t>();
}

std::vector<Json> Json::items() const {
  std::vector<Json> all;
  if (!is_list()) return all;
  for (const json& item : *node(value_)) all.push_back({document_, &item});
  return all;
}

std::vector<std::string> Json::texts() const {
  std::vector<std::string> all;
  if (!is_list()) return all;
  for (const json& item : *node(value_))
    if (item.is_string()) all.push_back(item.get<std::string>());
  return all;
}

std::vector<std::string> Json::keys() const {
  std::vector<std::string> all;
  if (!is_object()) return all;
  for (const auto& [key, value] : node(value_)->items()) all.push_back(key);
  return all;
}

bool is_id(std::string_view text) {
  return !text.empty() && text.size() <= longest_id &&
         std::all_of(text.begin(), text.end(), [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                  c == '-' || c == '_';
         });
}

}  // namespace ioud::connectors::jmap
