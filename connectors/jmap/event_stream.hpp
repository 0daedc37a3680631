#pragma once
// A stream of server-sent events (RFC 8620 7.3, HTML 9.2), fed with bytes as they come. A line that
// has no end is cut off by a bound. Pure.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ioud::connectors::jmap {

struct StreamEvent {
  std::string type;  ///< "state", "ping"; "message" where the server names none
  std::string text;
  std::string id;
  friend bool operator==(const StreamEvent&, const StreamEvent&) = default;
};

class EventStream {
 public:
  /// The events that are whole now. Comments and unknown fields are nothing.
  std::vector<StreamEvent> feed(std::string_view bytes);
  /// A line or an event is larger than any of JMAP; nothing more is read.
  bool is_too_large() const { return is_too_large_; }

 private:
  void take_line(std::string_view line, std::vector<StreamEvent>& events);

  std::string line_;
  StreamEvent event_;
  bool has_text_ = false;
  bool was_return_ = false;  ///< the last byte was a CR, so a LF belongs to it
  bool is_first_ = true;
  bool is_too_large_ = false;
};

/// The event as it goes over the line.
std::string build_event(const StreamEvent& event);

/// Whether a state event (RFC 8620 7.1) tells that mails or mailboxes of that account changed. One
/// that cannot be read counts as news.
bool is_about_mail(const StreamEvent& event, const std::string& account);

/// The seconds between pings that a ping event tells; nothing where it tells none.
std::optional<int> interval_in(const StreamEvent& event);

}  // namespace ioud::connectors::jmap
