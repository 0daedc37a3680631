#pragma once
// A CalDAV server in memory with one calendar, and a switch for each way in which real ones are
// known to differ or to be wrong. It keeps what it was asked, so that tests can count.

#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "fakes/http_server.hpp"

namespace ioud::fakes {

struct DavQuirks {
  bool has_sync = true;  ///< knows sync-collection
  bool has_ctag = true;
  int status_of_window = 207;     ///< of a calendar-query with a time-range
  bool gives_bytes = true;        ///< with sync-collection
  int status_of_bad_token = 403;  ///< 207: the whole listing without a word
  bool ignores_conditions = false;
  bool has_etags = true;
  bool weak_etags = false;
  bool multiget_omits = false;  ///< leaves the first object out
  int multiget_status = 207;    ///< of the whole request
  bool put_says_207 = false;    ///< and writes nothing
  bool gives_no_etag_on_put = false;
  bool wants_a_name = false;  ///< lists no calendar where there is no User-Agent
  std::size_t page = 0;       ///< objects a sync answer; 0: all, else 507 at its end
  std::string dav = "1, 3, calendar-access";  ///< the DAV header
  std::map<std::string, int> bad_objects;     ///< name → status of a GET
};

class DavModel {
 public:
  DavModel();

  std::string url() const { return server_.url(); }
  /// Everything below is safe to use while the server runs.
  void set(const DavQuirks& quirks);
  void put(const std::string& name, const std::string& bytes);
  void erase(const std::string& name);
  void forget_tokens();  ///< all tokens given so far become bad ones
  void lose_calendar();
  std::map<std::string, std::string> objects() const;  ///< name → bytes
  std::vector<std::string> asked() const;  ///< "METHOD path", since the last call of clear
  void clear();
  /// Called with each request; a reply it gives is sent instead of the right one.
  void meddle(std::function<std::optional<Reply>(const Ask&)> with);
  /// Called with each right reply before it is sent.
  void spoil(std::function<void(const Ask&, Reply&)> with);

 private:
  struct Object {
    std::string bytes;
    int revision = 0;
  };
  Reply answer(const Ask& ask);
  Reply right_answer(const Ask& ask);
  Reply propfind(const Ask& ask);
  Reply report(const Ask& ask);
  Reply sync(const Ask& ask);
  Reply multiget(const Ask& ask);
  Reply window(const Ask& ask) const;
  Reply write(const Ask& ask);
  std::string ctag() const;
  std::string etag(const Object& object) const;
  std::string member(const std::string& name, bool with_bytes) const;

  mutable std::mutex mutex_;
  DavQuirks quirks_;
  std::map<std::string, Object> objects_;
  std::map<std::string, int> removed_;
  int revision_ = 1;
  int era_ = 1;
  bool is_lost_ = false;
  std::vector<std::string> asked_;
  std::function<std::optional<Reply>(const Ask&)> meddle_;
  std::function<void(const Ask&, Reply&)> spoil_;
  HttpServer server_;  ///< last: its threads end first
};

}  // namespace ioud::fakes
