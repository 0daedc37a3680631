#include "connectors/jmap/requests.hpp"

#include <nlohmann/json.hpp>

#include "connectors/jmap/session.hpp"
#include "connectors/mail_head.hpp"

namespace ioud::connectors::jmap {
namespace {

using nlohmann::json;

/// The name of the one object that a write creates.
constexpr const char* created_name = "mail";

class Calls {
 public:
  explicit Calls(const std::string& account) : account_(account) {}

  Calls& add(const char* method, json arguments, std::string_view name) {
    arguments["accountId"] = account_;
    json one = json::array();
    one.push_back(method);
    one.push_back(std::move(arguments));
    one.push_back(name);
    calls_.push_back(std::move(one));
    return *this;
  }

  std::string text() const {
    json request = json::object();
    request["using"] = {core_capability, mail_capability};
    request["methodCalls"] = calls_;
    return request.dump(-1, ' ', false, json::error_handler_t::replace);
  }

 private:
  const std::string& account_;
  json calls_ = json::array();
};

json reference(std::string_view call, const char* method, const char* path) {
  return {{"resultOf", call}, {"name", method}, {"path", path}};
}

json mailboxes() { return {{"ids", nullptr}, {"properties", {"name", "parentId", "role"}}}; }

json properties() {
  json all = {"blobId", "mailboxIds", "size", "receivedAt", "messageId"};
  for (const std::string_view field : head_fields) all.push_back(head_property(field));
  return all;
}

json mails_of(const json& ids) { return {{"ids", ids}, {"properties", properties()}}; }

json mails_in(std::string_view call, const char* method, const char* path) {
  return {{"#ids", reference(call, method, path)}, {"properties", properties()}};
}

json by_arrival(bool is_ascending) {
  json order = json::object();
  order["property"] = "receivedAt";
  order["isAscending"] = is_ascending;
  return json::array({std::move(order)});
}

json keywords_of(const Import& import) {
  json keywords = {{"$seen", true}};
  if (import.is_draft) keywords["$draft"] = true;
  return keywords;
}

json listing_of(const Stretch& stretch) {
  json query = {{"sort", by_arrival(true)},
                {"position", stretch.position},
                {"limit", stretch.most},
                {"calculateTotal", true}};
  if (stretch.since > core::Instant())
    query["filter"] = {{"after", core::format_utc(stretch.since)}};
  return query;
}

}  // namespace

std::string head_property(std::string_view field) { return "header:" + std::string(field); }

std::string ask_mailboxes(const std::string& account) {
  return Calls(account).add("Mailbox/get", mailboxes(), call::mailboxes).text();
}

std::string ask_changes(const std::string& account, const std::string& since, std::size_t most) {
  constexpr const char* changes = "Email/changes";
  return Calls(account)
      .add("Mailbox/get", mailboxes(), call::mailboxes)
      .add(changes, {{"sinceState", since}, {"maxChanges", most}}, call::changes)
      .add("Email/get", mails_in(call::changes, changes, "/created"), call::created)
      .add("Email/get", mails_in(call::changes, changes, "/updated"), call::updated)
      .text();
}

std::string ask_listing(const std::string& account, const Stretch& stretch) {
  return Calls(account).add("Email/query", listing_of(stretch), call::query).text();
}

std::string ask_first_listing(const std::string& account, const Stretch& stretch) {
  return Calls(account)
      .add("Mailbox/get", mailboxes(), call::mailboxes)
      .add("Email/get", mails_of(json::array()), call::state)
      .add("Email/query", listing_of(stretch), call::query)
      .text();
}

std::string ask_mails(const std::string& account, const std::vector<std::string>& ids) {
  return Calls(account).add("Email/get", mails_of(ids), call::mails).text();
}

std::string ask_standing(const std::string& account, const std::string& id) {
  return Calls(account)
      .add("Mailbox/get", mailboxes(), call::mailboxes)
      .add("Email/get", mails_of(json::array({id})), call::mails)
      .text();
}

std::string ask_message_id(const std::string& account, const std::string& mailbox,
                           const std::string& message_id, std::size_t newest) {
  constexpr const char* query = "Email/query";
  json by_id = {{"inMailbox", mailbox}, {"header", {"Message-ID", message_id}}};
  json by_age = {{"inMailbox", mailbox}};
  return Calls(account)
      .add(query, {{"filter", std::move(by_id)}, {"limit", newest}}, call::query)
      .add("Email/get", mails_in(call::query, query, "/ids"), call::mails)
      .add(query, {{"filter", std::move(by_age)}, {"sort", by_arrival(false)}, {"limit", newest}},
           call::newest)
      .add("Email/get", mails_in(call::newest, query, "/ids"), call::newest_mails)
      .text();
}

std::string ask_import(const std::string& account, const Import& import, const std::string& state) {
  json mail = {{"blobId", import.blob},
               {"mailboxIds", {{import.mailbox, true}}},
               {"keywords", keywords_of(import)}};
  json mails = json::object();
  mails[created_name] = std::move(mail);
  json arguments = {{"emails", std::move(mails)}};
  if (!state.empty()) arguments["ifInState"] = state;
  return Calls(account).add("Email/import", std::move(arguments), call::write).text();
}

std::string ask_destroy(const std::string& account, const std::string& state,
                        const std::string& id) {
  json set = {{"ifInState", state}};
  set["destroy"] = json::array({id});
  return Calls(account).add("Email/set", std::move(set), call::write).text();
}

std::string ask_leave(const std::string& account, const std::string& state, const std::string& id,
                      const std::string& mailbox) {
  json set = {{"ifInState", state}};
  set["update"][id]["mailboxIds/" + mailbox] = nullptr;
  return Calls(account).add("Email/set", std::move(set), call::write).text();
}

std::string ask_join(const std::string& account, const std::string& id, const Import& import) {
  json set = json::object();
  json& patch = set["update"][id];
  patch["mailboxIds/" + import.mailbox] = true;
  const json keywords = keywords_of(import);
  for (const auto& [keyword, value] : keywords.items()) patch["keywords/" + keyword] = value;
  return Calls(account).add("Email/set", std::move(set), call::write).text();
}

}  // namespace ioud::connectors::jmap
