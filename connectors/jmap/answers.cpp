#include "connectors/jmap/answers.hpp"

#include <algorithm>
#include <array>

#include "connectors/jmap/requests.hpp"
#include "connectors/mail_head.hpp"

namespace ioud::connectors::jmap {
namespace {

using core::Fault;

constexpr std::size_t most_mailboxes = 5000;

struct ErrorRow {
  std::string_view type;
  Fault fault;
  std::string_view text;
};

constexpr std::array<ErrorRow, 15> error_rows = {{
    {"serverUnavailable", Fault::transient, "the server is in trouble; it is tried again"},
    {"serverFail", Fault::transient, "the server failed; it is tried again"},
    {"serverPartialFail", Fault::transient, "the server failed half-way; it is looked up again"},
    {"rateLimit", Fault::throttled, "the server asks us to wait; it is tried again later"},
    {"accountNotFound", Fault::transient,
     "the server does not know the account's mail (yet); it is asked again"},
    {"accountNotSupportedByMethod", Fault::transient,
     "the server has no mail for the account (yet); it is asked again"},
    {"accountReadOnly", Fault::config, "the account may not be written; give it the right to"},
    {"forbidden", Fault::rejected, "the account has no right to do this"},
    {"stateMismatch", Fault::conflict, "the mail changed meanwhile; it is read again"},
    {"overQuota", Fault::rejected, "the account is full; make room there"},
    {"tooLarge", Fault::rejected, "the mail is too large for the server"},
    {"invalidEmail", Fault::rejected, "the server does not take the mail"},
    {"blobNotFound", Fault::transient, "the server lost what was uploaded; it is tried again"},
    {"notFound", Fault::not_found, "it is not there"},
    {"alreadyExists", Fault::conflict, "it is there already"},
}};

struct ProblemRow {
  std::string_view type;  ///< after "urn:ietf:params:jmap:error:"
  Fault fault;
  std::string_view text;
};

constexpr std::array<ProblemRow, 4> problem_rows = {{
    {"unknownCapability", Fault::config, "the server speaks no JMAP for mail"},
    {"notJSON", Fault::protocol, "the server could not read our request"},
    {"notRequest", Fault::protocol, "the server could not read our request"},
    {"limit", Fault::throttled, "the request was beyond a limit of the server; it is tried later"},
}};

/// Whether the ids are ids of JMAP all.
bool are_ids(const std::vector<std::string>& ids) {
  return std::all_of(ids.begin(), ids.end(), [](const std::string& id) { return is_id(id); });
}

std::optional<Standing> standing_of(const Json& mail) {
  Standing standing;
  standing.id = mail["id"].text();
  standing.blob = mail["blobId"].text();
  const auto size = mail["size"].number();
  const auto received = core::parse_rfc3339(mail["receivedAt"].text());
  if (!is_id(standing.id) || !is_id(standing.blob) || !size || !received) return std::nullopt;
  standing.size = *size;
  standing.received = *received;
  const Json lies_in = mail["mailboxIds"];
  for (const std::string& id : lies_in.keys())
    if (lies_in[id].is_true()) standing.mailboxes.push_back(id);
  standing.message_ids = mail["messageId"].texts();
  for (const std::string_view field : head_fields)
    if (const std::string value = mail[head_property(field)].text(); !value.empty())
      standing.head.append(field).append(":").append(value).append("\r\n");
  return standing;
}

bool is_counter(std::string_view text) {
  return !text.empty() && text.size() <= 18 &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace

core::Result<Answers> Answers::read(std::string_view text, std::string place) {
  Answers answers;
  answers.place_ = std::move(place);
  const auto response = Json::parse(text);
  if (!response || !(*response)["methodResponses"].is_list())
    return core::fail(Fault::protocol, answers.place_,
                      "this is no answer of JMAP; check the address of the server");
  answers.session_state_ = (*response)["sessionState"].text();
  for (const Json& one : (*response)["methodResponses"].items()) {
    const std::vector<Json> parts = one.items();
    if (parts.size() != 3) return answers.unreadable("an answer");
    answers.answers_.push_back({parts[2].text(), parts[0].text(), parts[1]});
  }
  return answers;
}

tl::unexpected<core::Error> Answers::unreadable(std::string_view what) const {
  return core::fail(Fault::protocol, place_,
                    "the server's answer cannot be read: " + std::string(what));
}

std::string Answers::error_type(std::string_view name) const {
  for (const Answer& answer : answers_)
    if (answer.name == name && answer.method == "error") {
      const std::string type = answer.arguments["type"].text();
      return type.empty() ? "unknown" : type;
    }
  return {};
}

bool Answers::is_account_unknown() const {
  return std::any_of(answers_.begin(), answers_.end(), [](const Answer& answer) {
    return answer.method == "error" && answer.arguments["type"].text().starts_with("accountNot");
  });
}

core::Result<const Answers::Answer*> Answers::find(std::string_view name,
                                                   std::string_view method) const {
  if (const std::string type = error_type(name); !type.empty())
    return tl::unexpected(error_of_type(type, place_));
  for (const Answer& answer : answers_)
    if (answer.name == name && answer.method == method) return &answer;
  return unreadable(method);
}

core::Result<std::vector<Mailbox>> Answers::mailboxes(std::string_view name) const {
  const auto answer = find(name, "Mailbox/get");
  if (!answer) return tl::unexpected(answer.error());
  std::vector<Mailbox> all;
  for (const Json& one : (*answer)->arguments["list"].items()) {
    Mailbox mailbox{one["id"].text(), one["name"].text(), one["parentId"].text(),
                    one["role"].text()};
    if (!is_id(mailbox.id) || all.size() >= most_mailboxes) return unreadable("the mailboxes");
    all.push_back(std::move(mailbox));
  }
  // An account always has an inbox; a list without any mailbox is none.
  if (all.empty()) return unreadable("the mailboxes");
  return all;
}

core::Result<Standings> Answers::mails(std::string_view name) const {
  const auto answer = find(name, "Email/get");
  if (!answer) return tl::unexpected(answer.error());
  const Json& arguments = (*answer)->arguments;
  Standings standings;
  standings.state = arguments["state"].text();
  standings.not_found = arguments["notFound"].texts();
  if (standings.state.empty() || !arguments["list"].is_list()) return unreadable("the mails");
  for (const Json& mail : arguments["list"].items()) {
    auto standing = standing_of(mail);
    if (!standing) return unreadable("a mail");
    standings.found.push_back(std::move(*standing));
  }
  return standings;
}

core::Result<ChangedIds> Answers::changes(std::string_view name) const {
  const auto answer = find(name, "Email/changes");
  if (!answer) return tl::unexpected(answer.error());
  const Json& arguments = (*answer)->arguments;
  ChangedIds changes;
  changes.state = arguments["newState"].text();
  changes.has_more = arguments["hasMoreChanges"].is_true();
  changes.created = arguments["created"].texts();
  changes.updated = arguments["updated"].texts();
  changes.destroyed = arguments["destroyed"].texts();
  const bool is_whole = !changes.state.empty() && arguments["created"].is_list() &&
                        arguments["updated"].is_list() && arguments["destroyed"].is_list();
  if (!is_whole || !are_ids(changes.created) || !are_ids(changes.updated) ||
      !are_ids(changes.destroyed))
    return unreadable("the changes");
  return changes;
}

core::Result<ListedIds> Answers::listing(std::string_view name) const {
  const auto answer = find(name, "Email/query");
  if (!answer) return tl::unexpected(answer.error());
  const Json& arguments = (*answer)->arguments;
  ListedIds listing;
  listing.ids = arguments["ids"].texts();
  listing.position = arguments["position"].number().value_or(0);
  listing.total = arguments["total"].number();
  if (!arguments["ids"].is_list() || !are_ids(listing.ids)) return unreadable("the listing");
  return listing;
}

core::Result<Written> Answers::written(std::string_view name) const {
  if (const std::string type = error_type(name); !type.empty())
    return tl::unexpected(error_of_type(type, place_));
  const auto answer = std::find_if(answers_.begin(), answers_.end(),
                                   [name](const Answer& one) { return one.name == name; });
  if (answer == answers_.end()) return unreadable("what was written");
  const Json& arguments = answer->arguments;
  Written written;
  for (const char* key : {"notCreated", "notUpdated", "notDestroyed"})
    for (const std::string& id : arguments[key].keys()) {
      written.error = arguments[key][id]["type"].text();
      written.id = arguments[key][id]["existingId"].text();
      if (written.error.empty()) written.error = "unknown";
      return written;
    }
  const std::vector<std::string> created = arguments["created"].keys();
  if (!created.empty()) written.id = arguments["created"][created.front()]["id"].text();
  written.is_done = !created.empty() || !arguments["updated"].keys().empty() ||
                    !arguments["destroyed"].texts().empty();
  if (!written.is_done) return unreadable("what was written");
  return written;
}

bool means_listing(std::string_view error_type) {
  return error_type == "cannotCalculateChanges" || error_type == "invalidArguments" ||
         error_type == "tooManyChanges";
}

bool goes_on(std::string_view from, std::string_view to) {
  if (!is_counter(from) || !is_counter(to)) return true;
  return from.size() != to.size() ? from.size() < to.size() : from <= to;
}

std::optional<core::Error> problem_in(std::string_view body, std::string place) {
  constexpr std::string_view prefix = "urn:ietf:params:jmap:error:";
  const auto problem = Json::parse(body);
  const std::string type = problem ? (*problem)["type"].text() : std::string();
  if (!type.starts_with(prefix)) return std::nullopt;
  for (const ProblemRow& row : problem_rows)
    if (type.substr(prefix.size()) == row.type)
      return core::Error{row.fault, std::move(place), std::string(row.text), std::nullopt};
  return std::nullopt;
}

core::Error error_of_type(std::string_view type, std::string place) {
  for (const ErrorRow& row : error_rows)
    if (type == row.type) return {row.fault, std::move(place), std::string(row.text), std::nullopt};
  return {Fault::protocol, std::move(place),
          "the server would not take one of our calls; report this with the name of the server",
          std::nullopt};
}

}  // namespace ioud::connectors::jmap
