#include "connectors/jmap/filing.hpp"

#include <algorithm>

#include "connectors/jmap/reading.hpp"

namespace ioud::connectors::jmap {
namespace {

using core::Fault;
using domain::Box;

constexpr std::size_t newest_looked_through = 300;
constexpr int looks_at_most = 3;
constexpr std::string_view invalid_arguments = "invalidArguments";

bool has_id(const Standing& mail, const std::string& message_id) {
  return std::find(mail.message_ids.begin(), mail.message_ids.end(), message_id) !=
         mail.message_ids.end();
}

}  // namespace

Task<Mailboxes> Filing::mailboxes() {
  const auto session = co_await account_->session();
  if (!session) co_return tl::unexpected(session.error());
  std::string request = ask_mailboxes(session->account);
  const auto answers = co_await account_->ask(std::move(request));
  if (!answers) co_return tl::unexpected(answers.error());
  const auto listed = answers->mailboxes(call::mailboxes);
  if (!listed) co_return tl::unexpected(listed.error());
  co_return Mailboxes(*listed, wishes_);
}

Task<Filing::Shelf> Filing::shelf(Box box) {
  auto all = co_await mailboxes();
  if (!all) co_return tl::unexpected(all.error());
  Shelf shelf;
  shelf.mailboxes = std::move(*all);
  shelf.id = shelf.mailboxes.holding(box);
  if (!shelf.id.empty()) co_return shelf;
  const std::string key = box == Box::drafts ? "drafts" : "sent";
  co_return core::fail(Fault::config, account_->settings().name,
                       "found no mailbox for " + key + "; make one, or name it with `" + key + "`");
}

Stored Filing::stored_of(const Standing& mail, const Shelf& shelf) {
  const auto box = shelf.mailboxes.box_of(mail.mailboxes);
  return box ? Stored{mail.id, etag_of(*box, mail.size)} : Stored{};
}

/// A search may find parts of words or lag behind, so ids are compared, and the newest mails are
/// looked at as well.
Task<Filing::Look> Filing::look_up(const Shelf& shelf, std::string message_id) {
  const auto session = co_await account_->session();
  if (!session) co_return tl::unexpected(session.error());
  const std::size_t newest = std::min(newest_looked_through, session->ids_in_request());
  std::string request = ask_message_id(session->account, shelf.id, message_id, newest);
  const auto answers = co_await account_->ask(std::move(request));
  if (!answers) co_return tl::unexpected(answers.error());
  const auto recent = answers->mails(call::newest_mails);
  if (!recent) co_return tl::unexpected(recent.error());
  const auto searched = answers->mails(call::mails);
  Look look;
  // What comes after the search is in the second list; a state from behind both might hide it.
  look.state = searched ? searched->state : recent->state;
  const auto compare = [&](const Standings& mails) {
    for (const Standing& mail : mails.found)
      if (look.stored.href.empty() && has_id(mail, message_id))
        look.stored = stored_of(mail, shelf);
  };
  if (searched) compare(*searched);  // a server may not know how to search headers
  compare(*recent);
  co_return look;
}

Task<Stored> Filing::find(Box box, std::string message_id) {
  const auto shelf = co_await this->shelf(box);
  if (!shelf) co_return tl::unexpected(shelf.error());
  auto look = co_await look_up(*shelf, std::move(message_id));
  if (!look) co_return tl::unexpected(look.error());
  co_return std::move(look->stored);
}

void Filing::reached(std::string_view step) const {
  if (steps_ != nullptr) steps_->reached(step);
}

/// A request whose one call writes, told to Steps before and after.
Task<Written> Filing::write(std::string request) {
  reached("jmap.write.before");
  const auto answers = co_await account_->ask(std::move(request));
  if (!answers) co_return tl::unexpected(answers.error());
  reached("jmap.write.after");
  Written refused;
  refused.error = answers->error_type(call::write);
  if (refused.error == invalid_arguments) co_return refused;
  co_return answers->written(call::write);
}

/// Nothing in the account, until it is imported; the server forgets it by itself.
Task<std::string> Filing::upload(std::string bytes) {
  reached("jmap.upload.before");
  auto blob = co_await account_->upload(std::move(bytes));
  if (blob) reached("jmap.upload.after");
  co_return blob;
}

/// Under the state that was seen, so that a request which reaches the server twice (libcurl sends
/// one again on a line that had died) puts one mail. Cyrus does not know that condition; it keeps
/// the same bytes once.
Task<Written> Filing::import(Import import, std::string state) {
  const auto session = co_await account_->session();
  if (!session) co_return tl::unexpected(session.error());
  for (;;) {
    const bool is_bound = imports_by_state_;
    if (!is_bound) state.clear();
    std::string request = ask_import(session->account, import, state);
    auto written = co_await write(std::move(request));
    imports_by_state_ = is_bound && !(written && written->error == invalid_arguments);
    if (imports_by_state_ == is_bound) co_return written;
  }
}

Task<Stored> Filing::put(Box box, std::string message_id, std::string bytes) {
  const auto shelf = co_await this->shelf(box);
  if (!shelf) co_return tl::unexpected(shelf.error());
  Import import;
  import.mailbox = shelf->id;
  import.is_draft = box == Box::drafts;
  for (int look = 1;; ++look) {
    auto seen = co_await look_up(*shelf, message_id);
    if (!seen) co_return tl::unexpected(seen.error());
    if (!seen->stored.href.empty()) co_return std::move(seen->stored);
    if (import.blob.empty()) {
      auto blob = co_await upload(bytes);
      if (!blob) co_return tl::unexpected(blob.error());
      import.blob = std::move(*blob);
    }
    auto stored = co_await put_in(*shelf, import, std::move(seen->state));
    const bool is_over = stored || stored.error().fault != Fault::conflict;
    if (is_over || look == looks_at_most) co_return stored;
  }
}

Task<Stored> Filing::put_in(const Shelf& shelf, Import import, std::string state) {
  auto written = co_await this->import(import, std::move(state));
  if (!written) co_return tl::unexpected(written.error());
  const auto session = co_await account_->session();
  if (!session) co_return tl::unexpected(session.error());
  std::string id = written->id;
  std::string request;
  // The same bytes lie elsewhere, perhaps thrown away: they are put here too (RFC 8621 4.8).
  if (written->error == "alreadyExists" && is_id(id)) {
    request = ask_join(session->account, id, import);
    written = co_await write(std::move(request));
    if (!written) co_return tl::unexpected(written.error());
  }
  const std::string place = net::format(session->api);
  if (!written->is_done) co_return tl::unexpected(error_of_type(written->error, place));
  request = ask_standing(session->account, id);
  const auto answers = co_await account_->ask(std::move(request));
  if (!answers) co_return tl::unexpected(answers.error());
  const auto mails = answers->mails(call::mails);
  if (!mails) co_return tl::unexpected(mails.error());
  if (mails->found.size() == 1) co_return stored_of(mails->found.front(), shelf);
  co_return core::fail(Fault::transient, place, "the server took a mail and does not show it yet");
}

Task<bool> Filing::remove(Box box, std::string href, std::string etag) {
  for (int look = 1;; ++look) {
    auto removed = co_await try_remove(box, href, etag);
    // Any mail that comes changes the state of the account; then this one is looked at again.
    const bool is_over = removed || removed.error().fault != Fault::conflict;
    if (is_over || look == looks_at_most) co_return removed;
  }
}

Task<bool> Filing::try_remove(Box box, std::string href, std::string etag) {
  if (!is_id(href)) co_return core::fail(Fault::rejected, href, "this is no mail of the account");
  const auto shelf = co_await this->shelf(box);
  if (!shelf) co_return tl::unexpected(shelf.error());
  const auto session = co_await account_->session();
  if (!session) co_return tl::unexpected(session.error());
  std::string request = ask_standing(session->account, href);
  const auto answers = co_await account_->ask(std::move(request));
  if (!answers) co_return tl::unexpected(answers.error());
  const auto mails = answers->mails(call::mails);
  if (!mails) co_return tl::unexpected(mails.error());
  if (mails->found.empty()) co_return true;
  const Standing& mail = mails->found.front();
  const Stored stands = stored_of(mail, *shelf);
  if (stands.href.empty()) co_return true;
  if (stands.etag != etag)
    co_return core::fail(Fault::conflict, href, "the mail changed or was moved since it was read");
  const std::vector<std::string> places = shelf->mailboxes.places_among(mail.mailboxes);
  if (std::find(places.begin(), places.end(), shelf->id) == places.end())
    co_return core::fail(Fault::rejected, href, "only what ioud wrote may be removed");
  request = places.size() == 1 ? ask_destroy(session->account, mails->state, href)
                               : ask_leave(session->account, mails->state, href, shelf->id);
  const auto written = co_await write(std::move(request));
  if (!written) co_return tl::unexpected(written.error());
  if (written->is_done || written->error == "notFound") co_return true;
  co_return tl::unexpected(error_of_type(written->error, net::format(session->api)));
}

}  // namespace ioud::connectors::jmap
