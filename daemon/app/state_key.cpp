#include "app/state_key.hpp"

namespace ioud::app {
namespace {

constexpr const char* seal_credential = "ioud-state-key";

}  // namespace

core::Result<std::optional<store::Seal>> state_seal(const std::filesystem::path& credentials,
                                                    const domain::Policy& policy) {
  std::error_code error;
  const std::filesystem::path key = credentials / seal_credential;
  if (!policy.privacy.seal || credentials.empty() || !std::filesystem::exists(key, error))
    return std::optional<store::Seal>();
  auto seal = store::Seal::from_file(key);
  if (!seal) return tl::unexpected(seal.error());
  return std::optional<store::Seal>(std::move(*seal));
}

}  // namespace ioud::app
