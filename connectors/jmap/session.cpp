#include "connectors/jmap/session.hpp"

#include <algorithm>

#include "connectors/jmap/json.hpp"

namespace ioud::connectors::jmap {
namespace {

using core::Fault;

constexpr std::size_t calls_needed = 4;      ///< a look for changes
constexpr std::size_t most_at_once = 4;      ///< downloads; the pool has six lines to a host
constexpr std::size_t most_objects = 500;    ///< a page of ours
constexpr std::size_t bytes_of_id = 258;     ///< with quotes and comma (RFC 8620 1.2)
constexpr std::size_t bytes_of_call = 4096;  ///< everything in a request but ids

std::size_t limit_in(const Json& core, std::string_view key, std::size_t otherwise) {
  return core[key].number().value_or(otherwise);
}

/// The primary account of mail, or the first with mail where the server names none.
std::string account_in(const Json& session) {
  const std::string named = session["primaryAccounts"][mail_capability].text();
  if (!named.empty()) return named;
  const Json accounts = session["accounts"];
  for (const std::string& id : accounts.keys())
    if (accounts[id]["accountCapabilities"].has(mail_capability)) return id;
  return {};
}

tl::unexpected<core::Error> no_session(const net::Url& found_at) {
  return core::fail(Fault::protocol, net::format(found_at),
                    "what lies there is no JMAP session; check the address in `server`");
}

}  // namespace

std::optional<net::Url> AddressPattern::fill(
    const std::vector<std::pair<std::string_view, std::string>>& values) const {
  std::string filled;
  for (std::size_t at = 0; at < text.size();) {
    const auto open = text.find('{', at);
    filled += text.substr(at, open - at);
    if (open == std::string::npos) break;
    const auto close = text.find('}', open);
    if (close == std::string::npos) return std::nullopt;
    const std::string_view name = std::string_view(text).substr(open + 1, close - open - 1);
    const auto value = std::find_if(values.begin(), values.end(),
                                    [name](const auto& one) { return one.first == name; });
    if (value != values.end()) filled += net::encode_segment(value->second);
    at = close + 1;
  }
  return net::resolve(base, filled);
}

std::size_t Session::ids_in_request() const {
  const std::size_t room =
      limits.request_bytes > bytes_of_call ? limits.request_bytes - bytes_of_call : 0;
  return std::clamp<std::size_t>(std::min(limits.objects_in_get, room / bytes_of_id), 1,
                                 most_objects);
}

core::Result<Session> read_session(std::string_view text, const net::Url& found_at) {
  const auto read = Json::parse(text);
  if (!read) return no_session(found_at);
  const Json capabilities = (*read)["capabilities"];
  const Json core = capabilities[core_capability];
  const std::string api_text = (*read)["apiUrl"].text();
  const auto api = net::resolve(found_at, api_text);
  if (!core.is_object() || api_text.empty() || !api) return no_session(found_at);

  Session session;
  session.account = account_in(*read);
  if (!capabilities.has(mail_capability) || session.account.empty())
    return core::fail(Fault::config, net::format(found_at),
                      "the account has no mail by JMAP; check the login, or take a connector of "
                      "type \"mail\"");
  if (!is_id(session.account)) return no_session(found_at);
  session.api = *api;
  session.state = (*read)["state"].text();
  session.is_read_only = (*read)["accounts"][session.account]["isReadOnly"].is_true();
  session.download = {(*read)["downloadUrl"].text(), found_at};
  session.upload = {(*read)["uploadUrl"].text(), found_at};
  session.events = {(*read)["eventSourceUrl"].text(), found_at};
  if (session.download.text.empty() || session.upload.text.empty()) return no_session(found_at);
  ServerLimits& limits = session.limits;
  limits.upload_bytes = limit_in(core, "maxSizeUpload", limits.upload_bytes);
  limits.request_bytes = limit_in(core, "maxSizeRequest", limits.request_bytes);
  limits.objects_in_get = limit_in(core, "maxObjectsInGet", limits.objects_in_get);
  limits.requests_at_once = std::clamp<std::size_t>(
      limit_in(core, "maxConcurrentRequests", most_at_once), 1, most_at_once);
  if (limit_in(core, "maxCallsInRequest", calls_needed) < calls_needed)
    return core::fail(Fault::config, net::format(found_at),
                      "the server takes fewer than " + std::to_string(calls_needed) +
                          " calls in a request, and that is too few; take a connector of type "
                          "\"mail\"");
  return session;
}

}  // namespace ioud::connectors::jmap
