#include "domain/talk.hpp"

#include <algorithm>

#include "domain/client_zone.hpp"
#include "domain/favours.hpp"
#include "domain/iou.hpp"
#include "domain/wording_talk.hpp"

namespace ioud::domain {
namespace {

/// The day on which the client asked for this in writing, if a request of theirs led to it.
std::optional<core::Date> asked_on(const Pass& pass, const Favour& favour) {
  for (const Mail& mail : pass.facts.mails) {
    if (mail.from != favour.debtor || mail.date > favour.offered_at) continue;
    for (const Finding& finding : mail.reading.findings)
      if (finding.label == Label::favour_request &&
          std::any_of(favour.evidence.begin(), favour.evidence.end(), [&](const Evidence& one) {
            const auto answered =
                std::find_if(pass.facts.mails.begin(), pass.facts.mails.end(),
                             [&](const Mail& own) { return own.message_id == one.id; });
            return answered != pass.facts.mails.end() &&
                   (answered->in_reply_to == mail.message_id ||
                    std::find(answered->references.begin(), answered->references.end(),
                              mail.message_id) != answered->references.end());
          }))
        return pass.day(mail.date);
  }
  return std::nullopt;
}

/// What the talk is told with: where all fell through, still what the client was invited with.
std::vector<const Favour*> told_favours(const Ledger& ledger, const Iou& iou) {
  if (!is_bare(ledger, iou)) return live_favours(ledger, iou);
  std::vector<const Favour*> favours;
  for (const std::string& id : iou.favours)
    if (const auto found = ledger.favours.find(id); found != ledger.favours.end())
      favours.push_back(&found->second);
  return favours;
}

std::string display_name(const Pass& pass, const std::string& who) {
  return who.find('@') == std::string::npos ? who : contact_name(pass, who);
}

}  // namespace

core::Zone zone_of(const Pass& pass, const Client& client, const std::string& contact) {
  std::vector<SeenOffset> mails;
  for (const Mail& mail : pass.facts.mails)
    if (mail.from == contact && !mail.is_automatic) mails.push_back({mail.date, mail.offset});
  return client_zone(client, pass.facts.directory.person(contact), mails, pass.zone());
}

core::Holidays client_holidays(const Client& client) { return core::Holidays(client.holidays); }

std::vector<const Favour*> live_favours(const Ledger& ledger, const Iou& iou) {
  std::vector<const Favour*> favours;
  for (const std::string& id : iou.favours) {
    const auto found = ledger.favours.find(id);
    if (found != ledger.favours.end() && found->second.state != FavourState::cancelled)
      favours.push_back(&found->second);
  }
  return favours;
}

std::vector<std::string> other_names(const Pass& pass, const std::string& client) {
  std::vector<std::string> names;
  for (const Client& other : pass.facts.directory.clients())
    if (other.name != client) names.push_back(other.name);
  for (const Person& person : pass.facts.directory.people())
    if (!person.client.empty() && person.client != client) names.push_back(person.name);
  return names;
}

std::vector<std::string> own_names(const Pass& pass, const Iou& iou) {
  return {pass.setting.rep.name, contact_name(pass, iou.contact), iou.client};
}

Talk talk_of(const Pass& pass, const Iou& iou) {
  Talk talk;
  talk.rep = pass.setting.rep.name;
  talk.contact = contact_name(pass, iou.contact);
  talk.client = iou.client;
  const auto ask = pass.policy().catalogue.asks.find(iou.ask);
  if (ask != pass.policy().catalogue.asks.end()) talk.ask = ask->second;
  talk.ask_kind = iou.ask;
  talk.minutes = iou.sitdown ? iou.sitdown->minutes : talk.ask.minutes;
  for (const Favour* favour : told_favours(pass.ledger, iou)) {
    FavourWords words;
    words.favour = *favour;
    words.beneficiary = display_name(pass, favour->beneficiary);
    words.asked_on = asked_on(pass, *favour);
    talk.favours.push_back(std::move(words));
  }
  if (iou.sitdown && iou.sitdown->is_wide) {
    const core::TimeOfDay start = core::time_of(pass.zone().to_local(iou.sitdown->start));
    talk.hours = start < core::TimeOfDay(12, 0) ? "early" : "late";
  }
  talk.others = other_names(pass, iou.client);
  talk.rep_zone = pass.zone();
  talk.client_zone = pass.zone();
  if (const Client* client = pass.facts.directory.client(iou.client))
    talk.client_zone = zone_of(pass, *client, iou.contact);
  return talk;
}

CalendarItem meeting_item(const Pass& pass, const Iou& iou, const Invitation& invitation) {
  const Text text = meeting_text(talk_of(pass, iou));
  CalendarItem item;
  item.uid = invitation.uid;
  item.role = Role::meeting;
  item.start = invitation.start;
  item.end = invitation.start + core::Minutes{invitation.minutes};
  item.summary = text.title;
  item.description = text.body;
  item.status = EventStatus::confirmed;
  item.opaque = true;
  item.is_private = false;
  item.organizer = pass.setting.rep.addresses.front();
  item.organizer_name = pass.setting.rep.name;
  item.organizer_agent = "CLIENT";
  item.guests.push_back(
      {iou.contact, contact_name(pass, iou.contact), invitation.partstat, true, "CLIENT"});
  item.alarms = {"-PT15M"};
  item.sequence = invitation.sequence;
  if (iou.sitdown) item.location = iou.sitdown->place;
  return item;
}

}  // namespace ioud::domain
