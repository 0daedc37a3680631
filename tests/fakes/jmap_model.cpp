#include "fakes/jmap_model.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace ioud::fakes {
namespace {

using nlohmann::json;
using Guard = std::lock_guard<std::recursive_mutex>;

std::string blob_of(const std::string& id) { return "B" + id; }

std::string message_id_of(const std::string& bytes) {
  const auto begin = bytes.find("Message-ID: <");
  if (begin == std::string::npos) return {};
  const auto end = bytes.find('>', begin);
  return bytes.substr(begin + 13, end - begin - 13);
}

/// A field as it stands in the header (RFC 8621 4.1.2.1), null where it is absent.
json header_of(const std::string& bytes, const std::string& name) {
  const std::string header = "\r\n" + bytes.substr(0, bytes.find("\r\n\r\n")) + "\r\n";
  const auto at = header.find("\r\n" + name + ":");
  if (at == std::string::npos) return nullptr;
  const auto begin = at + name.size() + 3;
  auto end = header.find("\r\n", begin);
  while (end + 2 < header.size() && (header[end + 2] == ' ' || header[end + 2] == '\t'))
    end = header.find("\r\n", end + 2);
  return header.substr(begin, end - begin);
}

json error(const std::string& type) { return {{"type", type}}; }

}  // namespace

/// The calls of one request, answered in their order (RFC 8620 3.4).
struct JmapModel::Calls {
  explicit Calls(JmapModel& of) : model(of) {}

  void answer(const json& call) {
    const std::string method = call.at(0);
    model.asked_.push_back(method);
    json arguments = call.at(1);
    json result = resolve(arguments) ? run(method, arguments) : error("invalidResultReference");
    const bool is_error = result.contains("type");
    if (!is_error) result["accountId"] = model.account;
    done[call.at(2)] = result;
    json one = json::array({is_error ? "error" : method, std::move(result), call.at(2)});
    responses.push_back(std::move(one));
  }

  bool resolve(json& arguments) {
    if (!arguments.contains("#ids")) return true;
    const json& reference = arguments["#ids"];
    const json& from = done[reference.at("resultOf")];
    const std::string path = reference.at("path");
    if (!from.contains(path.substr(1))) return false;
    arguments["ids"] = from.at(path.substr(1));
    return true;
  }

  json run(const std::string& method, const json& arguments) {
    if (arguments.at("accountId") != model.account) return error("accountNotFound");
    if (method == "Mailbox/get") return boxes();
    if (method == "Email/get") return get(arguments.at("ids"), arguments.at("properties"));
    if (method == "Email/changes") return changes(arguments);
    if (method == "Email/query") return query(arguments);
    if (method == "Email/import") return import(arguments);
    if (method == "Email/set") return set(arguments);
    return error("unknownMethod");
  }

  json boxes() {
    json list = json::array();
    for (const Box& box : model.boxes_)
      list.push_back({{"id", box.id},
                      {"name", box.name},
                      {"parentId", nullptr},
                      {"role", box.role.empty() ? json() : json(box.role)}});
    return {{"state", "m"}, {"list", std::move(list)}, {"notFound", json::array()}};
  }

  json get(const json& ids, const json& properties) {
    if (ids.size() > model.objects_in_get) {
      model.excesses_.push_back("ids in Email/get: " + std::to_string(ids.size()));
      return error("requestTooLarge");
    }
    json list = json::array();
    json not_found = json::array();
    for (const std::string id : ids) {
      const auto found = model.mails_.find(id);
      if (found == model.mails_.end()) {
        not_found.push_back(id);
        continue;
      }
      json in = json::object();
      for (const std::string& box : found->second.boxes) in[box] = true;
      json mail = {{"id", id},
                   {"blobId", blob_of(id)},
                   {"mailboxIds", std::move(in)},
                   {"size", found->second.bytes.size()},
                   {"receivedAt", core::format_utc(found->second.received)},
                   {"messageId", json::array({message_id_of(found->second.bytes)})}};
      for (const std::string property : properties)
        if (property.starts_with("header:"))
          mail[property] = header_of(found->second.bytes, property.substr(7));
      list.push_back(std::move(mail));
    }
    return {{"state", std::to_string(model.state_)},
            {"list", std::move(list)},
            {"notFound", std::move(not_found)}};
  }

