#include "fakes/fault_proxy.hpp"

#include <curl/curl.h>
#include <signal.h>

#include <algorithm>
#include <array>
#include <memory>

namespace ioud::fakes {
namespace {

std::string origin_of(const std::string& url) {
  return url.substr(0, url.find('/', url.find("//") + 2));
}

bool is_dav_write(const Ask& ask) {
  return ask.method == "PUT" || ask.method == "DELETE" || ask.method == "MKCALENDAR";
}

/// What belongs to one line only and is made anew for the next.
bool is_for_this_line(const std::string& name) {
  constexpr std::array<std::string_view, 7> names = {"host",
                                                     "content-length",
                                                     "connection",
                                                     "accept-encoding",
                                                     "transfer-encoding",
                                                     "content-encoding",
                                                     "upgrade"};
  std::string lower = name;
  std::transform(lower.begin(), lower.end(), lower.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return std::find(names.begin(), names.end(), lower) != names.end();
}

std::size_t collect(char* bytes, std::size_t one, std::size_t size, void* into) {
  static_cast<std::string*>(into)->append(bytes, one * size);
  return one * size;
}

std::size_t collect_header(char* bytes, std::size_t one, std::size_t size, void* into) {
  auto& reply = *static_cast<Reply*>(into);
  std::string line(bytes, one * size);
  while (!line.empty() && (line.back() == '\n' || line.back() == '\r')) line.pop_back();
  const auto colon = line.find(": ");
  if (line.starts_with("HTTP/")) reply.headers.clear();
  if (colon != std::string::npos && !is_for_this_line(line.substr(0, colon))) {
    reply.headers.emplace_back(line.substr(0, colon), line.substr(colon + 2));
  }
  return one * size;
}

}  // namespace

FaultProxy::FaultProxy(DavServer behind, IsWrite is_write)
    : behind_(std::move(behind)),
      is_write_(is_write ? std::move(is_write) : is_dav_write),
      server_([this](const Ask& ask) { return answer(ask); }) {}

std::string FaultProxy::url() const {
  const std::string path = behind_.url.substr(origin_of(behind_.url).size());
  return server_.url() + path.substr(1);
}

void FaultProxy::fail(Fault fault, std::size_t at_write) {
  writes_ = 0;
  fault_ = fault;
  at_write_ = at_write;
}

Reply FaultProxy::answer(const Ask& ask) {
  if (!is_write_(ask)) return forward(ask);
  const bool is_now = ++writes_ == at_write_;
  const Fault fault = is_now ? fault_.load() : Fault::none;
  const bool kills = fault == Fault::kill_before || fault == Fault::kill_after;
  Reply reply;
  if (fault != Fault::lose_request && fault != Fault::kill_before) reply = forward(ask);
  if (kills) ::kill(program_, SIGKILL);
  reply.is_dropped = fault != Fault::none;
  return reply;
}

Reply FaultProxy::forward(const Ask& ask) {
  const std::unique_ptr<CURL, void (*)(CURL*)> curl(curl_easy_init(), curl_easy_cleanup);
  std::string body = ask.body;
  if (rewrites_ && ask.method == "PUT") {
    body.insert(std::min(body.find("END:VEVENT"), body.size()), "X-SERVER-SEEN:1\r\n");
  }
  curl_slist* list = curl_slist_append(nullptr, "Expect:");
  for (const auto& [name, value] : ask.headers) {
    if (!is_for_this_line(name)) list = curl_slist_append(list, (name + ": " + value).c_str());
  }
  const std::unique_ptr<curl_slist, void (*)(curl_slist*)> owned(list, curl_slist_free_all);
  Reply reply;
  curl_easy_setopt(curl.get(), CURLOPT_URL, (origin_of(behind_.url) + ask.path).c_str());
  curl_easy_setopt(curl.get(), CURLOPT_PATH_AS_IS, 1L);
  curl_easy_setopt(curl.get(), CURLOPT_NOPROXY, "*");
  curl_easy_setopt(curl.get(), CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(curl.get(), CURLOPT_CAINFO, behind_.ca_file.c_str());
  curl_easy_setopt(curl.get(), CURLOPT_HTTPHEADER, list);
  if (ask.method != "GET") {
    curl_easy_setopt(curl.get(), CURLOPT_POSTFIELDSIZE, static_cast<long>(body.size()));
    curl_easy_setopt(curl.get(), CURLOPT_POSTFIELDS, body.data());
    curl_easy_setopt(curl.get(), CURLOPT_CUSTOMREQUEST, ask.method.c_str());
  }
  curl_easy_setopt(curl.get(), CURLOPT_WRITEFUNCTION, collect);
  curl_easy_setopt(curl.get(), CURLOPT_WRITEDATA, &reply.body);
  curl_easy_setopt(curl.get(), CURLOPT_HEADERFUNCTION, collect_header);
  curl_easy_setopt(curl.get(), CURLOPT_HEADERDATA, &reply);
  if (curl_easy_perform(curl.get()) != CURLE_OK) {
    reply.is_dropped = true;
    return reply;
  }
  long status = 0;
  curl_easy_getinfo(curl.get(), CURLINFO_RESPONSE_CODE, &status);
  reply.status = static_cast<int>(status);
  return reply;
}

}  // namespace ioud::fakes
