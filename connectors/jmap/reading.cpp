#include "connectors/jmap/reading.hpp"

#include <algorithm>
#include <array>
#include <deque>
#include <set>

#include "connectors/jmap/requests.hpp"
#include "net/race.hpp"

namespace ioud::connectors::jmap {
namespace {

using core::Fault;
using domain::Box;

constexpr int attempts_at_most = 3;
constexpr int listings_at_most = 5;
constexpr std::size_t ids_listed_at_once = 5000;
constexpr std::size_t most_ids = 2'000'000;
constexpr std::size_t most_known = 10'000;

std::string identity_of(const Session& session) {
  return net::format(session.api) + " " + session.account;
}

/// Whether a mail alone is to blame where it cannot be downloaded.
bool is_of_one_mail(Fault fault) {
  return fault != Fault::auth && fault != Fault::throttled && fault != Fault::config;
}

}  // namespace

std::string etag_of(Box box, std::uint64_t size) {
  constexpr std::array<const char*, 4> words = {"inbox", "sent", "drafts", "other"};
  return std::string(words.at(static_cast<std::size_t>(box))) + "." + std::to_string(size);
}

struct Reading::Plan {
  Cursor start;  ///< from which the plan is made again where it was lost
  Cursor end;    ///< holds once all was looked at
  core::Instant since;
  Mailboxes mailboxes;
  std::deque<std::string> ids;            ///< still to be looked at
  std::map<std::string, Standing> known;  ///< how some of them stand
  std::set<std::string> missing;          ///< those of them that the server does not have
  std::vector<std::string> gone;

  /// Replaces what was known of it. Of very many mails most are asked again when their turn comes.
  void know(Standing mail) {
    if (known.size() < most_known)
      known.insert_or_assign(mail.id, std::move(mail));
    else
      known.erase(mail.id);
  }
};

struct Reading::Wish {
  Standing mail;
  Box box = Box::other;
  core::Result<std::string> bytes;
};

struct Reading::Page {
  Page(Plan& of, Held& of_engine, const MailFilter& filter)
      : plan(of), held(of_engine), wants(filter) {}

  bool is_full(const MailLimits& limits) const {
    return wishes.size() + changes.seen.size() + changes.bad.size() >= limits.page_mails ||
           bytes >= limits.page_bytes;
  }