  json changes(const json& arguments) {
    if (!model.changes_error.empty()) return error(model.changes_error);
    const std::string since = arguments.at("sinceState");
    json none = json::array();
    if (model.is_counting_back)
      return {{"oldState", since}, {"newState", std::to_string(model.state_)},
              {"created", none},   {"updated", none},
              {"destroyed", none}, {"hasMoreChanges", false}};
    const long from = std::stol(since);
    std::map<long, std::pair<std::string, std::string>> events;
    for (const auto& [id, mail] : model.mails_)
      if (mail.changed > from)
        events[mail.changed] = {mail.created > from ? "created" : "updated", id};
    for (const auto& [state, id] : model.destroyed_)
      if (state > from) events[state] = {"destroyed", id};
    json result = {{"oldState", since}, {"created", none}, {"updated", none}, {"destroyed", none}};
    const std::size_t most =
        std::min<std::size_t>(model.changes_at_once, arguments.value("maxChanges", SIZE_MAX));
    std::size_t told = 0;
    long state = model.state_;
    for (const auto& [at, event] : events) {
      if (told++ == most) break;
      result[event.first].push_back(event.second);
      state = told == events.size() ? model.state_ : at;
    }
    result["hasMoreChanges"] = events.size() > most;
    result["newState"] = std::to_string(state);
    return result;
  }

  json query(const json& arguments) {
    if (model.listings_++ > 0 && model.between_listings) model.between_listings(model);
    const json filter = arguments.value("filter", json::object());
    if (filter.contains("header") && !model.searches_headers) return error("unsupportedFilter");
    std::vector<std::pair<core::Instant, std::string>> found;
    for (const auto& [id, mail] : model.mails_) {
      if (filter.contains("inMailbox") && !mail.boxes.contains(filter["inMailbox"])) continue;
      if (filter.contains("after") &&
          mail.received < *core::parse_rfc3339(filter["after"].get<std::string>()))
        continue;
      if (filter.contains("header") &&
          message_id_of(mail.bytes).find(filter["header"][1].get<std::string>()) ==
              std::string::npos)
        continue;
      found.emplace_back(mail.received, id);
    }
    std::sort(found.begin(), found.end());
    if (!arguments.value("sort", json::array({{{"isAscending", true}}}))[0].value("isAscending",
                                                                                  true))
      std::reverse(found.begin(), found.end());
    const std::size_t position = arguments.value("position", 0U);
    const std::size_t most =
        std::min<std::size_t>(model.listed_at_once, arguments.value("limit", SIZE_MAX));
    json ids = json::array();
    for (std::size_t i = position; i < found.size() && ids.size() < most; ++i)
      ids.push_back(found[i].second);
    json result = {{"queryState", "q"}, {"position", position}, {"ids", std::move(ids)}};
    if (arguments.value("calculateTotal", false)) result["total"] = found.size();
    return result;
  }

  json import(const json& arguments) {
    if (arguments.contains("ifInState")) {
      if (!model.imports_by_state) return error("invalidArguments");
      if (arguments["ifInState"] != std::to_string(model.state_)) return error("stateMismatch");
    }
    json result = {{"created", json::object()}, {"notCreated", json::object()}};
    for (const auto& [name, mail] : arguments.at("emails").items()) {
      const std::string& bytes = model.uploads_[mail.at("blobId")];
      const auto same = std::find_if(model.mails_.begin(), model.mails_.end(),
                                     [&](const auto& one) { return one.second.bytes == bytes; });
      if (model.tells_existing && same != model.mails_.end()) {
        result["notCreated"][name] = {{"type", "alreadyExists"}, {"existingId", same->first}};
        continue;
      }
      const std::string id = model.put(mail.at("mailboxIds").items().begin().key(), bytes);
      result["created"][name] = {{"id", id}, {"blobId", blob_of(id)}, {"size", bytes.size()}};
    }
    return result;
  }

  json set(const json& arguments) {
    if (arguments.contains("ifInState") && arguments["ifInState"] != std::to_string(model.state_))
      return error("stateMismatch");
    json result = {{"updated", json::object()}, {"destroyed", json::array()}};
    for (const std::string id : arguments.value("destroy", json::array())) {
      model.destroy(id);
      result["destroyed"].push_back(id);
    }
    const json updates = arguments.value("update", json::object());
    for (const auto& [id, patch] : updates.items()) {
      for (const auto& [path, value] : patch.items()) {
        if (!path.starts_with("mailboxIds/")) continue;
        auto& in = model.mails_.at(id).boxes;
        value.is_null() ? (void)in.erase(path.substr(11)) : (void)in.insert(path.substr(11));
      }
      model.touch(id);
      result["updated"][id] = nullptr;
    }
    return result;
  }

  JmapModel& model;
  std::map<std::string, json> done;
  json responses = json::array();
};

JmapModel::JmapModel()
    : boxes_{{"in", "Inbox", "inbox"}, {"dr", "Drafts", "drafts"}, {"se", "Sent", "sent"},
             {"ar", "Archive", ""},    {"ju", "Junk", "junk"},     {"tr", "Bin", "trash"}},
      server_([this](const Ask& ask) { return answer(ask); }) {}

