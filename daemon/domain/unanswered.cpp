#include "domain/unanswered.hpp"

#include <algorithm>
#include <compare>
#include <map>
#include <vector>

#include "domain/favours.hpp"
#include "domain/review_book.hpp"
#include "domain/touches.hpp"
#include "domain/wording_review.hpp"

namespace ioud::domain {
namespace {

/// Of the moment at which a rest began; the mails before it have had their effect.
std::string mark_of(const std::string& client) { return "unanswered:" + client; }

std::optional<core::Instant> began(const Ledger& ledger, const std::string& client) {
  const auto mark = ledger.marks.find(mark_of(client));
  return mark == ledger.marks.end() ? std::nullopt : core::parse_rfc3339(mark->second);
}

core::Instant end_of(const Pass& pass, core::Instant beginning) {
  return beginning + std::chrono::days{pass.policy().limits.unanswered_pause_days};
}

/// A mail of the rep that may wait, and whom it is to.
struct Sent {
  core::Instant at;
  std::string contact;
  friend auto operator<=>(const Sent&, const Sent&) = default;
};

/// What was said between the rep and one client.
struct Dialogue {
  std::optional<core::Instant> heard;  ///< last sign of life: words, an answer, a meeting held
  std::vector<Sent> sent;

  void hear(core::Instant at) { heard = std::max(heard.value_or(at), at); }
};

/// By the client's name, everything in one walk over the mails.
std::map<std::string, Dialogue> dialogues(const Pass& pass) {
  std::map<std::string, Dialogue> all;
  const Directory& directory = pass.facts.directory;
  for (const Mail& mail : pass.facts.mails) {
    if (is_rep(pass.setting, mail.from)) {
      if (!may_touch(pass, mail)) continue;
      for (const std::string& to : mail.to)
        if (const Client* client = directory.client_of(to))
          all[client->name].sent.push_back({mail.date, to});
    } else if (const Client* client = directory.client_of(mail.from);
               client != nullptr && !mail.is_bulk && !mail.is_automatic) {
      all[client->name].hear(mail.date);
    }
  }
  for (const auto& [id, touch] : pass.ledger.touches)
    if (const Client* client = directory.client_of(touch.contact);
        client != nullptr && touch.kind == "meeting")
      all[client->name].hear(touch.at);
  return all;
}

/// The days on which the rep wrote since then, with whom he wrote to last on each.
std::map<core::Date, Sent> waiting_days(const Pass& pass, const Dialogue& dialogue,
                                        std::optional<core::Instant> since) {
  std::map<core::Date, Sent> days;
  for (const Sent& one : dialogue.sent) {
    if (since && one.at <= *since) continue;
    const auto [day, is_new] = days.try_emplace(pass.day(one.at), one);
    if (!is_new) day->second = std::max(day->second, one);
  }
  return days;
}

/// Begins a rest where enough days have waited long enough, counted from the oldest.
void note_client(Pass& pass, const std::string& client, const Dialogue& dialogue) {
  const Policy::Limits& limits = pass.policy().limits;
  auto beginning = began(pass.ledger, client);
  if (beginning && dialogue.heard > beginning) {
    pass.ledger.marks.erase(mark_of(client));
    beginning.reset();
  }
  const std::map<core::Date, Sent> days =
      waiting_days(pass, dialogue, std::max(beginning, dialogue.heard));
  int count = 0;
  for (const auto& [day, last] : days) {
    const core::Date ripe =
        core::add_business_days(day, limits.unanswered_wait_days, pass.setting.holidays);
    const core::Instant at = core::instant_in(pass.zone(), ripe, core::TimeOfDay(0));
    if (at > pass.now) return;
    if (beginning && at < end_of(pass, *beginning)) continue;  // it waited during the rest
    if (++count < limits.unanswered) continue;
    count = 0;
    beginning = at;
    pass.ledger.marks[mark_of(client)] = core::format_rfc3339(at, core::Zone());
    if (end_of(pass, at) > pass.now)
      add_review_line(pass, "paused", client + " " + core::format(ripe), client,
                      paused_line(contact_name(pass, last.contact), limits.unanswered,
                                  pass.day(end_of(pass, at))));
  }
}

}  // namespace

void note_unanswered(Pass& pass) {
  const std::map<std::string, Dialogue> all = dialogues(pass);
  for (const auto& [client, dialogue] : all) note_client(pass, client, dialogue);
}

bool is_paused(const Pass& pass, const std::string& client) {
  const auto beginning = began(pass.ledger, client);
  return beginning && pass.now < end_of(pass, *beginning);
}

}  // namespace ioud::domain
