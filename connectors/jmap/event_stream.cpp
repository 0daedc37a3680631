#include "connectors/jmap/event_stream.hpp"

#include <algorithm>

#include "connectors/jmap/json.hpp"
#include "core/text.hpp"

namespace ioud::connectors::jmap {
namespace {

constexpr std::size_t most_bytes = 256U << 10U;
constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
constexpr int longest_interval = 24 * 60 * 60;

}  // namespace

std::vector<StreamEvent> EventStream::feed(std::string_view bytes) {
  std::vector<StreamEvent> events;
  for (const char c : bytes) {
    const bool is_end_of_return = c == '\n' && was_return_;
    was_return_ = c == '\r';
    if (is_end_of_return || is_too_large_) continue;
    if (c != '\r' && c != '\n') {
      line_ += c;
      is_too_large_ = line_.size() + event_.text.size() > most_bytes;
      continue;
    }
    std::string_view line = line_;
    if (is_first_ && line.starts_with(byte_order_mark)) line.remove_prefix(byte_order_mark.size());
    is_first_ = false;
    take_line(line, events);
    line_.clear();
  }
  return events;
}

void EventStream::take_line(std::string_view line, std::vector<StreamEvent>& events) {
  if (line.empty()) {
    if (has_text_) {
      if (event_.type.empty()) event_.type = "message";
      events.push_back(event_);
    }
    event_.type.clear();
    event_.text.clear();
    has_text_ = false;
    return;
  }
  const auto colon = line.find(':');
  const std::string_view field = line.substr(0, colon);
  std::string_view value = colon == std::string_view::npos ? "" : line.substr(colon + 1);
  if (value.starts_with(' ')) value.remove_prefix(1);
  if (field == "event") {
    event_.type = value;
  } else if (field == "data") {
    if (has_text_) event_.text += '\n';
    event_.text += value;
    has_text_ = true;
  } else if (field == "id") {
    event_.id = value;
  }
}

std::string build_event(const StreamEvent& event) {
  std::string text;
  if (!event.id.empty()) text += "id: " + event.id + "\n";
  text += "event: " + event.type + "\n";
  for (const std::string& line : core::split(event.text, '\n')) text += "data: " + line + "\n";
  return text + "\n";
}

bool is_about_mail(const StreamEvent& event, const std::string& account) {
  if (event.type != "state") return false;
  const auto change = Json::parse(event.text);
  if (!change || !(*change)["changed"].is_object()) return true;
  const Json changed = (*change)["changed"][account];
  return changed.has("Email") || changed.has("Mailbox");
}

std::optional<int> interval_in(const StreamEvent& event) {
  if (event.type != "ping") return std::nullopt;
  const auto ping = Json::parse(event.text);
  const auto seconds = ping ? (*ping)["interval"].number() : std::nullopt;
  if (!seconds || *seconds == 0 || *seconds > longest_interval) return std::nullopt;
  return static_cast<int>(*seconds);
}

}  // namespace ioud::connectors::jmap
