#pragma once
// The keys that kinds have in common, and what is checked of them beyond their types: names that
// are given once, calendars with their uses, paths. Gathers complaints; reads no file.

#include <filesystem>
#include <map>
#include <optional>
#include <string>

#include "connectors/kind.hpp"
#include "net/url.hpp"

namespace ioud::connectors {

/// The rows of `name` and `type`, with the kind's name as the example of both.
std::vector<Option> name_rows(const std::string& kind);

/// The row of `calendars[].name`.
Option calendar_name_row();
/// The row of `contacts[].name`.
Option book_name_row();

/// Reads one [[connector]] table that was checked against its rows.
class UsualKeys {
 public:
  explicit UsualKeys(const Surroundings& surroundings) : surroundings_(surroundings) {}

  Complaints complaints;

  void complain(const Setting& at, std::string text);
  /// At the value of that key, or at the table where the key is absent.
  void complain(const Setting& table, std::string_view key, std::string text);

  std::string connector_name(const Setting& connector);
  /// Name and uses of an item of `calendars`.
  Calendar calendar(const Setting& item);
  /// Name of an item of `contacts`.
  std::string book_name(const Setting& item);

  /// `thing` is only told once, at `at`; a second time is a complaint that begins with `complaint`
  /// and says where the first was.
  void once(const std::string& thing, const Setting& at, const std::string& complaint,
            const std::string& advice);

  /// The address under a key, with TLS unless it is this machine's and `plain_loopback` allows
  /// that; nothing where it is none. A complaint about its form names the example.
  std::optional<net::Url> address(const Setting& table, std::string_view key, bool plain_loopback,
                                  const std::string& example);

  /// A text as an absolute path: from the config's folder, or from home after "~/". Empty stays
  /// empty.
  std::filesystem::path path(const Setting& text);
  /// The same for a key that may be absent.
  std::string path(const Setting& table, std::string_view key);

 private:
  std::string name_once(const Setting& item, const std::string& sort);

  const Surroundings& surroundings_;
  std::map<std::string, Place> told_;
};

}  // namespace ioud::connectors