std::string JmapModel::put(const std::string& box, const std::string& bytes,
                           const std::string& received) {
  const Guard guard(mutex_);
  const std::string id = "M" + std::to_string(++mails_made_);
  ++state_;
  mails_[id] = {bytes, {box}, core::parse_rfc3339(received).value(), state_, state_};
  return id;
}

void JmapModel::move(const std::string& id, const std::string& box) {
  const Guard guard(mutex_);
  mails_.at(id).boxes = {box};
  touch(id);
}

void JmapModel::add(const std::string& id, const std::string& box) {
  const Guard guard(mutex_);
  mails_.at(id).boxes.insert(box);
  touch(id);
}

void JmapModel::touch(const std::string& id) {
  const Guard guard(mutex_);
  mails_.at(id).changed = ++state_;
}

void JmapModel::destroy(const std::string& id) {
  const Guard guard(mutex_);
  mails_.erase(id);
  destroyed_.emplace_back(++state_, id);
}

void JmapModel::set_role(const std::string& box, const std::string& role) {
  const Guard guard(mutex_);
  for (Box& one : boxes_)
    if (one.id == box) one.role = role;
}

std::map<std::string, JmapModel::Mail> JmapModel::mails() {
  const Guard guard(mutex_);
  return mails_;
}

std::vector<std::string> JmapModel::asked() {
  const Guard guard(mutex_);
  return asked_;
}

std::size_t JmapModel::count(const std::string& method) {
  const Guard guard(mutex_);
  return static_cast<std::size_t>(std::count(asked_.begin(), asked_.end(), method));
}

std::size_t JmapModel::requests() {
  const Guard guard(mutex_);
  return requests_;
}

std::vector<std::string> JmapModel::excesses() {
  const Guard guard(mutex_);
  return excesses_;
}

Reply JmapModel::session() const {
  const std::string base = has_relative_urls ? "/" : url();
  json account_row = {{"name", "tom"}, {"isReadOnly", false}};
  account_row["accountCapabilities"]["urn:ietf:params:jmap:mail"] = json::object();
  json told = {{"state", session_state},
               {"apiUrl", base + "api"},
               {"downloadUrl", base + "blob/{accountId}/{blobId}/{name}?accept={type}"},
               {"uploadUrl", base + "upload/{accountId}/"},
               {"eventSourceUrl", has_events ? base + "events?types={types}&ping={ping}" : ""}};
  told["accounts"][account] = std::move(account_row);
  told["primaryAccounts"]["urn:ietf:params:jmap:mail"] = account;
  told["capabilities"]["urn:ietf:params:jmap:mail"] = json::object();
  told["capabilities"]["urn:ietf:params:jmap:core"] = {{"maxObjectsInGet", objects_in_get},
                                                       {"maxCallsInRequest", calls_in_request},
                                                       {"maxSizeRequest", 1'000'000}};
  return {200, {{"Content-Type", "application/json"}}, told.dump()};
}

Reply JmapModel::api(const std::string& body) {
  const json request = json::parse(body);
  if (request.at("methodCalls").size() > calls_in_request)
    excesses_.push_back("calls: " + std::to_string(request.at("methodCalls").size()));
  Calls calls(*this);
  for (const json& call : request.at("methodCalls")) calls.answer(call);
  const json told = {{"methodResponses", calls.responses}, {"sessionState", session_state}};
  return {200, {{"Content-Type", "application/json"}}, told.dump()};
}

Reply JmapModel::answer(const Ask& ask) {
  const Guard guard(mutex_);
  ++requests_;
  if (instead) {
    if (auto reply = instead(ask)) return *reply;
  }
  Reply reply = carry_out(ask);
  if (on_the_way) on_the_way(ask, reply);
  return reply;
}

Reply JmapModel::carry_out(const Ask& ask) {
  if (ask.path == "/.well-known/jmap") {
    asked_.push_back("GET session");
    return session();
  }
  if (ask.path == "/api") return api(ask.body);
  if (ask.path.starts_with("/upload/")) {
    asked_.push_back("POST blob");
    const std::string blob = "U" + std::to_string(uploads_.size());
    uploads_[blob] = ask.body;
    return {201, {}, json{{"blobId", blob}, {"size", ask.body.size()}}.dump()};
  }
  if (ask.path.starts_with("/blob/" + account + "/B")) {
    asked_.push_back("GET blob");
    std::string id = ask.path.substr(account.size() + 8);
    id = id.substr(0, id.find('/'));
    if (missing_blobs.contains(id)) return {blob_status, {}, "no"};
    const auto found = mails_.find(id);
    if (found != mails_.end()) return {200, {}, found->second.bytes};
  }
  return {404, {}, "nothing here"};
}

}  // namespace ioud::fakes