  Plan& plan;
  Held& held;
  const MailFilter& wants;
  Changes<MailItem> changes;
  std::vector<Wish> wishes;    ///< not downloaded yet
  std::size_t bytes = 0;       ///< of all wishes so far
  bool is_in_trouble = false;  ///< the last download failed for no reason of its own
};

Task<Changes<MailItem>> Reading::pull(Position from, core::Instant since, MailFilter wants) {
  const auto session = co_await account_->session();
  if (!session) co_return tl::unexpected(session.error());
  Cursor cursor = Cursor::parse(from.cursor);
  const std::string identity = identity_of(*session);
  const bool is_other = !cursor.account.empty() && cursor.account != identity;
  if (cursor.account != identity) cursor = Cursor();
  if (is_other) from = Position();
  cursor.account = identity;

  const std::string due = cursor.text();
  std::shared_ptr<Plan> plan = std::exchange(plan_, nullptr);
  if (!plan || cursor.page == 0 || plan->start.text() != due) {
    auto made = co_await make_plan(std::move(cursor), from, since);
    if (!made) co_return tl::unexpected(made.error());
    plan = *made;
  }
  Page page(*plan, *from.held, wants);
  auto read = co_await read_page(page);
  if (!read) co_return tl::unexpected(read.error());
  Changes<MailItem> changes = std::move(page.changes);
  changes.other_store = changes.restarted = is_other;
  if (changes.more) {
    ++plan->start.page;
    changes.cursor = plan->start.text();
    plan_ = plan;
  } else {
    changes.gone = std::move(plan->gone);
    changes.cursor = plan->end.text();
  }
  co_return changes;
}

Task<std::shared_ptr<Reading::Plan>> Reading::make_plan(Cursor cursor, Position from,
                                                        core::Instant since) {
  auto plan = std::make_shared<Plan>();
  plan->since = since;
  plan->start = std::move(cursor);
  plan->start.page = 0;
  bool is_told = !plan->start.state.empty();
  if (is_told) {
    auto found = co_await find_changes(*plan);
    if (!found) co_return tl::unexpected(found.error());
    is_told = *found;
  }
  if (!is_told) {
    plan->start.state.clear();
    plan->ids.clear();
    plan->known.clear();
    plan->gone.clear();
    auto listed = co_await list_all(*plan);
    if (!listed) co_return tl::unexpected(listed.error());
    const auto held = from.held->all();
    if (!held) co_return tl::unexpected(held.error());
    const std::set<std::string> there(plan->ids.begin(), plan->ids.end());
    for (const auto& [href, etag] : **held)
      if (!there.contains(href)) plan->ids.push_back(href);
  }
  plan->end.account = plan->start.account;
  plan->end.mailboxes = plan->mailboxes.stamp();
  for (const auto& [id, count] : attempts_)
    if (std::find(plan->ids.begin(), plan->ids.end(), id) == plan->ids.end())
      plan->ids.push_back(id);
  co_return plan;
}

/// All that changed since the cursor's state. False: the server cannot tell.
Task<bool> Reading::find_changes(Plan& plan) {
  std::map<std::string, bool> is_there;  ///< the last word on each
  std::string state = plan.start.state;
  for (bool more = true; more;) {
    const auto session = co_await account_->session();
    if (!session) co_return tl::unexpected(session.error());
    std::string request = ask_changes(session->account, state, session->ids_in_request());
    const auto answers = co_await account_->ask(std::move(request));
    if (!answers) co_return tl::unexpected(answers.error());
    if (means_listing(answers->error_type(call::changes))) co_return false;
    const auto mailboxes = answers->mailboxes(call::mailboxes);
    if (!mailboxes) co_return tl::unexpected(mailboxes.error());
    plan.mailboxes = Mailboxes(*mailboxes, wishes_);
    // A mailbox that means something else moves mails that did not change.
    if (plan.mailboxes.stamp() != plan.start.mailboxes) co_return false;
    auto changes = answers->changes(call::changes);
    if (!changes) co_return tl::unexpected(changes.error());
    if (!goes_on(state, changes->state)) co_return false;
    for (const auto name : {call::created, call::updated}) {
      auto mails = answers->mails(name);
      if (!mails) co_return tl::unexpected(mails.error());
      for (const std::string& id : mails->not_found) plan.known.erase(id);
      for (Standing& mail : mails->found) plan.know(std::move(mail));
    }
    for (const auto* ids : {&changes->created, &changes->updated})
      for (const std::string& id : *ids) is_there[id] = true;
    for (const std::string& id : changes->destroyed) is_there[id] = false;
    more = changes->has_more;
    if (is_there.size() > most_ids) co_return false;
    if (more && changes->state == state)
      co_return core::fail(Fault::protocol, net::format(session->api),
                           "the server tells of changes without end");
    state = changes->state;
  }
  for (const auto& [id, is_left] : is_there) {
    plan.ids.push_back(id);
    if (!is_left) plan.missing.insert(id);
  }
  plan.end.state = state;
  co_return true;
}

/// The ids of all mails since then. Each stretch begins with the last id of the one before, by
/// which it shows that nothing was taken out of the list meanwhile; where something was, it is gone
/// through once more.
Task<bool> Reading::list_all(Plan& plan) {
  std::set<std::string> listed;
  Stretch stretch{plan.since, 0, ids_listed_at_once};
  std::size_t first = 0;
  std::string last;
  for (int listings = 1;;) {
    const auto session = co_await account_->session();
    if (!session) co_return tl::unexpected(session.error());
    const bool is_first = plan.end.state.empty();
    std::string request = is_first ? ask_first_listing(session->account, stretch)
                                   : ask_listing(session->account, stretch);
    const auto answers = co_await account_->ask(std::move(request));
    if (!answers) co_return tl::unexpected(answers.error());
    if (is_first) {
      const auto mailboxes = answers->mailboxes(call::mailboxes);
      if (!mailboxes) co_return tl::unexpected(mailboxes.error());
      const auto state = answers->mails(call::state);
      if (!state) co_return tl::unexpected(state.error());
      plan.mailboxes = Mailboxes(*mailboxes, wishes_);
      plan.end.state = state->state;
    }
    const auto listing = answers->listing(call::query);
    if (!listing) co_return tl::unexpected(listing.error());
    const std::vector<std::string>& ids = listing->ids;
    if (is_first && listing->total.value_or(0) > limits_.first_mails) {
      first = stretch.position = *listing->total - limits_.first_mails;
      continue;
    }
    const bool fits = last.empty() || (!ids.empty() && listed.contains(ids.front()));
    if (!fits) {
      if (++listings > listings_at_most)
        co_return core::fail(Fault::transient, net::format(session->api),
                             "the mails change faster than they are listed; it is tried again");
      stretch.position = first;
      last.clear();
      continue;
    }
    for (const std::string& id : ids)
      if (listed.insert(id).second) plan.ids.push_back(id);
    const std::size_t next = stretch.position + ids.size();
    const bool is_end = listing->total ? next >= *listing->total : ids.size() < 2;
    if (is_end) co_return true;
    if (ids.size() < 2 || listed.size() > most_ids)
      co_return core::fail(Fault::protocol, net::format(session->api),
                           "the server's listing of mails has no end, or breaks off before it");
    last = ids.back();
    stretch.position = next - 1;
  }
}

Task<bool> Reading::read_page(Page& page) {
  Plan& plan = page.plan;
  while (!plan.ids.empty() && !page.is_full(limits_)) {
    const bool is_known =
        plan.known.contains(plan.ids.front()) || plan.missing.contains(plan.ids.front());
    if (!is_known) {
      auto looked = co_await look_ahead(plan);
      if (!looked) co_return looked;
    }
    std::string id = std::move(plan.ids.front());
    plan.ids.pop_front();
    const auto taken = take(page, std::move(id));
    if (!taken) co_return tl::unexpected(taken.error());
    const auto session = co_await account_->session();
    if (!session) co_return tl::unexpected(session.error());
    if (page.wishes.size() < session->limits.requests_at_once) continue;
    auto fetched = co_await fetch_all(page);
    if (!fetched) co_return fetched;
  }
  page.changes.more = !plan.ids.empty();
  co_return co_await fetch_all(page);
}

/// Asks how the next mails stand, as many at once as the server likes.
Task<bool> Reading::look_ahead(Plan& plan) {
  const auto session = co_await account_->session();
  if (!session) co_return tl::unexpected(session.error());
  std::vector<std::string> ids;
  for (const std::string& id : plan.ids) {
    if (ids.size() >= session->ids_in_request()) break;
    const bool is_known = plan.known.contains(id) || plan.missing.contains(id);
    if (is_known) continue;
    if (is_id(id))
      ids.push_back(id);
    else
      plan.missing.insert(id);
  }
  if (ids.empty()) co_return true;
  std::string request = ask_mails(session->account, ids);
  const auto answers = co_await account_->ask(std::move(request));
  if (!answers) co_return tl::unexpected(answers.error());
  auto mails = answers->mails(call::mails);
  if (!mails) co_return tl::unexpected(mails.error());
  plan.missing.insert(mails->not_found.begin(), mails->not_found.end());
  for (Standing& mail : mails->found) plan.known[mail.id] = std::move(mail);
  for (const std::string& id : ids)
    if (!plan.known.contains(id) && !plan.missing.contains(id))
      co_return core::fail(Fault::protocol, net::format(session->api),
                           "the server left out mails that it was asked for");
  co_return true;
}

/// Wishes for a mail that is new or lies in another box; notes one that is gone from where it was
/// held.
core::Result<bool> Reading::take(Page& page, std::string id) {
  Plan& plan = page.plan;
  const auto held = page.held.etag(id);
  if (!held) return tl::unexpected(held.error());
  const auto known = plan.known.extract(id);
  const bool is_missing = plan.missing.erase(id) > 0 || known.empty();
  std::optional<Box> box;
  if (!is_missing) box = plan.mailboxes.box_of(known.mapped().mailboxes);
  if (!box) {
    attempts_.erase(id);
    if (*held) plan.gone.push_back(std::move(id));
    return true;
  }
  const Standing& mail = known.mapped();
  const std::string etag = etag_of(*box, mail.size);
  const bool is_too_old = !*held && mail.received < plan.since;
  if (*held == etag || is_too_old) return true;
  MailItem head{mail.id, etag, mail.head, *box, false};
  const bool is_wanted = !page.wants || mail.head.empty() || page.wants(head);
  if (!is_wanted) {
    attempts_.erase(mail.id);
    page.changes.seen.push_back(std::move(head));
    return true;
  }
  page.bytes += std::min<std::size_t>(mail.size, limits_.mail_bytes);
  page.wishes.push_back({mail, *box, {}});
  return true;
}

Task<bool> Reading::fetch(Wish& wish) {
  std::string blob = wish.mail.blob;
  wish.bytes = co_await account_->download(std::move(blob), wish.mail.size, limits_.mail_bytes);
  co_return true;
}

/// Downloads all wishes side by side, and takes what came in their order.
Task<bool> Reading::fetch_all(Page& page) {
  std::vector<Wish> wishes = std::exchange(page.wishes, {});
  std::vector<Task<bool>> downloads;
  for (Wish& wish : wishes) downloads.push_back(fetch(wish));
  auto ended = co_await net::all_of(std::move(downloads));
  if (!ended) co_return ended;
  for (Wish& wish : wishes) {
    auto settled = settle(page, std::move(wish));
    if (!settled) co_return settled;
  }
  co_return true;
}

core::Result<bool> Reading::settle(Page& page, Wish wish) {
  const Standing& mail = wish.mail;
  const std::string etag = etag_of(wish.box, mail.size);
  if (wish.bytes) {
    attempts_.erase(mail.id);
    page.is_in_trouble = false;
    page.changes.seen.push_back({mail.id, etag, std::move(*wish.bytes), wish.box});
    return true;
  }
  core::Error& error = wish.bytes.error();
  if (!is_of_one_mail(error.fault)) return tl::unexpected(std::move(error));
  const bool is_last_attempt = ++attempts_[mail.id] >= attempts_at_most;
  // Two in a row are no accident of one mail: the server is in trouble.
  const bool is_trouble = error.fault == Fault::transient && !is_last_attempt;
  if (is_trouble && page.is_in_trouble) return tl::unexpected(std::move(error));
  page.is_in_trouble = is_trouble;
  if (is_last_attempt) attempts_.erase(mail.id);
  page.changes.bad.push_back({mail.id, is_last_attempt ? etag : "", std::move(error)});
  return true;
}

}  // namespace ioud::connectors::jmap
