#include "connectors/registry.hpp"

#include <algorithm>
#include <array>

#include "connectors/caldav/connector.hpp"
#include "connectors/carddav/connector.hpp"
#include "connectors/local/connector.hpp"
#include "connectors/mail/connector.hpp"
#include "connectors/memory/connector.hpp"
#include "core/nearest.hpp"
#include "core/text.hpp"

namespace ioud::connectors {

std::span<const Kind> kinds() {
  static const std::array all = {local::kind(), caldav::kind(), carddav::kind(), mail::kind(),
                                 memory::kind()};
  return all;
}

const Kind* find_kind(std::string_view name) {
  const auto all = kinds();
  const auto found =
      std::find_if(all.begin(), all.end(), [&](const Kind& kind) { return kind.name == name; });
  return found == all.end() ? nullptr : &*found;
}

tl::expected<Connector, Complaints> make(const Setting& settings,
                                         const Surroundings& surroundings) {
  const Setting* type = settings.find("type");
  const std::string name = settings.text("type");
  if (const Kind* kind = find_kind(name)) return kind->make(settings, surroundings);

  std::vector<std::string> known;
  for (const Kind& kind : kinds()) known.push_back(kind.name);
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
