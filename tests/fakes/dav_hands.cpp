#include "fakes/dav_hands.hpp"

#include <curl/curl.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <memory>
#include <set>
#include <sstream>
#include <stdexcept>

namespace ioud::fakes {
namespace {

std::size_t collect(char* bytes, std::size_t one, std::size_t size, void* into) {
  static_cast<std::string*>(into)->append(bytes, one * size);
  return one * size;
}

void expect(const DavHands::Answer& answer, const std::string& what) {
  if (answer.status >= 200 && answer.status < 300 && answer.status != 207) return;
  throw std::runtime_error(what + ": " + std::to_string(answer.status) + " " + answer.body);
}

std::multiset<std::string> lines_of(const std::string& bytes) {
  std::multiset<std::string> lines;
  std::istringstream in(bytes);
  std::vector<std::string> unfolded;
  for (std::string line; std::getline(in, line);) {
    while (!line.empty() && line.back() == '\r') line.pop_back();
    if (!unfolded.empty() && !line.empty() && (line.front() == ' ' || line.front() == '\t')) {
      unfolded.back() += line.substr(1);
    } else if (!line.empty()) {
      unfolded.push_back(line);
    }
  }
  for (std::string& line : unfolded) {
    const std::string name = line.substr(0, line.find_first_of(":;"));
    // The parts of a name that are empty may be left out at its end.
    while (name == "N" && line.ends_with(';')) line.pop_back();
    // Stamps of the program that wrote the file, which a server may replace.
    if (name != "PRODID" && name != "VERSION" && name != "DTSTAMP") lines.insert(line);
  }
  return lines;
}

}  // namespace

std::optional<DavServer> dav_server(const std::string& name) {
  for (const std::string folder : {IOUD_DAV_SERVERS, IOUD_DAV_NIGHTLY}) {
    std::ifstream in(folder + "/servers");
    for (std::string line; std::getline(in, line);) {
      std::istringstream words(line);
      DavServer server;
      words >> server.name >> server.url >> server.user >> server.password;
      server.ca_file = folder + "/tls/ca.pem";
      if (server.name == name) return server;
    }
  }
  return std::nullopt;
}

std::string DavHands::origin() const {
  return server_.url.substr(0, server_.url.find('/', server_.url.find("//") + 2));
}

std::string DavHands::calendars() const {
  if (server_.name == "radicale") return origin() + "/" + server_.user + "/";
  if (server_.name == "cyrus") return origin() + "/dav/calendars/user/" + server_.user + "/";
  if (server_.name == "sabre") return origin() + "/calendars/" + server_.user + "/";
  if (server_.name == "sogo") return origin() + "/SOGo/dav/" + server_.user + "/Calendar/";
  if (server_.name == "davical") return origin() + "/caldav.php/" + server_.user + "/";
  return origin() + "/" + server_.user + "/calendars/";
}

std::string DavHands::books() const {
  if (server_.name == "radicale") return origin() + "/" + server_.user + "/";
  if (server_.name == "cyrus") return origin() + "/dav/addressbooks/user/" + server_.user + "/";
  if (server_.name == "sabre") return origin() + "/addressbooks/" + server_.user + "/";
  if (server_.name == "sogo") return origin() + "/SOGo/dav/" + server_.user + "/Contacts/";
  if (server_.name == "davical") return origin() + "/caldav.php/" + server_.user + "/";
  return origin() + "/" + server_.user + "/contacts/";
}

DavHands::Answer DavHands::ask(const std::string& method, const std::string& url,
                               const std::string& body,
                               const std::vector<std::string>& headers) const {
  const std::unique_ptr<CURL, void (*)(CURL*)> curl(curl_easy_init(), curl_easy_cleanup);
  curl_slist* list = nullptr;
  for (const std::string& header : headers) list = curl_slist_append(list, header.c_str());
  list = curl_slist_append(list, "Expect:");
  const std::unique_ptr<curl_slist, void (*)(curl_slist*)> owned(list, curl_slist_free_all);
  Answer answer;
  std::string head;
  curl_easy_setopt(curl.get(), CURLOPT_URL, url.c_str());
  curl_easy_setopt(curl.get(), CURLOPT_NOPROXY, "*");
  curl_easy_setopt(curl.get(), CURLOPT_CAINFO, server_.ca_file.c_str());
  curl_easy_setopt(curl.get(), CURLOPT_HTTPAUTH,
                   static_cast<long>(CURLAUTH_BASIC | CURLAUTH_DIGEST));
  curl_easy_setopt(curl.get(), CURLOPT_USERNAME, server_.user.c_str());
  curl_easy_setopt(curl.get(), CURLOPT_PASSWORD, server_.password.c_str());
  curl_easy_setopt(curl.get(), CURLOPT_TIMEOUT, 120L);
  curl_easy_setopt(curl.get(), CURLOPT_HTTPHEADER, list);
  if (method != "GET") {
    curl_easy_setopt(curl.get(), CURLOPT_POSTFIELDSIZE, static_cast<long>(body.size()));
    curl_easy_setopt(curl.get(), CURLOPT_POSTFIELDS, body.data());
    curl_easy_setopt(curl.get(), CURLOPT_CUSTOMREQUEST, method.c_str());
  }
  curl_easy_setopt(curl.get(), CURLOPT_WRITEFUNCTION, collect);
  curl_easy_setopt(curl.get(), CURLOPT_WRITEDATA, &answer.body);
  curl_easy_setopt(curl.get(), CURLOPT_HEADERFUNCTION, collect);
  curl_easy_setopt(curl.get(), CURLOPT_HEADERDATA, &head);
  const CURLcode code = curl_easy_perform(curl.get());
  if (code != CURLE_OK)
    throw std::runtime_error(method + " " + url + ": " + curl_easy_strerror(code));
  curl_easy_getinfo(curl.get(), CURLINFO_RESPONSE_CODE, &answer.status);
  curl_header* etag = nullptr;
  if (curl_easy_header(curl.get(), "ETag", 0, CURLH_HEADER, -1, &etag) == CURLHE_OK) {
    answer.etag = etag->value;
  }
  return answer;
}

void DavHands::make_calendar(const std::string& url, const std::string& name) const {
  const std::string body =
      "<C:mkcalendar xmlns=\"DAV:\" xmlns:C=\"urn:ietf:params:xml:ns:caldav\"><set><prop>"
      "<displayname>" +
      name + "</displayname></prop></set></C:mkcalendar>";
  expect(ask("MKCALENDAR", url, body, {"Content-Type: application/xml"}), "MKCALENDAR " + url);
}

void DavHands::make_book(const std::string& url, const std::string& name) const {
  const std::string body =
      "<mkcol xmlns=\"DAV:\" xmlns:R=\"urn:ietf:params:xml:ns:carddav\"><set><prop><resourcetype>"
      "<collection/><R:addressbook/></resourcetype><displayname>" +
      name + "</displayname></prop></set></mkcol>";
  const Answer answer = ask("MKCOL", url, body, {"Content-Type: application/xml"});
  if (answer.status != 201 && answer.status != 207) expect(answer, "MKCOL " + url);
}

void DavHands::put(const std::string& url, const std::string& bytes) const {
  const bool is_card = url.ends_with(".vcf");
  expect(ask("PUT", url, bytes,
             {is_card ? "Content-Type: text/vcard; charset=utf-8"
                      : "Content-Type: text/calendar; charset=utf-8"}),
         "PUT " + url);
}

void DavHands::remove(const std::string& url) const { expect(ask("DELETE", url), "DELETE " + url); }

std::optional<std::string> DavHands::get(const std::string& url) const {
  Answer answer = ask("GET", url);
  if (answer.status == 404) return std::nullopt;
  expect(answer, "GET " + url);
  return std::move(answer.body);
}

std::vector<std::string> DavHands::names(const std::string& url) const {
  const Answer answer =
      ask("PROPFIND", url, "<propfind xmlns=\"DAV:\"><prop><getetag/></prop></propfind>",
          {"Depth: 1", "Content-Type: application/xml"});
  std::vector<std::string> names;
  if (answer.status != 207) return names;
  for (std::size_t at = 0; (at = answer.body.find("href>", at)) != std::string::npos;) {
    at += 5;
    const std::string href = answer.body.substr(at, answer.body.find('<', at) - at);
    const std::string name = href.substr(href.rfind('/') + 1);
    if (name.ends_with(".ics") || name.ends_with(".vcf")) names.push_back(name);
  }
  return names;
}

bool same_object(const std::string& sent, const std::string& stored) {
  const auto wanted = lines_of(sent);
  const auto found = lines_of(stored);
  return std::includes(found.begin(), found.end(), wanted.begin(), wanted.end());
}

}  // namespace ioud::fakes
