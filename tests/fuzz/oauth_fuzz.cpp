// The answer of a token endpoint, and what is kept of one.

#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "connectors/oauth/grant.hpp"
#include "connectors/oauth/kept.hpp"

using namespace ioud;
using namespace ioud::connectors::oauth;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  net::Response response;
  response.body.assign(reinterpret_cast<const char*>(data), size);
  for (const int status : {200, 400, 503}) {
    response.status = status;
    const auto grant = read_answer(response, Settings(), core::Instant());
    if (!grant) continue;
    if (status != 200 || grant->access.empty()) std::abort();
    const Kept kept{"origin", grant->refresh};
    const auto again = read_kept(written(kept));
    if (!again || again->refresh.reveal() != grant->refresh.reveal()) std::abort();
  }
  read_kept(core::Secret(response.body));
  return 0;
}
