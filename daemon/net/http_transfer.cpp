#include "net/http_transfer.hpp"

#include <curl/curl.h>

#include <type_traits>

#include "core/text.hpp"

namespace ioud::net {
namespace {

using core::Fault;

constexpr std::size_t most_header_bytes = 256U << 10U;
constexpr std::size_t most_error_body = 256U << 10U;  ///< of an answer that is no success

bool is_success(int status) { return status >= 200 && status < 300; }

}  // namespace

static_assert(std::is_same_v<CURL, void>);
static_assert(CURLE_OK == 0);

void HttpTransfer::FreeEasy::operator()(void* easy) const { curl_easy_cleanup(easy); }

struct HttpTransfer::HeaderLines {
  curl_slist* list = nullptr;
  void append(const std::string& line) {
    // On failure libcurl leaves the list as it was; a request without that line is refused or
    // fails.
    if (curl_slist* longer = curl_slist_append(list, line.c_str())) list = longer;
  }
};

void HttpTransfer::FreeLines::operator()(HeaderLines* lines) const {
  curl_slist_free_all(lines->list);
  delete lines;
}

HttpTransfer::HttpTransfer(const Request& request, BodySink* sink)
    : request_(request), sink_(sink), easy_(curl_easy_init()) {
  CURL* easy = easy_.get();
  curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(easy, CURLOPT_QUICK_EXIT, 1L);
  curl_easy_setopt(easy, CURLOPT_PRIVATE, this);
  curl_easy_setopt(easy, CURLOPT_FOLLOWLOCATION, 0L);
  curl_easy_setopt(easy, CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_2TLS));
  curl_easy_setopt(easy, CURLOPT_PIPEWAIT, 1L);
  curl_easy_setopt(easy, CURLOPT_ACCEPT_ENCODING, "");
  // Some servers answer a program without a name as if it were one that can do less.
  curl_easy_setopt(easy, CURLOPT_USERAGENT, "ioud");
  curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS,
                   static_cast<long>(request.limits.connect.count()));
  curl_easy_setopt(easy, CURLOPT_BUFFERSIZE, 128L << 10);
  curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, &HttpTransfer::on_header);
  curl_easy_setopt(easy, CURLOPT_HEADERDATA, this);
  curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, &HttpTransfer::on_body);
  curl_easy_setopt(easy, CURLOPT_WRITEDATA, this);
  curl_easy_setopt(easy, CURLOPT_NOPROGRESS, 0L);
  curl_easy_setopt(easy, CURLOPT_XFERINFOFUNCTION, &HttpTransfer::on_progress);
  curl_easy_setopt(easy, CURLOPT_XFERINFODATA, this);
  if (request.method == "HEAD") {
    curl_easy_setopt(easy, CURLOPT_NOBODY, 1L);
  } else if (request.method != "GET" || !request.body.empty()) {
    curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE_LARGE,
                     static_cast<curl_off_t>(request.body.size()));
    curl_easy_setopt(easy, CURLOPT_POSTFIELDS, request.body.data());
    curl_easy_setopt(easy, CURLOPT_CUSTOMREQUEST, request.method.c_str());
  }
  set_url_and_tls();
  set_login();
  set_headers();
}

void HttpTransfer::set_url_and_tls() {
  CURL* easy = easy_.get();
  const TlsSettings& tls = request_.tls;
  curl_easy_setopt(easy, CURLOPT_URL, format(request_.url).c_str());
  curl_easy_setopt(easy, CURLOPT_PATH_AS_IS, 1L);
  curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, tls.plain_loopback ? "http,https" : "https");
  curl_easy_setopt(easy, CURLOPT_SSL_VERIFYPEER, 1L);
  curl_easy_setopt(easy, CURLOPT_SSL_VERIFYHOST, 2L);
  curl_easy_setopt(easy, CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
  if (is_loopback(request_.url)) curl_easy_setopt(easy, CURLOPT_NOPROXY, "*");
  if (!tls.ca_file.empty()) curl_easy_setopt(easy, CURLOPT_CAINFO, tls.ca_file.c_str());
  if (tls.client_cert.empty()) return;
  curl_easy_setopt(easy, CURLOPT_SSLCERT, tls.client_cert.c_str());
  curl_easy_setopt(easy, CURLOPT_SSLKEY,
                   (tls.client_key.empty() ? tls.client_cert : tls.client_key).c_str());
}

void HttpTransfer::set_login() {
  CURL* easy = easy_.get();
  const Credentials& who = request_.credentials;
  switch (who.login) {
    case Login::none:
      curl_easy_setopt(easy, CURLOPT_HTTPAUTH, static_cast<long>(CURLAUTH_NONE));
      return;
    case Login::bearer:
      curl_easy_setopt(easy, CURLOPT_HTTPAUTH, static_cast<long>(CURLAUTH_BEARER));
      curl_easy_setopt(easy, CURLOPT_XOAUTH2_BEARER, who.secret.reveal().c_str());
      return;
    case Login::basic:
    case Login::digest:
      curl_easy_setopt(
          easy, CURLOPT_HTTPAUTH,
          static_cast<long>(who.login == Login::basic ? CURLAUTH_BASIC : CURLAUTH_DIGEST));
      curl_easy_setopt(easy, CURLOPT_USERNAME, who.user.c_str());
      curl_easy_setopt(easy, CURLOPT_PASSWORD, who.secret.reveal().c_str());
      return;
  }
}

