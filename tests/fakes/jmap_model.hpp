#pragma once
// A JMAP server with one account in memory, and a switch for each way in which real ones are odd.
// It counts what it was asked, and what was asked beyond the limits it told.

#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "core/civil_time.hpp"
#include "fakes/http_server.hpp"

namespace ioud::fakes {

class JmapModel {
 public:
  JmapModel();

  struct Box {
    std::string id;
    std::string name;
    std::string role;
  };
  struct Mail {
    std::string bytes;
    std::set<std::string> boxes;
    core::Instant received;
    long created = 0;
    long changed = 0;
  };

  // What somebody else does. Mails are named "M1", "M2", …, in the order they come.
  std::string put(const std::string& box, const std::string& bytes,
                  const std::string& received = "2026-03-04T12:00:00Z");
  void move(const std::string& id, const std::string& box);
  void add(const std::string& id, const std::string& box);
  void touch(const std::string& id);  ///< a flag changes
  void destroy(const std::string& id);
  void set_role(const std::string& box, const std::string& role);
  std::map<std::string, Mail> mails();

  // Oddities. Set before the server is asked.
  std::string changes_error;      ///< of Email/changes, "cannotCalculateChanges"
  bool is_counting_back = false;  ///< the server forgot what it knew and says nothing changed
  std::size_t objects_in_get = 500;
  std::size_t calls_in_request = 16;
  std::size_t changes_at_once = 500;
  std::size_t listed_at_once = 1000;
  bool has_relative_urls = true;
  bool has_events = true;
  bool searches_headers = true;
  bool imports_by_state = true;  ///< knows ifInState there, as Cyrus does not
  bool tells_existing = true;    ///< takes the same bytes once
  std::string account = "A1";
  std::string session_state = "s1";
  std::set<std::string> missing_blobs;  ///< names of mails whose bytes cannot be had
  int blob_status = 404;                ///< what is answered for them
  /// Called with each request first; an answer of its own goes out instead.
  std::function<std::optional<Reply>(const Ask&)> instead;
  /// Called with each answer before it goes out, when all has been done.
  std::function<void(const Ask&, Reply&)> on_the_way;
  /// Called between two calls of Email/query in different requests.
  std::function<void(JmapModel&)> between_listings;

  /// Methods in order, "GET session", "GET blob" and "POST blob" among them.
  std::vector<std::string> asked();
  std::size_t count(const std::string& method);
  std::size_t requests();
  std::vector<std::string> excesses();  ///< of limits

  /// What a request for the session gets.
  std::string session_text() const { return session().body; }
  std::string url() const { return server_.url(); }
  const HttpServer& server() const { return server_; }

 private:
  struct Calls;
  Reply answer(const Ask& ask);
  Reply carry_out(const Ask& ask);
  Reply session() const;
  Reply api(const std::string& body);

  std::recursive_mutex mutex_;
  std::vector<Box> boxes_;
  std::map<std::string, Mail> mails_;
  std::vector<std::pair<long, std::string>> destroyed_;
  std::map<std::string, std::string> uploads_;
  long state_ = 1;
  int mails_made_ = 0;
  std::vector<std::string> asked_;
  std::vector<std::string> excesses_;
  std::size_t requests_ = 0;
  int listings_ = 0;
  HttpServer server_;
};

}  // namespace ioud::fakes
