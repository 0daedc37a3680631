#include "domain/touches.hpp"

#include <algorithm>
#include <map>

#include "core/ident.hpp"
#include "domain/correspondence.hpp"

namespace ioud::domain {
namespace {

bool is_contact(const Pass& pass, const std::string& address) {
  return !is_colleague(pass.setting, address) && pass.facts.directory.client_of(address) != nullptr;
}

/// No ask and no complaint was made in it.
bool is_care(const Pass& pass, const Mail& mail) {
  const auto complaint =
      std::find_if(mail.reading.signals.begin(), mail.reading.signals.end(),
                   [](const Signal& one) { return one.kind == SignalKind::complaint; });
  if (complaint != mail.reading.signals.end()) return false;
  const auto asks = std::find_if(mail.reading.findings.begin(), mail.reading.findings.end(),
                                 [](const Finding& one) { return one.spoken.has_value(); });
  return asks == mail.reading.findings.end() &&
         !pass.ledger.marks.contains("thread:" + core::ident({mail.message_id}));
}

void add(Pass& pass, const std::string& contact, core::Instant at, const char* kind, bool care) {
  const std::string id = core::ident({"touch", contact, core::format(pass.day(at))});
  const auto [touch, is_new] =
      pass.ledger.touches.try_emplace(id, Touch{id, contact, at, kind, care});
  if (!is_new) {
    touch->second.care = touch->second.care && care;
    touch->second.at = std::max(touch->second.at, at);
  }
}

}  // namespace

bool may_touch(const Pass& pass, const Mail& mail) {
  return !mail.is_bulk && !mail.is_automatic && !mail.answer && mail.box != Box::drafts &&
         !pass.ledger.sent.contains(mail.message_id) && !is_identity(pass.setting, mail.from);
}

std::vector<Exchange> exchanges(const Pass& pass) {
  std::map<std::string, const Mail*> by_id;
  for (const Mail& mail : pass.facts.mails)
    if (may_touch(pass, mail)) by_id[mail.message_id] = &mail;
  std::vector<Exchange> found;
  for (const Mail& mail : pass.facts.mails) {
    if (!may_touch(pass, mail)) continue;
    const bool by_rep = is_rep(pass.setting, mail.from);
    for (const std::string& id : answered_ids(mail)) {
      const auto first = by_id.find(id);
      if (first == by_id.end()) continue;
      const Mail& asked = *first->second;
      const bool asked_by_rep = is_rep(pass.setting, asked.from);
      if (by_rep == asked_by_rep) continue;
      const std::string& contact = by_rep ? asked.from : mail.from;
      if (is_contact(pass, contact)) found.push_back({&asked, &mail, contact, by_rep});
      break;
    }
  }
  return found;
}

std::vector<Meeting> meetings_held(const Pass& pass) {
  std::vector<Meeting> held;
  for (const Occurrence& one : pass.facts.occurrences) {
    if (!one.readable || one.all_day || one.cancelled || !one.busy || one.end > pass.now) continue;
    for (const Guest& guest : one.guests)
      if (guest.partstat != "DECLINED" && is_contact(pass, guest.address))
        held.push_back({&one, guest.address});
  }
  return held;
}

void note_touches(Pass& pass) {
  const std::vector<Exchange> mails = exchanges(pass);
  for (const Exchange& one : mails)
    add(pass, one.contact, one.answer->date, "mail",
        is_care(pass, *one.answer) && is_care(pass, *one.asked));
  const std::vector<Meeting> meetings = meetings_held(pass);
  for (const Meeting& one : meetings) add(pass, one.contact, one.event->start, "meeting", true);
}

std::optional<core::Instant> last_touch(const Ledger& ledger, const Client& client) {
  std::optional<core::Instant> last;
  for (const auto& [id, touch] : ledger.touches)
    if (std::find(client.contacts.begin(), client.contacts.end(), touch.contact) !=
        client.contacts.end())
      last = std::max(last.value_or(touch.at), touch.at);
  return last;
}

LastContact last_contacts(const Pass& pass) {
  LastContact all;
  for (const Client& client : pass.facts.directory.clients()) {
    std::optional<core::Instant> last = last_touch(pass.ledger, client);
    const auto known = pass.ledger.marks.find("known:" + client.name);
    if (!last && known != pass.ledger.marks.end()) last = core::parse_rfc3339(known->second);
    all[client.name] = last.value_or(pass.now);
  }
  return all;
}

void note_clients(Pass& pass) {
  for (const Client& client : pass.facts.directory.clients())
    pass.ledger.marks.try_emplace("known:" + client.name,
                                  core::format_rfc3339(pass.now, core::Zone()));
}

}  // namespace ioud::domain
