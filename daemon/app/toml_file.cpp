#include "app/toml_file.hpp"

#include <toml++/toml.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <sstream>

#include "core/text.hpp"

namespace ioud::app {
namespace {

using connectors::Complaints;
using connectors::Entry;
using connectors::Place;
using connectors::Setting;

/// Copies toml++'s tree into ours, with every place moved to the lines of the whole file.
class Copier {
 public:
  Copier(std::string file, int first_line) : file_(std::move(file)), shift_(first_line - 1) {}

  Place place_of(const toml::source_region& source) const {
    const auto line = static_cast<int>(source.begin.line);
    return {file_, line == 0 ? 0 : line + shift_, static_cast<int>(source.begin.column)};
  }

  Setting copy(const toml::node& node) {
    Setting out;
    out.place = place_of(node.source());
    out.value = value_of(node, out.place);
    return out;
  }

  Complaints complaints;

 private:
  Setting::Value value_of(const toml::node& node, const Place& place) {
    switch (node.type()) {
      case toml::node_type::string:
        return node.as_string()->get();
      case toml::node_type::integer:
        return std::int64_t{node.as_integer()->get()};
      case toml::node_type::floating_point:
        return node.as_floating_point()->get();
      case toml::node_type::boolean:
        return node.as_boolean()->get();
      case toml::node_type::date:
        return date_of(node.as_date()->get());
      case toml::node_type::time:
        return time_of(node.as_time()->get());
      case toml::node_type::date_time:
        return instant_of(node.as_date_time()->get(), place);
      case toml::node_type::array:
        return list_of(*node.as_array());
      case toml::node_type::table:
        return table_of(*node.as_table());
      case toml::node_type::none:
        break;
    }
    return std::string();
  }

  static core::Date date_of(const toml::date& date) {
    return core::Date{std::chrono::year{date.year}, std::chrono::month{date.month},
                      std::chrono::day{date.day}};
  }

  static core::TimeOfDay time_of(const toml::time& time) {
    return core::TimeOfDay(time.hour, time.minute);
  }

  Setting::Value instant_of(const toml::date_time& when, const Place& place) {
    if (!when.offset) {
      complaints.push_back(
          connectors::complaint(place,
                                "found a date and time without an offset, expected one such as "
                                "2026-03-04T14:25:00-06:00"));
      return date_of(when.date);
    }
    const core::LocalTime local =
        core::at(date_of(when.date), time_of(when.time)) + std::chrono::seconds{when.time.second};
    return core::Instant{local.time_since_epoch() - core::Minutes{when.offset->minutes}};
  }

  Setting::List list_of(const toml::array& array) {
    Setting::List items;
    items.reserve(array.size());
    for (const toml::node& item : array) items.push_back(copy(item));
    return items;
  }

  Setting::Table table_of(const toml::table& table) {
    Setting::Table entries;
    entries.reserve(table.size());
    for (const auto& [key, node] : table)
      entries.push_back(Entry{std::string(key.str()), place_of(key.source()), copy(node)});
    // toml++ sorts by key; a person reads, and complaints follow, the order of the file.
    std::sort(entries.begin(), entries.end(), [](const Entry& a, const Entry& b) {
      return std::pair(a.place.line, a.place.column) < std::pair(b.place.line, b.place.column);
    });
    return entries;
  }

  std::string file_;
  int shift_;
};

}  // namespace

tl::expected<Setting, Complaints> parse_toml(std::string_view text, const std::string& file,
                                             int first_line) {
  Copier copier(file, first_line);
  try {
    Setting root = copier.copy(toml::parse(text, file));
    root.place = Place{file, 0, 0};
    if (!copier.complaints.empty()) return tl::unexpected(std::move(copier.complaints));
    return root;
  } catch (const toml::parse_error& error) {
    const Place place = copier.place_of(error.source());
    return tl::unexpected(Complaints{
        connectors::complaint(place, "this is not TOML: " + core::squeezed(error.description()))});
  }
}

tl::expected<std::string, Complaints> read_text(const std::filesystem::path& file) {
  const auto unreadable = [&file](const std::string& why) {
    return tl::unexpected(
        Complaints{connectors::complaint(Place{file.string(), 0, 0}, "cannot be read: " + why)});
  };
  std::error_code error;
  if (std::filesystem::is_directory(file, error)) return unreadable("it is a folder");
  errno = 0;
  std::ifstream in(file, std::ios::binary);
  if (!in) return unreadable(std::strerror(errno));
  std::ostringstream text;
  text << in.rdbuf();
  if (in.bad()) return unreadable(std::strerror(errno));
  return text.str();
}

std::string toml_quoted(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (c == '\n') {
      out += "\\n";
    } else if (byte < 0x20 || byte == 0x7f) {
      std::array<char, 8> escape{};
      std::snprintf(escape.data(), escape.size(), "\\u%04X", static_cast<unsigned>(byte));
      out += escape.data();
    } else {
      out += c;
    }
  }
  return out + '"';
}

}  // namespace ioud::app
