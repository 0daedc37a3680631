#pragma once
// The clients file: one [[client]] an organisation or person, as values. A bad entry is reported
// with its place and left out; every good one beside it still counts. Never writes.

#include <filesystem>
#include <string_view>
#include <vector>

#include "connectors/options.hpp"
#include "connectors/settings.hpp"
#include "domain/catalogue.hpp"
#include "domain/person.hpp"

namespace ioud::app {

struct ClientsFile {
  std::vector<domain::Client> clients;  ///< in the order of the file
  connectors::Complaints complaints;    ///< empty where every entry is good
};

/// Reads the file; one that is absent or unreadable is a complaint and no clients. `catalogue`
/// tells which kinds the favours of an opening balance may have.
ClientsFile read_clients(const std::filesystem::path& file, const domain::Catalogue& catalogue);

/// The same for a text; `file` stands in the complaints.
ClientsFile parse_clients(std::string_view text, const std::filesystem::path& file,
                          const domain::Catalogue& catalogue);

/// The keys of one [[client]], for checking and for the manual.
const std::vector<connectors::Option>& client_options();

}  // namespace ioud::app
