// The answer of a token endpoint, what is kept of one, and what comes to the door of a sign-in.

#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "connectors/oauth/attempt.hpp"
#include "connectors/oauth/form.hpp"
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
  const Attempt attempt{"http://localhost:1", "st", core::Secret("v")};
  for (const std::string& target : {response.body, "/?state=st&" + response.body})
    if (const auto brought = brought_back(target, attempt, Settings()); brought && *brought)
      if ((*brought)->empty()) std::abort();
  std::string form;
  add_field(form, "name", response.body);
  if (field_in(form, "name") != response.body) std::abort();
  return 0;
}