void HttpTransfer::set_headers() {
  header_lines_.reset(new HeaderLines);
  const auto append = [this](const std::string& line) { header_lines_->append(line); };
  append("Expect:");  // a pause of a second with servers that do not know it
  if (!request_.headers.find("Content-Type")) append("Content-Type:");
  for (const Header& header : request_.headers) append(header.name + ": " + header.value);
  curl_easy_setopt(easy_.get(), CURLOPT_HTTPHEADER, header_lines_->list);
}

std::size_t HttpTransfer::on_header(char* bytes, std::size_t one, std::size_t size, void* self) {
  auto& transfer = *static_cast<HttpTransfer*>(self);
  return transfer.take_header({bytes, one * size}) ? one * size : 0;
}

std::size_t HttpTransfer::on_body(char* bytes, std::size_t one, std::size_t size, void* self) {
  auto& transfer = *static_cast<HttpTransfer*>(self);
  return transfer.take_body({bytes, one * size}) ? one * size : 0;
}

int HttpTransfer::on_progress(void* self, std::int64_t, std::int64_t down, std::int64_t,
                              std::int64_t up) {
  static_cast<HttpTransfer*>(self)->moved_ = down + up;
  return 0;
}

bool HttpTransfer::take_header(std::string_view line) {
  header_bytes_ += line.size();
  if (header_bytes_ > most_header_bytes) {
    is_too_large_ = true;
    return false;
  }
  if (line.starts_with("HTTP/")) {  // a new answer, after 1xx or a login challenge
    response_.status = status_in(line);
    response_.headers.clear();
    return true;
  }
  if (!has_begun_) {
    has_begun_ = true;
    if (when_news) when_news();
  }
  const auto colon = line.find(':');
  if (colon == std::string_view::npos) {
    const bool is_end = core::trimmed(line).empty();
    if (is_end && sink_ != nullptr && is_success(response_.status)) sink_->begin(response_);
    return true;
  }
  response_.headers.push_back({std::string(core::trimmed(line.substr(0, colon))),
                               std::string(core::trimmed(line.substr(colon + 1)))});
  return true;
}

bool HttpTransfer::take_body(std::string_view bytes) {
  body_bytes_ += bytes.size();
  if (!is_success(response_.status)) {
    if (response_.body.size() < most_error_body) response_.body += bytes;
    // Nobody wants the rest of a long page that says no.
    return body_bytes_ <= request_.limits.body_bytes;
  }
  if (body_bytes_ > request_.limits.body_bytes) {
    is_too_large_ = true;
    return false;
  }
  if (sink_ == nullptr) {
    response_.body += bytes;
    return true;
  }
  is_sink_done_ = !sink_->take(bytes);
  return !is_sink_done_;
}

void HttpTransfer::finish(int code) {
  code_ = code;
  is_finished_ = true;
  if (when_news) when_news();
}

core::Error HttpTransfer::failure() const {
  const std::string place = format(request_.url);
  const auto error = [&](Fault fault, const std::string& text) {
    return core::Error{fault, place, text, std::nullopt};
  };
  if (is_too_large_) {
    return error(Fault::protocol, "the answer is larger than " +
                                      std::to_string(request_.limits.body_bytes >> 20U) +
                                      " MiB and was not read to its end");
  }
  const std::string why = curl_easy_strerror(static_cast<CURLcode>(code_));
  switch (code_) {
    case CURLE_SSL_CERTPROBLEM:
      return error(Fault::config, "our own certificate in " + request_.tls.client_cert +
                                      " cannot be used (" + why +
                                      "); check `client_cert` and `client_key`");
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CACERT_BADFILE:
    case CURLE_SSL_ISSUER_ERROR:
    case CURLE_SSL_CIPHER:
      return error(Fault::config, "the server's certificate cannot be trusted (" + why +
                                      "); check the host name, and name the authority's file "
                                      "with `ca_file` where it is your own");
    case CURLE_UNSUPPORTED_PROTOCOL:
    case CURLE_URL_MALFORMAT:
      return error(Fault::config, "this address may not be used (" + why + "); write https://…");
    case CURLE_COULDNT_RESOLVE_HOST:
      return error(Fault::transient, "the name " + request_.url.host + " cannot be resolved now");
    case CURLE_COULDNT_CONNECT:
      return error(Fault::transient, "nobody answers at " + request_.url.host + ":" +
                                         std::to_string(request_.url.port));
    case CURLE_OPERATION_TIMEDOUT:
      return error(
          Fault::transient,
          "no connection within " + std::to_string(request_.limits.connect.count() / 1000) + " s");
    default:
      return error(Fault::transient, "the exchange broke off (" + why + ")");
  }
}

core::Result<Response> HttpTransfer::outcome() {
  if (code_ == 0 || is_sink_done_) return std::move(response_);
  return tl::unexpected(failure());
}

}  // namespace ioud::net
