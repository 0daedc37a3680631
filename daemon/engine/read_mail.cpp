#include <algorithm>

#include "core/ident.hpp"
#include "core/text.hpp"
#include "detection/capture.hpp"
#include "detection/zones.hpp"
#include "domain/line_marks.hpp"
#include "engine/envelope.hpp"
#include "engine/reading.hpp"
#include "engine/setup.hpp"
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

store::MirrorRow kept(const connectors::MailItem& item, const Mail& mail) {
  return {item.href, item.etag, std::string(row_kind::mail), store::to_record(mail), {}};
}

store::MirrorRow read_own_note(const Opened& opened, const Reader& reader, Mail mail) {
  read_note_to_himself(opened.parsed, reader, mail);
  if (!opened.parsed.calendar.empty()) read_invitation(opened.parsed, reader, mail);
  const bool is_empty = mail.capture.empty() && mail.review_answers.empty() && !mail.answer;
  return is_empty ? skipped(opened.item) : kept(opened.item, mail);
}

store::MirrorRow read_exchange(const Opened& opened, const Party& party, const Reader& reader,
                               Earlier& earlier, Mail mail) {
  const bool is_read = !mail.is_bulk && !mail.is_automatic && !opened.parsed.is_encrypted;
  if (!opened.parsed.calendar.empty())
    read_invitation(opened.parsed, reader, mail);
  else if (is_read)
    read_words(opened.parsed, party.contact, party.by_rep, reader, earlier, mail);
  return kept(opened.item, mail);
}

/// Of somebody who is no contact no more than his answer to an invitation of ours.
store::MirrorRow read_stranger(const Opened& opened, const Reader& reader, const Mail& whole) {
  Mail mail;
  mail.message_id = whole.message_id;
  mail.box = whole.box;
  mail.from = whole.from;
  mail.date = whole.date;
  if (!opened.parsed.calendar.empty()) read_invitation(opened.parsed, reader, mail);
  const bool is_of_ours = mail.answer && is_own_uid(mail.answer->uid);
  return is_of_ours ? kept(opened.item, mail) : skipped(opened.item);
}

store::MirrorRow read_one(const Opened& opened, const Reader& reader, Earlier& earlier) {
  Mail mail = envelope(opened.parsed, opened.item.box, reader);
  const Party party = party_of(mail, opened.parsed, reader);
  switch (party.kind) {
    case Party::Kind::nobody:
      break;
    case Party::Kind::rep_himself:
      return read_own_note(opened, reader, std::move(mail));
    case Party::Kind::contact:
      return read_exchange(opened, party, reader, earlier, std::move(mail));
    case Party::Kind::stranger:
      return read_stranger(opened, reader, mail);
  }
  return skipped(opened.item);
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
    if (!item.has_body) {
      rows.push_back(skipped(item));
      continue;
    }
    if (item.box == Box::drafts) {
      rows.push_back(read_draft(item));
      continue;
    }
    auto parsed = formats::parse_mail(item.bytes, item.href);
    if (!parsed) {
      rows.push_back(bad_row(item.href, item.etag, parsed.error()));
      continue;
    }
    opened.push_back({{item.href, item.etag, {}, item.box, true}, std::move(*parsed)});
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
