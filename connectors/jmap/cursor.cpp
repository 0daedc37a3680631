#include "connectors/jmap/cursor.hpp"

#include <nlohmann/json.hpp>

#include "connectors/jmap/json.hpp"

namespace ioud::connectors::jmap {
namespace {

constexpr std::uint64_t version = 1;

}  // namespace

std::string Cursor::text() const {
  const nlohmann::json written = {{"v", version},
                                  {"account", account},
                                  {"state", state},
                                  {"mailboxes", mailboxes},
                                  {"page", page}};
  return written.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

Cursor Cursor::parse(const std::string& text) {
  const auto read = Json::parse(text);
  if (!read || (*read)["v"].number() != version) return {};
  Cursor cursor;
  cursor.account = (*read)["account"].text();
  cursor.state = (*read)["state"].text();
  cursor.mailboxes = (*read)["mailboxes"].text();
  cursor.page = (*read)["page"].number().value_or(0);
  return cursor;
}

}  // namespace ioud::connectors::jmap
