#pragma once
// Writes settings as a test would write them in a file: text("x"), list({…}), table({…}). Each
// value gets a line of its own in "ioud.toml", in the order they are made.

#include <string>
#include <utility>
#include <vector>

#include "connectors/settings.hpp"

namespace ioud::fakes {

using connectors::Setting;

/// Makes values; line n is the n-th value made.
class SettingTree {
 public:
  template <class T>
  Setting value(T content) {
    return Setting{std::move(content), place()};
  }
  Setting text(std::string content) { return value(std::move(content)); }
  Setting list(std::vector<Setting> items) { return value(std::move(items)); }
  Setting texts(const std::vector<std::string>& items) {
    Setting::List list;
    for (const std::string& item : items) list.push_back(text(item));
    return value(std::move(list));
  }
  Setting table(std::vector<std::pair<std::string, Setting>> entries) {
    Setting::Table table;
    for (auto& [key, setting] : entries) {
      table.push_back({key, {setting.place.file, setting.place.line, 1}, std::move(setting)});
    }
    return value(std::move(table));
  }

 private:
  connectors::Place place() { return {"ioud.toml", ++line_, 9}; }
  int line_ = 0;
};

}  // namespace ioud::fakes
