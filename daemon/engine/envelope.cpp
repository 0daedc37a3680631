#include "engine/envelope.hpp"

#include <algorithm>

#include "core/text.hpp"
#include "domain/retention.hpp"

namespace ioud::engine {
namespace {

using domain::Box;
using domain::Mail;

std::vector<std::string> addresses(const std::vector<domain::Mailbox>& boxes) {
  std::vector<std::string> all;
  for (const domain::Mailbox& box : boxes) all.push_back(box.address);
  return all;
}

bool is_never_read(const Reader& reader, const std::string& address) {
  const auto& list = reader.setting.policy.privacy.never_read;
  const auto at = address.rfind('@');
  const std::string host = at == std::string::npos ? std::string() : address.substr(at + 1);
  return std::any_of(list.begin(), list.end(), [&](const std::string& one) {
    return core::iequals(one, address) || core::iequals(one, host);
  });
}

bool is_to_himself(const Reader& reader, const Mail& mail) {
  const auto is_self = [&](const std::string& address) {
    return domain::is_rep(reader.setting, address) || domain::is_identity(reader.setting, address);
  };
  return !mail.to.empty() && std::all_of(mail.to.begin(), mail.to.end(), is_self) &&
         std::all_of(mail.cc.begin(), mail.cc.end(), is_self);
}

/// The contact a mail is from or to, whose client decides how it is read.
std::string counterpart(const Reader& reader, const Mail& mail, bool by_rep) {
  if (!by_rep) return client_at(reader, mail.from) == nullptr ? std::string() : mail.from;
  for (const auto* list : {&mail.to, &mail.cc})
    for (const std::string& address : *list)
      if (client_at(reader, address) != nullptr) return address;
  return {};
}

void note_name(const domain::Mailbox& box, const Reader& reader, Mail& mail) {
  const std::string_view name = core::trimmed(box.name);
  if (!name.empty() && name.find('@') == std::string_view::npos &&
      client_at(reader, box.address) != nullptr)
    mail.names.emplace_back(box.address, name);
}

/// An answer names the meeting in its subject, in whatever language the program has, or is a
/// calendar object and nothing else.
bool may_answer(const formats::ParsedMail& parsed, const domain::Ledger& ledger) {
  const std::string type = core::ascii_lower(parsed.header("content-type"));
  if (type.starts_with("text/calendar")) return true;
  return std::any_of(ledger.items.begin(), ledger.items.end(), [&](const auto& entry) {
    const domain::CalendarItem& item = entry.second.written;
    return item.role == domain::Role::meeting && !item.summary.empty() &&
           parsed.subject.find(item.summary) != std::string::npos;
  });
}

}  // namespace

const domain::Client* client_at(const Reader& reader, const std::string& address) {
  if (domain::is_colleague(reader.setting, address) || domain::is_forgotten(reader.ledger, address))
    return nullptr;
  return reader.directory.client_of(address);
}

Mail envelope(const formats::ParsedMail& parsed, Box lies_in, const Reader& reader) {
  Mail mail;
  mail.message_id = parsed.message_id;
  mail.in_reply_to = parsed.in_reply_to;
  mail.references = parsed.references;
  mail.box = lies_in;
  mail.from = parsed.from.address;
  mail.to = addresses(parsed.to);
  mail.cc = addresses(parsed.cc);
  mail.date = parsed.date;
  mail.offset = parsed.offset;
  const auto limit = static_cast<std::size_t>(reader.setting.policy.privacy.excerpt_chars);
  mail.subject = core::shortened(parsed.subject, limit);
  for (const auto* boxes : {&parsed.to, &parsed.cc})
    for (const domain::Mailbox& box : *boxes) note_name(box, reader, mail);
  note_name(parsed.from, reader, mail);
  mail.is_bulk = parsed.is_bulk;
  mail.is_automatic = parsed.is_automatic;
  return mail;
}

Party party_of(const Mail& mail, const formats::ParsedMail& parsed, const Reader& reader) {
  Party party;
  party.by_rep = domain::is_rep(reader.setting, mail.from);
  if (reader.ledger.sent.contains(mail.message_id) || is_never_read(reader, mail.from))
    return party;
  if (party.by_rep && is_to_himself(reader, mail)) {
    party.kind = Party::Kind::rep_himself;
    return party;
  }
  const std::string contact = counterpart(reader, mail, party.by_rep);
  if (!contact.empty() && !is_never_read(reader, contact)) {
    party.kind = Party::Kind::contact;
    party.contact = contact;
  } else if (contact.empty() && !party.by_rep && !domain::is_forgotten(reader.ledger, mail.from) &&
             may_answer(parsed, reader.ledger)) {
    party.kind = Party::Kind::stranger;
  }
  return party;
}

bool wants_body(const connectors::MailItem& head, const Reader& reader) {
  if (head.box == Box::drafts) return true;
  const auto parsed = formats::parse_mail(head.bytes, head.href);
  if (!parsed) return true;
  const Mail mail = envelope(*parsed, head.box, reader);
  return party_of(mail, *parsed, reader).kind != Party::Kind::nobody;
}

}  // namespace ioud::engine
