#include <algorithm>

#include "core/ident.hpp"
#include "core/text.hpp"
#include "detection/capture.hpp"
#include "detection/zones.hpp"
#include "domain/line_marks.hpp"
#include "domain/retention.hpp"
#include "engine/reading.hpp"
#include "formats/imip.hpp"
#include "formats/mime.hpp"
#include "store/record.hpp"

namespace ioud::engine {
namespace {

using domain::Box;
using domain::Mail;

/// A mail on its way from bytes to a record.
struct Opened {
  connectors::MailItem item;
  formats::ParsedMail parsed;
};

std::vector<std::string> addresses(const std::vector<domain::Mailbox>& boxes) {
  std::vector<std::string> all;
  for (const domain::Mailbox& box : boxes) all.push_back(box.address);
  return all;
}

const domain::Client* client_at(const Reader& reader, const std::string& address) {
  if (domain::is_colleague(reader.setting, address) || domain::is_forgotten(reader.ledger, address))
    return nullptr;
  return reader.directory.client_of(address);
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

std::string fresh_text(const std::string& text) {
  std::string fresh;
  for (const detection::ZoneRange& range : detection::ZoneReader().read(text))
    if (range.zone == detection::Zone::fresh)
      fresh += text.substr(range.begin, range.end - range.begin);
  return fresh;
}

std::vector<std::string> filled_lines(const std::string& text) {
  std::vector<std::string> lines;
  for (const std::string& line : core::split(text, '\n'))
    if (const auto words = core::trimmed(line); !words.empty()) lines.emplace_back(words);
  return lines;
}

void note_name(const domain::Mailbox& box, const Reader& reader, Mail& mail) {
  const std::string_view name = core::trimmed(box.name);
  if (!name.empty() && name.find('@') == std::string_view::npos &&
      client_at(reader, box.address) != nullptr)
    mail.names.emplace_back(box.address, name);
}

Mail envelope(const Opened& opened, const Reader& reader) {
  const formats::ParsedMail& parsed = opened.parsed;
  Mail mail;
  mail.message_id = parsed.message_id;
  mail.in_reply_to = parsed.in_reply_to;
  mail.references = parsed.references;
  mail.box = opened.item.box;
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

void read_invitation(const formats::ParsedMail& parsed, const Reader& reader, Mail& mail) {
  auto answer = formats::read_answer(parsed.calendar, parsed.calendar_method, mail.from,
                                     reader.setting.rep.zone);
  mail.answer = answer ? *answer : domain::CalendarAnswer{};
}

void read_note_to_himself(const formats::ParsedMail& parsed, const Reader& reader, Mail& mail) {
  const std::vector<std::string> lines = filled_lines(fresh_text(parsed.text));
  const bool is_review = core::folded(mail.subject).find("weekly review") != std::string::npos ||
                         reader.ledger.sent.contains(mail.in_reply_to);
  if (is_review && !mail.in_reply_to.empty()) {
    mail.review_answers = lines;
  } else if (detection::looks_like_capture(mail.subject)) {
    mail.capture = mail.subject;
  } else if (!lines.empty() && detection::looks_like_capture(lines.front())) {
    mail.capture = lines.front();
  }
}

using Earlier = std::map<std::string, std::vector<std::string>>;

/// What was found before in the thread, as the words around a sentence.
std::vector<std::string> before(const Mail& mail, const Earlier& earlier) {
  std::vector<std::string> lines;
  std::vector<std::string> ids = mail.references;
  if (!mail.in_reply_to.empty() && std::find(ids.begin(), ids.end(), mail.in_reply_to) == ids.end())
    ids.push_back(mail.in_reply_to);
  for (const std::string& id : ids)
    if (const auto found = earlier.find(id); found != earlier.end())
      lines.insert(lines.end(), found->second.begin(), found->second.end());
  return lines;
}

void read_words(const formats::ParsedMail& parsed, const std::string& contact, bool by_rep,
                const Reader& reader, Earlier& earlier, Mail& mail) {
  const domain::Client* client = client_at(reader, contact);
  const domain::Person* person = reader.directory.person(contact);
  detection::Passage passage;
  passage.context = by_rep ? detection::Context::mail_sent : detection::Context::mail_received;
  passage.author = by_rep ? detection::Author::rep : detection::Author::client;
  passage.text = parsed.text;
  passage.rep = reader.setting.rep.name;
  const auto named = std::find_if(mail.names.begin(), mail.names.end(),
                                  [&](const auto& one) { return one.first == contact; });
  passage.client = person != nullptr && !person->cards.empty() ? person->name
                   : named != mail.names.end()                 ? named->second
                                                               : contact;
  passage.client_org = client->name;
  for (const std::string& address : client->contacts)
    if (const domain::Person* other = reader.directory.person(address);
        other != nullptr && address != contact)
      passage.client_people.push_back(other->name);
  passage.base = reader.setting.rep.zone.to_local(mail.date);
  passage.locale = reader.setting.rep.locale;
  passage.prev = before(mail, earlier);
  mail.reading = reader.detector.read(passage);
  if (by_rep && !mail.in_reply_to.empty()) mail.line_marks = domain::line_marks(parsed.text);
  const std::string speaker = by_rep ? passage.rep : passage.client;
  for (const domain::Finding& finding : mail.reading.findings)
    earlier[mail.message_id].push_back(speaker + ": " + finding.quote);
}

store::MirrorRow skipped(const connectors::MailItem& item) {
  return {item.href, item.etag, std::string(row_kind::skipped), {}, {}};
}

store::MirrorRow read_one(const Opened& opened, const Reader& reader, Earlier& earlier) {
  const connectors::MailItem& item = opened.item;
  Mail mail = envelope(opened, reader);
  if (reader.ledger.sent.contains(mail.message_id)) return skipped(item);
  const bool by_rep = domain::is_rep(reader.setting, mail.from);
  if (is_never_read(reader, mail.from)) return skipped(item);
  if (by_rep && is_to_himself(reader, mail)) {
    read_note_to_himself(opened.parsed, reader, mail);
    if (!opened.parsed.calendar.empty()) read_invitation(opened.parsed, reader, mail);
    if (mail.capture.empty() && mail.review_answers.empty() && !mail.answer) return skipped(item);
  } else {
    const std::string contact = counterpart(reader, mail, by_rep);
    if (contact.empty() || is_never_read(reader, contact)) return skipped(item);
    const bool is_read = !mail.is_bulk && !mail.is_automatic && !opened.parsed.is_encrypted;
    if (!opened.parsed.calendar.empty())
      read_invitation(opened.parsed, reader, mail);
    else if (is_read)
      read_words(opened.parsed, contact, by_rep, reader, earlier, mail);
  }
  return {item.href, item.etag, std::string(row_kind::mail), store::to_record(mail), {}};
}

/// Of a draft only what tells ours from the rep's own.
store::MirrorRow read_draft(const connectors::MailItem& item) {
  const auto parsed = formats::parse_mail(item.bytes, item.href);
  if (!parsed) return skipped(item);
  return {item.href,
          item.etag,
          std::string(row_kind::draft),
          draft_mark(parsed->message_id) + " " + core::content_hash(item.bytes),
          {}};
}

}  // namespace

std::string draft_mark(std::string_view message_id) { return core::ident({"draft", message_id}); }

std::vector<store::MirrorRow> read_mails(const std::vector<connectors::MailItem>& items,
                                         const Reader& reader) {
  std::vector<store::MirrorRow> rows;
  std::vector<Opened> opened;
  for (const connectors::MailItem& item : items) {
    if (item.box == Box::drafts) {
      rows.push_back(read_draft(item));
      continue;
    }
    auto parsed = formats::parse_mail(item.bytes, item.href);
    if (!parsed) {
      rows.push_back(bad_row(item.href, item.etag, parsed.error()));
      continue;
    }
    opened.push_back({{item.href, item.etag, {}, item.box}, std::move(*parsed)});
  }
  std::sort(opened.begin(), opened.end(), [](const Opened& a, const Opened& b) {
    return std::tie(a.parsed.date, a.parsed.message_id, a.item.href) <
           std::tie(b.parsed.date, b.parsed.message_id, b.item.href);
  });
  Earlier earlier;
  for (const Opened& one : opened) rows.push_back(read_one(one, reader, earlier));
  return rows;
}

}  // namespace ioud::engine
