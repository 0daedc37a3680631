#include "connectors/registry.hpp"

#include <algorithm>
#include <array>

#include "connectors/local/connector.hpp"
#include "connectors/memory/connector.hpp"
#include "connectors/network.hpp"
#include "core/nearest.hpp"
#include "core/text.hpp"

namespace ioud::connectors {

namespace {

std::span<const Kind> own_kinds() {
  static const std::array own = {local::kind(), memory::kind()};
  return own;
}

const Kind* named(std::span<const Kind> among, std::string_view name) {
  const auto found =
      std::find_if(among.begin(), among.end(), [&](const Kind& kind) { return kind.name == name; });
  return found == among.end() ? nullptr : &*found;
}

bool is_network_kind(std::string_view name) {
  return std::find(network_kind_names.begin(), network_kind_names.end(), name) !=
         network_kind_names.end();
}

}  // namespace

std::vector<const Kind*> kinds() {
  std::vector<const Kind*> all;
  for (const Kind& kind : own_kinds()) all.push_back(&kind);
  const auto network = network_kinds();
  if (!network) return all;
  for (const Kind& kind : *network) all.push_back(&kind);
  return all;
}

core::Result<const Kind*> find_kind(std::string_view name) {
  if (!is_network_kind(name)) return named(own_kinds(), name);
  const auto network = network_kinds();
  if (!network) return tl::unexpected(network.error());
  return named(*network, name);
}

tl::expected<Connector, Complaints> make(const Setting& settings,
                                         const Surroundings& surroundings) {
  const Setting* type = settings.find("type");
  const std::string name = settings.text("type");
  const auto kind = find_kind(name);
  if (!kind) {
    return tl::unexpected(
        Complaints{complaint(type->place, kind.error().place + ": " + kind.error().text)});
  }
  if (*kind != nullptr) return (*kind)->make(settings, surroundings);

  std::vector<std::string> known;
  for (const Kind& own : own_kinds()) known.push_back(own.name);
  known.insert(known.end(), network_kind_names.begin(), network_kind_names.end());
  const std::string choice = "known types: " + core::joined(known, ", ");
  if (type == nullptr) {
    return tl::unexpected(
        Complaints{complaint(settings.place, "`type` is missing from the connector; " + choice)});
  }
  const std::string near = core::nearest(name, known);
  return tl::unexpected(Complaints{complaint(
      type->place, "there is no connector of type \"" + name + "\"; " +
                       (near.empty() ? choice : "did you mean \"" + near + "\"? " + choice))});
}

}  // namespace ioud::connectors
