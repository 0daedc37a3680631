#pragma once
// What is asked of a JMAP server, as the bytes of requests (RFC 8620 3.3, RFC 8621). The names of
// the calls in a request are constants here, by which their answers are found. Pure.

#include <string>
#include <string_view>
#include <vector>

#include "core/civil_time.hpp"

namespace ioud::connectors::jmap {

namespace call {
inline constexpr std::string_view mailboxes = "mailboxes";
inline constexpr std::string_view state = "state";
inline constexpr std::string_view changes = "changes";
inline constexpr std::string_view created = "created";
inline constexpr std::string_view updated = "updated";
inline constexpr std::string_view query = "query";
inline constexpr std::string_view mails = "mails";
inline constexpr std::string_view newest = "newest";
inline constexpr std::string_view newest_mails = "newest_mails";
inline constexpr std::string_view write = "write";
}  // namespace call

/// The property of a mail that holds a field of its head as it stands (RFC 8621 4.1.3).
std::string head_property(std::string_view field);

/// call::mailboxes alone.
std::string ask_mailboxes(const std::string& account);

/// call::mailboxes, call::changes, and the mails created and updated in it, all by back-reference
/// (RFC 8620 3.7). At most so many changes.
std::string ask_changes(const std::string& account, const std::string& since, std::size_t most);

/// A part of the ids of all mails that arrived since then, oldest first.
struct Stretch {
  core::Instant since;  ///< 1970 or before: all
  std::size_t position = 0;
  std::size_t most = 0;
};
/// call::query alone.
std::string ask_listing(const std::string& account, const Stretch& stretch);
/// call::mailboxes, call::state (before the query, so that nothing falls in between), call::query.
std::string ask_first_listing(const std::string& account, const Stretch& stretch);

/// call::mails: how those mails stand.
std::string ask_mails(const std::string& account, const std::vector<std::string>& ids);
/// call::mailboxes and call::mails.
std::string ask_standing(const std::string& account, const std::string& id);

/// call::query with call::mails: those of that mailbox that have the Message-ID, as a search finds
/// them. call::newest with call::newest_mails: the newest of the mailbox, for servers whose search
/// lags behind or does not know headers.
std::string ask_message_id(const std::string& account, const std::string& mailbox,
                           const std::string& message_id, std::size_t newest);

/// call::write: Email/import (RFC 8621 4.8) of one blob, nothing where the state is another; an
/// empty one: in any state.
struct Import {
  std::string blob;
  std::string mailbox;
  bool is_draft = false;
};
std::string ask_import(const std::string& account, const Import& import, const std::string& state);

/// call::write: Email/set of one mail (RFC 8621 4.6), nothing where the state is another.
std::string ask_destroy(const std::string& account, const std::string& state,
                        const std::string& id);
std::string ask_leave(const std::string& account, const std::string& state, const std::string& id,
                      const std::string& mailbox);
std::string ask_join(const std::string& account, const std::string& id, const Import& import);

}  // namespace ioud::connectors::jmap
