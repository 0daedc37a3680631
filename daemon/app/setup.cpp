#include "app/setup.hpp"

#include "app/clients_file.hpp"
#include "app/secret_source.hpp"
#include "app/secret_vault.hpp"
#include "app/state_key.hpp"
#include "connectors/registry.hpp"

namespace ioud::app {
namespace {

using connectors::Complaints;

void append(Complaints& to, Complaints from) {
  std::move(from.begin(), from.end(), std::back_inserter(to));
}

/// Files that the policy names must be there; whoever reads them finds out what is in them.
void check_files(const Config& config, Complaints& complaints) {
  const auto files = config.policy.hours.holiday_files;
  const connectors::Setting* policy = config.tree.find("policy");
  const connectors::Setting* hours = policy == nullptr ? nullptr : policy->find("hours");
  for (std::size_t i = 0; hours != nullptr && i < files.size(); ++i) {
    std::error_code error;
    if (std::filesystem::is_regular_file(files[i], error)) continue;
    complaints.push_back(
        connectors::complaint(hours->list("holiday_files")[i].place,
                              "found " + files[i] + ", but there is no such file"));
  }
}

}  // namespace

SetupReading read_setup(const SetupWish& wish, connectors::Surroundings surroundings) {
  SetupReading out;
  ConfigReading read = read_config(wish.config, wish.home);
  out.config_complaints = std::move(read.complaints);
  out.setup.config = std::move(read.config);
  const Config& found = out.setup.config;
  surroundings.folder = found.folder;
  surroundings.home = found.home;
  SecretPlaces places;
  places.credentials = wish.credentials;
  places.folder = found.folder;
  places.home = found.home;
  surroundings.find_secret = secret_finder(std::move(places));
  auto seal = state_seal(wish.credentials, found.policy);
  if (seal)
    out.setup.seal = std::move(*seal);
  else
    out.config_complaints.push_back(std::move(seal.error()));
  surroundings.vault = secret_vault(found.state_directory / "secrets", out.setup.seal);
  surroundings.shared = std::make_shared<connectors::Shared>();
  for (const connectors::Setting& settings : found.connectors) {
    auto made = connectors::make(settings, surroundings);
    if (made)
      out.setup.connectors.push_back(std::move(*made));
    else
      append(out.config_complaints, std::move(made.error()));
  }
  check_files(found, out.config_complaints);
  if (!found.clients_file.empty()) {
    ClientsFile clients = read_clients(found.clients_file, found.policy.catalogue);
    out.setup.clients = std::move(clients.clients);
    append(out.client_complaints, std::move(clients.complaints));
  }
  return out;
}

}  // namespace ioud::app
