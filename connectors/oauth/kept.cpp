#include "connectors/oauth/kept.hpp"

#include <nlohmann/json.hpp>

#include "core/ident.hpp"

namespace ioud::connectors::oauth {

std::string origin_of(const core::Secret& configured) {
  return core::content_hash(configured.reveal());
}

core::Secret written(const Kept& kept) {
  const nlohmann::json text = {{"origin", kept.origin}, {"refresh_token", kept.refresh.reveal()}};
  return core::Secret(text.dump(-1, ' ', true) + "\n");
}

std::optional<Kept> read_kept(const core::Secret& text) {
  const auto read = nlohmann::json::parse(text.reveal(), nullptr, false);
  if (!read.is_object()) return std::nullopt;
  const auto origin = read.find("origin");
  const auto refresh = read.find("refresh_token");
  if (origin == read.end() || refresh == read.end() || !origin->is_string() ||
      !refresh->is_string())
    return std::nullopt;
  return Kept{origin->get<std::string>(), core::Secret(refresh->get<std::string>())};
}

core::Secret latest(const core::Secret& configured, const std::string& origin,
                    const std::optional<Kept>& kept) {
  const bool descends = kept && !kept->refresh.empty() && kept->origin == origin;
  return descends ? kept->refresh : configured;
}

}  // namespace ioud::connectors::oauth
