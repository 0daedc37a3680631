#pragma once
// Somebody else at a DAV server: plain blocking requests, so that tests can change a calendar
// behind the connector's back and look at what it did. Shares no code with what is tested.

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace ioud::fakes {

/// A server that tests/servers/dav has started.
struct DavServer {
  std::string name;
  std::string url;  ///< where discovery starts
  std::string user;
  std::string password;
  std::string ca_file;
};

/// The server of that name, or nothing where it was not started.
std::optional<DavServer> dav_server(const std::string& name);

class DavHands {
 public:
  struct Answer {
    long status = 0;
    std::string etag;
    std::string body;
  };

  explicit DavHands(DavServer server) : server_(std::move(server)) {}

  /// The addresses of the user's calendars and books, each ending in "/".
  std::string calendars() const;
  std::string books() const;

  Answer ask(const std::string& method, const std::string& url, const std::string& body = {},
             const std::vector<std::string>& headers = {}) const;
  void make_calendar(const std::string& url, const std::string& name) const;
  void make_book(const std::string& url, const std::string& name) const;
  void put(const std::string& url, const std::string& bytes) const;
  void remove(const std::string& url) const;
  std::optional<std::string> get(const std::string& url) const;
  /// The names of the objects in a calendar or book, as they stand in addresses; none where it is
  /// not there.
  std::vector<std::string> names(const std::string& url) const;

  const DavServer& server() const { return server_; }

 private:
  std::string origin() const;
  DavServer server_;
};

/// Whether every line of what was sent stands in what is stored; servers sort, fold and add.
bool same_object(const std::string& sent, const std::string& stored);

}  // namespace ioud::fakes
