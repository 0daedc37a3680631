#include "connectors/imap/filing.hpp"

#include "connectors/imap/cursor.hpp"
#include "connectors/imap/quirks.hpp"
#include "core/text.hpp"

namespace ioud::connectors::imap {
namespace {

using core::Fault;
using domain::Box;

constexpr std::uint32_t newest_looked_through = 300;

Session::Each ignore() {
  return [](Response&) -> core::Result<bool> { return true; };
}

std::uint32_t number_in(const std::vector<Value>& values, std::size_t at) {
  const auto number = at < values.size() ? values[at].number() : std::nullopt;
  return number && *number <= UINT32_MAX ? static_cast<std::uint32_t>(*number) : 0;
}

struct Standing {
  std::uint32_t validity = 0;
  std::uint32_t messages = 0;
};

Session::Each note_standing(Standing& standing) {
  return [&standing](Response& response) -> core::Result<bool> {
    if (response.code == "UIDVALIDITY") standing.validity = number_in(response.code_values, 0);
    if (response.name == "EXISTS") standing.messages = static_cast<std::uint32_t>(response.number);
    return true;
  };
}

/// The Message-ID in a header field as it was fetched, without brackets.
std::string id_in(const std::string& field) {
  const auto open = field.find('<');
  const auto close = field.find('>', open == std::string::npos ? 0 : open);
  if (open == std::string::npos || close == std::string::npos) return {};
  return field.substr(open + 1, close - open - 1);
}

const char* name_of(Box box) { return box == Box::drafts ? "drafts" : "sent"; }

}  // namespace

void Filing::reached(std::string_view step) const {
  if (steps_ != nullptr) steps_->reached(step);
}

Task<Stored> Filing::put(Box box, std::string message_id, std::string bytes) {
  std::function<Task<Stored>(Session&)> piece = [&](Session& session) {
    return put_in(session, box, message_id, bytes);
  };
  co_return co_await connection_.work<Stored>(piece);
}

Task<Stored> Filing::find(Box box, std::string message_id) {
  std::function<Task<Stored>(Session&)> piece = [&](Session& session) {
    return find_in(session, box, message_id);
  };
  co_return co_await connection_.work<Stored>(piece);
}

Task<bool> Filing::remove(Box box, std::string href, std::string etag) {
  std::function<Task<bool>(Session&)> piece = [&](Session& session) {
    return remove_from(session, box, href, etag);
  };
  co_return co_await connection_.work<bool>(piece);
}

Task<Folder> Filing::folder(Session& session, Box box) {
  const std::string& host = connection_.account().peer.host;
  FolderList list(wishes_, quirks_of(host, session.capabilities()));
  const Session::Each each = [&list](Response& response) { return list.take(response); };
  const bool is_extended = session.can("SPECIAL-USE") && session.can("LIST-EXTENDED");
  Command command(is_extended ? "LIST \"\" \"*\" RETURN (SPECIAL-USE)" : "LIST \"\" \"*\"");
  auto listed = co_await session.run(std::move(command), each);
  if (!listed) co_return tl::unexpected(listed.error());
  const auto folders = list.folders();
  const Folder* found = find_box(folders, box);
  if (found != nullptr) co_return *found;
  const std::string key = name_of(box);
  co_return core::fail(Fault::config, host,
                       "found no folder for " + key + "; make one, or name it with `" + key +
                           "` in the connector's `imap`");
}

/// Looks in the folder that is open. A search finds parts of words too, so the header is compared.
Task<Stored> Filing::look_up(Session& session, Folder folder, std::uint32_t validity,
                             std::string message_id) {
  UidSet found;
  const Session::Each search = [&found](Response& response) -> core::Result<bool> {
    if (response.status != Status::none || response.name != "SEARCH") return true;
    for (const Value& value : response.values)
      if (const auto uid = value.number(); uid && *uid > 0 && *uid <= UINT32_MAX)
        found.add(static_cast<Uid>(*uid));
    return true;
  };
  Command command = search_message_id(message_id, false);
  auto searched = co_await session.run(std::move(command), search);
  if (!searched) co_return tl::unexpected(searched.error());
  Stored stored;
  const Session::Each compare = [&](Response& response) -> core::Result<bool> {
    if (response.name != "FETCH" || response.values.empty() || !stored.href.empty()) return true;
    const auto& pairs = response.values.front().items;
    const Value* uid = find_pair(pairs, "UID");
    const Value* size = find_pair(pairs, "RFC822.SIZE");
    if (uid == nullptr || size == nullptr || !uid->number()) return true;
    for (const Value& value : pairs) {
      if (id_in(value.text) != message_id) continue;
      stored.href = MailName{validity, static_cast<Uid>(*uid->number()), folder.name}.href();
      stored.etag = size->text;
    }
    return true;
  };
  if (!found.empty()) {
    Command fetch = fetch_heads(found);
    auto fetched = co_await session.run(std::move(fetch), compare);
    if (!fetched) co_return tl::unexpected(fetched.error());
  }
  co_return stored;
}

Task<Stored> Filing::find_in(Session& session, Box box, std::string message_id) {
  auto folder = co_await this->folder(session, box);
  if (!folder) co_return tl::unexpected(folder.error());
  Standing standing;
  Command open = select(folder->name, true);
  auto opened = co_await session.run(std::move(open), note_standing(standing));
  if (!opened) co_return tl::unexpected(opened.error());
  auto stored = co_await look_up(session, *folder, standing.validity, message_id);
  if (!stored || !stored->href.empty()) co_return stored;
  const std::string& host = connection_.account().peer.host;
  if (quirks_of(host, session.capabilities()).searches_ids || standing.messages == 0)
    co_return stored;
  const std::uint32_t first =
      standing.messages > newest_looked_through ? standing.messages - newest_looked_through + 1 : 1;
  const Session::Each compare = [&](Response& response) -> core::Result<bool> {
    if (response.name != "FETCH" || response.values.empty()) return true;
    const auto& pairs = response.values.front().items;
    const Value* uid = find_pair(pairs, "UID");
    const Value* size = find_pair(pairs, "RFC822.SIZE");
    if (uid == nullptr || size == nullptr || !uid->number()) return true;
    for (const Value& value : pairs)
      if (id_in(value.text) == message_id)
        *stored = Stored{
            MailName{standing.validity, static_cast<Uid>(*uid->number()), folder->name}.href(),
            size->text};
    return true;
  };
  Command fetch("FETCH " + std::to_string(first) +
                ":* (UID RFC822.SIZE BODY.PEEK[HEADER.FIELDS (MESSAGE-ID)])");
  auto fetched = co_await session.run(std::move(fetch), compare);
  if (!fetched) co_return tl::unexpected(fetched.error());
  co_return stored;
}

Task<Stored> Filing::put_in(Session& session, Box box, std::string message_id, std::string bytes) {
  auto standing = co_await find_in(session, box, message_id);
  if (!standing || !standing->href.empty()) co_return standing;
  auto folder = co_await this->folder(session, box);
  if (!folder) co_return tl::unexpected(folder.error());
  const char* flags = box == Box::drafts ? " (\\Draft \\Seen) " : " (\\Seen) ";
  Command append("APPEND " + quoted(folder->name) + flags);
  append.literal(bytes, session.can("LITERAL+"));
  reached("imap.append.before");
  auto appended = co_await session.run(std::move(append), ignore());
  if (!appended) co_return tl::unexpected(appended.error());
  reached("imap.append.after");
  auto stored = co_await find_in(session, box, message_id);
  if (!stored || !stored->href.empty()) co_return stored;
  // A server that finds late what it holds still tells where it put it (RFC 4315).
  const auto& told = appended->code_values;
  if (appended->code != "APPENDUID" || told.size() < 2)
    co_return core::fail(Fault::transient, decoded_folder_name(folder->name),
                         "the server took a mail and does not show it yet");
  MailName name;
  name.validity = number_in(told, 0);
  name.uid = number_in(told, 1);
  name.folder = folder->name;
  stored->href = name.href();
  stored->etag = std::to_string(bytes.size());
  co_return stored;
}

Task<bool> Filing::remove_from(Session& session, Box box, std::string href, std::string etag) {
  const auto name = MailName::parse(href);
  auto folder = co_await this->folder(session, box);
  if (!folder) co_return tl::unexpected(folder.error());
  if (!name || name->folder != folder->name)
    co_return core::fail(Fault::rejected, href, "only what ioud wrote may be removed");
  Standing standing;
  Command open = select(folder->name, false);
  auto opened = co_await session.run(std::move(open), note_standing(standing));
  if (!opened) co_return tl::unexpected(opened.error());
  if (standing.validity != name->validity)
    co_return core::fail(Fault::conflict, href, "the server has numbered the folder anew");
  std::optional<std::string> size;
  const Session::Each note_size = [&](Response& response) -> core::Result<bool> {
    if (response.name != "FETCH" || response.values.empty()) return true;
    const auto& pairs = response.values.front().items;
    const Value* uid = find_pair(pairs, "UID");
    const Value* found = find_pair(pairs, "RFC822.SIZE");
    if (uid != nullptr && found != nullptr && uid->number() == name->uid) size = found->text;
    return true;
  };
  UidSet one;
  one.add(name->uid);
  Command fetch = fetch_sizes(one);
  auto fetched = co_await session.run(std::move(fetch), note_size);
  if (!fetched) co_return tl::unexpected(fetched.error());
  if (!size) co_return true;
  if (*size != etag)
    co_return core::fail(Fault::conflict, href, "the draft changed since it was read");
  co_return co_await expunge(session, *name);
}

/// Only that one mail: without UIDPLUS it stays, marked as deleted, because a plain EXPUNGE would
/// take what the rep marked along.
Task<bool> Filing::expunge(Session& session, MailName name) {
  const std::string uid = std::to_string(name.uid);
  reached("imap.expunge.before");
  Command mark("UID STORE " + uid + " +FLAGS.SILENT (\\Deleted)");
  auto marked = co_await session.run(std::move(mark), ignore());
  if (!marked) co_return tl::unexpected(marked.error());
  if (session.can("UIDPLUS")) {
    Command expunge_one("UID EXPUNGE " + uid);
    auto expunged = co_await session.run(std::move(expunge_one), ignore());
    if (!expunged) co_return tl::unexpected(expunged.error());
  }
  reached("imap.expunge.after");
  // Away from a folder that was opened for writing, without expunging the rest of it.
  Command leave("EXAMINE INBOX");
  auto left = co_await session.run(std::move(leave), ignore());
  if (!left) co_return tl::unexpected(left.error());
  co_return true;
}

}  // namespace ioud::connectors::imap
