#pragma once
// What the admin says of local folders, checked and made plain: absolute paths, each with the place
// in the config that named it. Does no input or output.

#include <optional>
#include <string>
#include <tl/expected.hpp>
#include <vector>

#include "connectors/kind.hpp"
#include "connectors/local/files.hpp"

namespace ioud::connectors::local {

/// A folder and where the config names it.
struct NamedFolder {
  fs::path path;
  Place place;
};

struct CalendarFolder {
  Calendar calendar;
  NamedFolder folder;
};

struct BookFolder {
  std::string name;
  NamedFolder folder;
};

struct MailFolders {
  NamedFolder folder;
  std::optional<NamedFolder> outbox;
  std::string sent;
  std::string drafts;
  std::vector<std::string> skip;
};

struct Settings {
  std::string name;
  std::vector<CalendarFolder> calendars;
  std::vector<BookFolder> books;
  std::optional<MailFolders> mail;
};

/// The keys of a connector of type "local".
OptionTable options();

tl::expected<Settings, Complaints> read_settings(const Setting& settings,
                                                 const Surroundings& surroundings);

}  // namespace ioud::connectors::local
