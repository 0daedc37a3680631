#include "connectors/imap/reading.hpp"

#include <algorithm>

#include "connectors/imap/batch.hpp"
#include "connectors/imap/quirks.hpp"

namespace ioud::connectors::imap {
namespace {

using core::Fault;
using domain::Box;

Session::Each ignore() {
  return [](Response&) -> core::Result<bool> { return true; };
}

/// Adds what a search found, in either form (RFC 9051 7.3.4, RFC 3501 7.2.5).
Session::Each collect_uids(UidSet& found) {
  return [&found](Response& response) -> core::Result<bool> {
    if (response.status != Status::none) return true;
    if (response.name == "SEARCH") {
      for (const Value& value : response.values)
        if (const auto uid = value.number(); uid && *uid > 0 && *uid <= UINT32_MAX)
          found.add(static_cast<Uid>(*uid));
    } else if (response.name == "ESEARCH") {
      for (std::size_t i = 0; i + 1 < response.values.size(); ++i) {
        if (!response.values[i].is("ALL")) continue;
        const auto set = UidSet::parse(response.values[i + 1].text);
        if (!set)
          return core::fail(Fault::protocol, "imap", "the result of a search cannot be read");
        for (const UidSet::Range& range : set->ranges()) found.add(range);
      }
    }
    return true;
  };
}

/// How a folder is when it is opened.
struct Opened {
  std::uint32_t validity = 0;
  std::uint32_t messages = 0;
  std::uint64_t modseq = 0;
  UidSet vanished;
  bool is_vanished_told = false;
};

Session::Each note_opening(Opened& opened) {
  return [&opened](Response& response) -> core::Result<bool> {
    const auto number =
        response.code_values.empty() ? std::nullopt : response.code_values.front().number();
    if (response.code == "UIDVALIDITY" && number && *number <= UINT32_MAX)
      opened.validity = static_cast<std::uint32_t>(*number);
    if (response.code == "HIGHESTMODSEQ" && number) opened.modseq = *number;
    if (response.name == "EXISTS") opened.messages = static_cast<std::uint32_t>(response.number);
    if (response.name == "VANISHED" && !response.values.empty()) {
      if (const auto set = UidSet::parse(response.values.back().text))
        for (const UidSet::Range& range : set->ranges()) opened.vanished.add(range);
    }
    return true;
  };
}

bool is_as_settled(const FolderMark& mark, const Folder& folder) {
  return mark.settled && folder.status && folder.status->validity != 0 &&
         *mark.settled == *folder.status;
}

/// Whether every folder stands as it did at the last look, all that it told was taken over, and so
/// nothing can be new.
core::Result<bool> stands_still(const Cursor& cursor, const std::vector<Folder>& folders,
                                Held& held) {
  if (!cursor.known || cursor.folders.size() != folders.size()) return false;
  for (const Folder& folder : folders) {
    const auto mark = cursor.folders.find(folder.name);
    if (mark == cursor.folders.end() || !is_as_settled(mark->second, folder)) return false;
  }
  const auto count = held.count();
  if (!count) return tl::unexpected(count.error());
  return *count == *cursor.known;
}

std::string place_of(const Folder& folder) { return "folder " + decoded_folder_name(folder.name); }

}  // namespace

Task<std::vector<Folder>> list_folders(Session& session, FolderWishes wishes, std::string host) {
  FolderList list(wishes, quirks_of(host, session.capabilities()));
  const Session::Each each = [&list](Response& response) { return list.take(response); };
  const bool has_status = session.can("LIST-STATUS");
  std::string line = "LIST \"\" \"*\"";
  if (has_status && session.can("SPECIAL-USE"))
    line += " RETURN (SPECIAL-USE STATUS (UIDVALIDITY UIDNEXT MESSAGES))";
  else if (session.can("SPECIAL-USE") && session.can("LIST-EXTENDED"))
    line += " RETURN (SPECIAL-USE)";
  Command command(line);
  auto listed = co_await session.run(std::move(command), each);
  if (!listed) co_return tl::unexpected(listed.error());
  for (const Folder& folder : list.folders()) {
    if (!folder.is_read || folder.status) continue;
    Command ask("STATUS " + quoted(folder.name) + " (UIDVALIDITY UIDNEXT MESSAGES)");
    auto asked = co_await session.run(std::move(ask), each);
    if (!asked && !session.is_usable()) co_return tl::unexpected(asked.error());
  }
  co_return list.folders();
}

struct Reading::Page {
  Changes<MailItem> changes;
  Cursor cursor;
  core::Instant since;
  MailFilter wants;
  std::size_t bytes = 0;
  std::size_t held = 0;                                   ///< how many mails were known before
  std::map<std::string, std::vector<MailName>> names;     ///< what is known, by folder
  std::map<std::string, UidSet> known;                    ///< of those, of the present validity
  std::map<std::string, std::vector<std::string>> stale;  ///< hrefs of another validity
  std::vector<std::string> gone;
  std::map<std::string, FolderMark> settled;  ///< the marks if this page is the last

