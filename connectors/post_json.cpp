#include "connectors/post_json.hpp"

#include <memory>

#include "net/http_pool.hpp"

namespace ioud::connectors {
namespace {

net::Task<std::string> post(std::shared_ptr<net::HttpPool> pool, JsonPost wish) {
  const auto url = net::parse_url(wish.url);
  if (!url) co_return core::fail(core::Fault::config, wish.url, "this is no URL");
  net::Request request;
  request.method = "POST";
  request.url = *url;
  request.headers.push_back({"Content-Type", "application/json"});
  request.body = std::move(wish.body);
  request.tls.plain_loopback = true;
  request.limits.connect = wish.patience;
  request.limits.first_byte = wish.patience;
  request.limits.stall = wish.patience;
  request.limits.body_bytes = wish.answer_bytes;
  auto response = co_await pool->fetch(std::move(request));
  if (!response) co_return tl::unexpected(response.error());
  if (response->status / 100 != 2)
    co_return core::fail(core::Fault::transient, wish.url,
                         "answered with status " + std::to_string(response->status));
  co_return std::move(response->body);
}

}  // namespace

PostJson post_json() {
  return [pool = std::make_shared<net::HttpPool>()](JsonPost wish) {
    return post(pool, std::move(wish));
  };
}

}  // namespace ioud::connectors
