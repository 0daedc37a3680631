// HTTP over TLS: whom we trust, and who we are where the server wants to know.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "fakes/tls_server.hpp"
#include "net/http_pool.hpp"

namespace ioud::net {
namespace {

using core::Fault;
using fakes::certificate;
using fakes::TlsServer;

core::Result<Response> asked(const TlsServer& server, TlsSettings tls) {
  HttpPool pool;
  Request request;
  request.method = "GET";
  request.url = *parse_url("https://localhost:" + std::to_string(server.port()) + "/");
  request.tls = std::move(tls);
  return fakes::run(pool.fetch(std::move(request)));
}

TlsServer::Manner manner(bool asks_for_client = false) {
  TlsServer::Manner manner;
  manner.asks_for_client = asks_for_client;
  manner.answer = [](const std::string&) {
    return std::string("HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n");
  };
  return manner;
}

TlsSettings trusting_us() {
  TlsSettings tls;
  tls.ca_file = certificate("ca");
  return tls;
}

TEST(Https, SpeaksWithWhomItTrusts) {
  const TlsServer server("good", manner());
  const auto answer = asked(server, trusting_us());
  ASSERT_TRUE(answer.has_value()) << answer.error().text;
  EXPECT_EQ(answer->status, 204);
}

TEST(Https, RefusesAStrangerAnotherNameAndWhatHasRunOut) {
  const TlsServer good("good", manner());
  EXPECT_FALSE(asked(good, TlsSettings()).has_value()) << "the system does not know our authority";
  for (const char* name : {"other", "old"}) {
    const TlsServer server(name, manner());
    const auto answer = asked(server, trusting_us());
    ASSERT_FALSE(answer.has_value()) << name;
    EXPECT_THAT(answer.error().text, testing::HasSubstr("certificate")) << name;
  }
}

TEST(Https, ShowsItsOwnCertificateWhereOneIsAskedFor) {
  const TlsServer server("good", manner(true));
  TlsSettings tls = trusting_us();
  EXPECT_FALSE(asked(server, tls).has_value());
  tls.client_cert = certificate("client");
  tls.client_key = fakes::key_of("client");
  const auto answer = asked(server, tls);
  ASSERT_TRUE(answer.has_value()) << answer.error().text;
  EXPECT_EQ(answer->status, 204);
  tls.client_cert = certificate("good");
  tls.client_key = fakes::key_of("good");
  EXPECT_FALSE(asked(server, tls).has_value()) << "a certificate for servers is none of a client";
}

TEST(Https, NamesACertificateOfOursThatIsNotThere) {
  const TlsServer server("good", manner(true));
  TlsSettings tls = trusting_us();
  tls.client_cert = "/nowhere/me.pem";
  const auto answer = asked(server, tls);
  ASSERT_FALSE(answer.has_value());
  EXPECT_EQ(answer.error().fault, Fault::config);
  EXPECT_THAT(answer.error().text, testing::HasSubstr("/nowhere/me.pem"));
}

}  // namespace
}  // namespace ioud::net