  void sort_names(const Etags& etags) {
    held = etags.size();
    for (const auto& [href, etag] : etags) {
      auto name = MailName::parse(href);
      if (name)
        names[name->folder].push_back(*std::move(name));
      else
        gone.push_back(href);
    }
  }
  void sort_known(const std::string& folder, std::uint32_t validity) {
    for (const MailName& name : names[folder]) {
      if (name.validity == validity)
        known[folder].add(name.uid);
      else
        stale[folder].push_back(name.href());
    }
  }
  std::size_t known_in(const std::string& folder) const {
    const auto found = names.find(folder);
    return found == names.end() ? 0 : found->second.size();
  }
  std::size_t count() const { return changes.seen.size() + changes.bad.size(); }
};

Task<Changes<MailItem>> Reading::pull(Position from, core::Instant since, MailFilter wants) {
  std::function<Task<Changes<MailItem>>(Session&)> piece = [this, &from, since,
                                                            &wants](Session& session) {
    Position copy = from;
    return read_page(session, std::move(copy), since, wants);
  };
  // Each turn finds out more of which mail the server cannot give: all of some, then one of them.
  constexpr int turns_at_most = 3;
  for (int turn = 1;; ++turn) {
    auto changes = co_await connection_.work<Changes<MailItem>>(piece);
    const bool is_over = changes || changes.error().fault != Fault::protocol || !is_careful_;
    if (is_over || turn == turns_at_most) co_return changes;
  }
}

Task<Changes<MailItem>> Reading::read_page(Session& session, Position from, core::Instant since,
                                           MailFilter wants) {
  const Account& account = connection_.account();
  Page page;
  page.since = since;
  page.wants = std::move(wants);
  page.cursor = Cursor::parse(from.cursor);
  const std::string identity =
      account.user + "@" + account.peer.host + ":" + std::to_string(account.peer.port);
  if (page.cursor.account != identity) {
    const bool was_another = !page.cursor.account.empty();
    page.changes.other_store = page.changes.restarted = was_another;
    if (was_another) from = Position();
    page.cursor = Cursor();
    page.cursor.account = identity;
  }
  std::string host = account.peer.host;
  FolderWishes wishes = wishes_;
  auto folders = co_await list_folders(session, std::move(wishes), std::move(host));
  if (!folders) co_return tl::unexpected(folders.error());
  std::erase_if(*folders, [](const Folder& folder) { return !folder.is_read; });
  const auto is_still = stands_still(page.cursor, *folders, *from.held);
  if (!is_still) co_return tl::unexpected(is_still.error());
  if (*is_still) {
    page.changes.cursor = std::move(from.cursor);
    co_return std::move(page.changes);
  }
  const auto held = from.held->all();
  if (!held) co_return tl::unexpected(held.error());
  page.sort_names(**held);
  for (const Folder& folder : *folders) {
    auto read = co_await read_folder(session, page, folder);
    if (!read && session.is_usable() && folder.box == Box::other) continue;  // one folder's trouble
    if (!read) co_return tl::unexpected(read.error());
    if (page.changes.more) break;
  }
  for (const auto& [folder, names] : page.names) {
    const bool is_listed =
        std::any_of(folders->begin(), folders->end(),
                    [&name = folder](const Folder& one) { return one.name == name; });
    if (is_listed) continue;
    for (const MailName& name : names) page.gone.push_back(name.href());
  }
  std::erase_if(page.cursor.folders, [&folders](const auto& one) {
    return std::none_of(folders->begin(), folders->end(),
                        [&one](const Folder& folder) { return folder.name == one.first; });
  });
  settle_gone(page);
  page.changes.cursor = page.cursor.text();
  co_return std::move(page.changes);
}

/// What is gone is told with the last page; names that a renumbering made void by themselves, so
/// that no real removal hides among them.
void Reading::settle_gone(Page& page) {
  if (page.changes.more) return;
  std::vector<std::string> void_names;
  for (const auto& [folder, hrefs] : page.stale)
    void_names.insert(void_names.end(), hrefs.begin(), hrefs.end());
  if (!void_names.empty()) {
    page.changes.gone = std::move(void_names);
    page.changes.other_store = true;
    page.changes.more = true;
    return;
  }
  page.changes.gone = std::move(page.gone);
  page.cursor.known = page.held + page.count() - std::min(page.held, page.changes.gone.size());
  for (auto& [folder, mark] : page.settled) page.cursor.folders[folder] = mark;
}

Task<bool> Reading::read_folder(Session& session, Page& page, Folder folder) {
  FolderMark& mark = page.cursor.folders[folder.name];
  // More known than there are: a loss that was not believed yet, and is told again.
  const bool is_unchanged =
      is_as_settled(mark, folder) && page.known_in(folder.name) <= folder.status->messages;
  if (is_unchanged) co_return true;
  Opened opened;
  auto has_qresync = co_await session.enable_qresync();
  if (!has_qresync) co_return has_qresync;
  const bool asks_vanished = *has_qresync && mark.settled && mark.modseq > 0;
  Command open = asks_vanished ? select_since(folder.name, mark.validity, mark.modseq)
                               : select(folder.name, true);
  auto selected = co_await session.run(std::move(open), note_opening(opened));
  if (!selected) co_return tl::unexpected(selected.error());
  if (opened.validity != mark.validity) {
    mark = FolderMark();
    mark.validity = opened.validity;
  }
  opened.is_vanished_told =
      asks_vanished && mark.settled && page.known_in(folder.name) <= mark.settled->messages;
  page.sort_known(folder.name, opened.validity);

  UidSet found;
  Command search = search_since(page.since, mark.next, session.can("ESEARCH"));
  auto searched = co_await session.run(std::move(search), collect_uids(found));
  if (!searched) co_return tl::unexpected(searched.error());
  const UidSet& known = page.known[folder.name];
  std::vector<Uid> uids = found.list(mark.next, SIZE_MAX);
  const Uid next = uids.empty() ? mark.next : std::max(mark.next, uids.back() + 1);
  std::erase_if(uids, [&known](Uid uid) { return known.contains(uid); });
  if (mark.next == 1 && uids.size() > limits_.first_mails)
    uids.erase(uids.begin(), uids.end() - static_cast<std::ptrdiff_t>(limits_.first_mails));
  auto read = co_await read_mails(session, page, folder, mark, std::move(uids));
  if (!read || page.changes.more) co_return read;
  mark.next = next;

  auto compared = co_await find_gone(session, page, folder, opened.validity,
                                     std::move(opened.vanished), opened.is_vanished_told);
  if (!compared) co_return compared;
  FolderMark settled = mark;
  settled.modseq = opened.modseq;
  settled.settled = folder.status;
  page.settled[folder.name] = settled;
  // A folder that was opened read-only is closed without any effect (RFC 9051 6.4.1).
  Command close("CLOSE");
  auto closed = co_await session.run(std::move(close), ignore());
  if (!closed) co_return tl::unexpected(closed.error());
  co_return true;
}

Task<bool> Reading::read_mails(Session& session, Page& page, Folder folder, FolderMark& mark,
                               std::vector<Uid> uids) {
  const std::size_t most = page.wants ? limits_.heads_at_once : limits_.asked_at_once;
  std::size_t done = 0;
  while (done < uids.size() && !page.changes.more) {
    if (page.count() >= limits_.page_mails || page.bytes >= limits_.page_bytes) {
      page.changes.more = true;
      co_return true;
    }
    const std::size_t room = limits_.page_mails - page.count();
    const std::size_t count = is_careful_ ? 1 : std::min({room, most, uids.size() - done});
    const auto begin = uids.begin() + static_cast<std::ptrdiff_t>(done);
    std::vector<Uid> some(begin, begin + static_cast<std::ptrdiff_t>(count));
    Batch batch{folder, mark.validity, some.back() + 1, {}};
    auto read = co_await read_batch(session, page, batch, std::move(some));
    if (!read) co_return read;
    done += count;
    mark.next = std::max(mark.next, batch.end);
  }
  if (!page.changes.more) is_careful_ = false;
  co_return true;
}

/// Looks at the heads, then fetches what is wanted. Where the page is full before that is done, the
/// batch ends earlier.
Task<bool> Reading::read_batch(Session& session, Page& page, Batch& batch, std::vector<Uid> uids) {
  if (page.wants) {
    auto looked = co_await fetch(session, page, batch, std::move(uids), true);
    if (!looked) co_return looked;
    uids = batch.take_wanted(page.wants);
  }
  std::size_t done = 0;
  while (done < uids.size() && !page.changes.more) {
    const auto begin = uids.begin() + static_cast<std::ptrdiff_t>(done);
    const std::size_t count = std::min(limits_.asked_at_once, uids.size() - done);
    std::vector<Uid> some(begin, begin + static_cast<std::ptrdiff_t>(count));
    auto fetched = co_await fetch(session, page, batch, std::move(some), false);
    if (!fetched) co_return fetched;
    done += count;
    if (page.bytes < limits_.page_bytes || done == uids.size()) continue;
    page.changes.more = true;
    batch.end = uids[done];
  }
  for (auto& [uid, mail] : batch.mails) {
    if (uid >= batch.end || batch.is_elsewhere(mail)) continue;
    mail.href = batch.name_of(uid);
    page.changes.seen.push_back(std::move(mail));
  }
  co_return true;
}

/// Heads, or as much of the mails as is taken in at all.
Task<bool> Reading::fetch(Session& session, Page& page, Batch& batch, std::vector<Uid> uids,
                          bool is_head) {
  const auto refuse = [&](Uid uid, std::string why) {
    core::Error error{Fault::rejected, place_of(batch.folder), std::move(why), std::nullopt};
    page.changes.bad.push_back({batch.name_of(uid), "", std::move(error)});
  };
  if (uids.size() == 1 && refused_.contains(batch.name_of(uids.front()))) {
    refuse(uids.front(), "the server cannot give this mail");
    co_return true;
  }
  UidSet asked;
  for (const Uid uid : uids) asked.add(uid);
  const Session::Each each = [&](Response& response) -> core::Result<bool> {
    if (response.name == "FETCH" && !response.values.empty())
      page.bytes += batch.take(response.values.front().items, asked, is_head);
    return true;
  };
  const bool has_labels = batch.folder.has_labels;
  Command command = is_head ? fetch_head_fields(asked, has_labels)
                            : fetch_beginning(asked, limits_.mail_bytes, has_labels);
  auto answered = co_await session.run(std::move(command), each);
  if (answered) co_return true;
  if (session.is_usable() && uids.size() > 1) {
    for (const Uid uid : uids) {  // one of them is not to be had
      std::vector<Uid> one(1, uid);
      auto alone = co_await fetch(session, page, batch, std::move(one), is_head);
      if (!alone) co_return alone;
    }
    co_return true;
  }
  if (session.is_usable()) {
    // Without its head nobody can tell that a mail is not wanted.
    if (is_head)
      batch.mails[uids.front()] = MailItem();
    else
      refuse(uids.front(), answered.error().text);
    co_return true;
  }
  if (answered.error().fault == Fault::protocol && uids.size() == 1)
    refused_.insert(batch.name_of(uids.front()));
  is_careful_ = answered.error().fault == Fault::protocol;
  co_return tl::unexpected(answered.error());
}

Task<bool> Reading::find_gone(Session& session, Page& page, Folder folder, std::uint32_t validity,
                              UidSet vanished, bool is_vanished_told) {
  const UidSet& known = page.known[folder.name];
  if (known.empty()) co_return true;
  UidSet present;
  if (!is_vanished_told) {
    Command search = search_uids(known, session.can("ESEARCH"));
    auto searched = co_await session.run(std::move(search), collect_uids(present));
    if (!searched) co_return tl::unexpected(searched.error());
  }
  for (const Uid uid : known.list(1, SIZE_MAX)) {
    const bool is_gone = is_vanished_told ? vanished.contains(uid) : !present.contains(uid);
    if (is_gone) page.gone.push_back(MailName{validity, uid, folder.name}.href());
  }
  co_return true;
}

}  // namespace ioud::connectors::imap
