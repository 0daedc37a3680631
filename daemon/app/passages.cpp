#include "app/passages.hpp"

#include <algorithm>

#include "core/text.hpp"
#include "detection/zones.hpp"

namespace ioud::app {
namespace {

using detection::Author;
using detection::Context;
using detection::Passage;
using domain::Guest;
using domain::Mailbox;
using domain::SeriesPart;

std::string domain_of(std::string_view address) {
  const auto at = address.find('@');
  return at == std::string_view::npos ? std::string() : std::string(address.substr(at + 1));
}

/// "meg.alvarez@acme.test" is Meg Alvarez where no header gives a name.
std::string name_from(std::string_view address) {
  std::string name(address.substr(0, address.find_first_of("@+")));
  bool starts = true;
  for (char& c : name) {
    if (c == '.' || c == '_' || c == '-') c = ' ';
    if (starts && c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    starts = c == ' ';
  }
  return name;
}

std::string name_of(const Mailbox& box) {
  return box.name.empty() ? name_from(box.address) : box.name;
}

std::vector<Mailbox> recipients(const formats::ParsedMail& mail) {
  std::vector<Mailbox> all = mail.to;
  all.insert(all.end(), mail.cc.begin(), mail.cc.end());
  return all;
}

/// Whose mailbox the mail lies in, when nobody said who the rep is.
std::string guessed_rep(const formats::ParsedMail& mail) {
  const bool received = !mail.header("received").empty() || !mail.header("delivered-to").empty();
  return received && !mail.to.empty() ? mail.to.front().address : mail.from.address;
}

std::string first_label(const std::string& host) { return host.substr(0, host.find('.')); }

void add_people(Passage& passage, const std::vector<Mailbox>& people, const std::string& rep) {
  const std::string own = domain_of(rep);
  for (const Mailbox& person : people) {
    if (person.address == rep) continue;
    const std::string host = domain_of(person.address);
    if (host == own) {
      passage.others.push_back(name_of(person));
    } else if (passage.client.empty()) {
      passage.client = name_of(person);
      passage.client_org = first_label(host);
    } else {
      passage.client_people.push_back(name_of(person));
    }
  }
}

std::string rep_name(const std::vector<Mailbox>& people, const std::string& rep) {
  const auto found = std::find_if(people.begin(), people.end(),
                                  [&rep](const Mailbox& box) { return box.address == rep; });
  return found == people.end() ? name_from(rep) : name_of(*found);
}

std::vector<Mailbox> people_of(const SeriesPart& part) {
  std::vector<Mailbox> people;
  for (const Guest& guest : part.guests) people.push_back({guest.name, guest.address});
  const bool is_listed = std::any_of(people.begin(), people.end(), [&part](const Mailbox& box) {
    return box.address == part.organizer;
  });
  if (!part.organizer.empty() && !is_listed) people.push_back({"", part.organizer});
  return people;
}

core::LocalTime start_of(const SeriesPart& part) {
  return part.start.all_day ? core::at(part.start.day, core::TimeOfDay(0)) : part.start.local;
}

bool is_unread(const SeriesPart& part) {
  return part.status == "CANCELLED" || part.access == "PRIVATE" || part.access == "CONFIDENTIAL";
}

void add_notes(std::vector<Passage>& passages, const SeriesPart& part, const std::string& rep) {
  if (is_unread(part) || core::trimmed(part.description).empty()) return;
  const std::vector<Mailbox> people = people_of(part);
  Passage passage;
  passage.context = Context::event_description;
  passage.author = Author::rep;
  passage.text = part.description;
  passage.rep = rep_name(people, rep);
  passage.base = start_of(part);
  add_people(passage, people, rep);
  // Notes of a meeting that only colleagues were in concern no client; with nobody listed they may.
  if (passage.client.empty() && !passage.others.empty()) return;
  passages.push_back(std::move(passage));
}

/// Without a name for the rep it is the organiser, else the first who is invited.
std::string guessed_rep(const domain::Series& series) {
  const SeriesPart* part = series.master              ? &*series.master
                           : series.overrides.empty() ? nullptr
                                                      : &series.overrides.front();
  if (part == nullptr) return {};
  if (!part->organizer.empty() || part->guests.empty()) return part->organizer;
  return part->guests.front().address;
}

}  // namespace

std::vector<Passage> passages_of(const formats::ParsedMail& mail, std::string_view rep_address) {
  if (mail.is_bulk || mail.is_automatic || mail.is_encrypted) return {};
  if (!mail.calendar_method.empty() && mail.calendar_method != "PUBLISH") return {};
  const std::string rep = rep_address.empty() ? guessed_rep(mail) : core::ascii_lower(rep_address);
  const bool is_sent = mail.from.address == rep;
  const std::vector<Mailbox> to = recipients(mail);
  Passage passage;
  passage.context = is_sent ? Context::mail_sent : Context::mail_received;
  passage.author = is_sent ? Author::rep : Author::client;
  passage.text = mail.text;
  passage.base = core::LocalTime{mail.date.time_since_epoch() + mail.offset};
  passage.rep = is_sent ? name_of(mail.from) : rep_name(to, rep);
  if (!is_sent) add_people(passage, {mail.from}, rep);
  // A colleague's mail is nobody's promise to a client, whoever else gets a copy.
  if (!is_sent && passage.client.empty()) return {};
  add_people(passage, to, rep);
  if (passage.client.empty() && !to.empty()) return {};
  return {std::move(passage)};
}

std::vector<Passage> passages_of(const domain::Series& series, std::string_view method,
                                 std::string_view rep_address) {
  if (method == "REPLY" || method == "CANCEL" || method == "COUNTER" || method == "REFRESH")
    return {};
  const std::string rep =
      rep_address.empty() ? guessed_rep(series) : core::ascii_lower(rep_address);
  std::vector<Passage> passages;
  if (series.master) add_notes(passages, *series.master, rep);
  for (const SeriesPart& part : series.overrides)
    if (!series.master || part.description != series.master->description)
      add_notes(passages, part, rep);
  return passages;
}

}  // namespace ioud::app
