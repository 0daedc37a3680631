#include "domain/draft_mail.hpp"

#include <algorithm>

#include "core/ident.hpp"
#include "domain/favours.hpp"
#include "domain/line_marks.hpp"
#include "domain/talk.hpp"
#include "domain/wording_lint.hpp"

namespace ioud::domain {

const Mail* mail_of(const Pass& pass, const std::string& message_id) {
  for (const Mail& mail : pass.facts.mails)
    if (mail.message_id == message_id) return &mail;
  return nullptr;
}

std::string draft_id(std::string_view kind, std::string_view key) {
  return core::ident({"draft", kind, key});
}

namespace {

/// The lines by which a draft is known when the rep sends it: not those of every mail of his.
std::vector<std::string> own_marks(const std::string& body, const std::string& contact,
                                   const std::string& rep) {
  std::vector<std::string> marks = line_marks(body);
  const std::vector<std::string> usual = line_marks(greeting_words(contact) + sign_off(rep));
  std::erase_if(marks, [&](const std::string& mark) {
    return std::find(usual.begin(), usual.end(), mark) != usual.end();
  });
  return marks;
}

}  // namespace

WantedDraft made(const Pass& pass, DraftWish wish, const Text& text) {
  WantedDraft draft;
  OutgoingMail& mail = draft.mail;
  mail.from = {pass.setting.rep.name, pass.setting.rep.addresses.front()};
  mail.to = {{contact_name(pass, wish.contact), wish.contact}};
  mail.subject = text.title;
  mail.body = text.body;
  mail.date = pass.now;
  mail.zone = pass.zone();
  if (const Mail* answers = wish.answers; answers != nullptr) {
    mail.in_reply_to = answers->message_id;
    mail.references = answers->references;
    if (!answers->in_reply_to.empty() && std::find(mail.references.begin(), mail.references.end(),
                                                   answers->in_reply_to) == mail.references.end())
      mail.references.push_back(answers->in_reply_to);
    mail.references.push_back(answers->message_id);
  }
  const std::string id = draft_id(wish.kind, wish.key);
  const auto at = mail.from.address.rfind('@');
  mail.message_id = id + mail.from.address.substr(std::min(at, mail.from.address.size()));
  DraftRecord& record = draft.record;
  record.id = id;
  record.message_id = mail.message_id;
  record.kind = std::move(wish.kind);
  record.about = std::move(wish.about);
  record.contact = std::move(wish.contact);
  record.answers = mail.in_reply_to;
  record.at = pass.now;
  record.line_marks = mail.in_reply_to.empty()
                          ? line_marks(text.title)
                          : own_marks(text.body, mail.to.front().name, mail.from.name);
  record.state = "standing";
  return draft;
}

bool is_clean(const Pass& pass, const Client& client, const WantedDraft& draft, bool must_ask) {
  const LintRules rules{other_names(pass, client.name),
                        {pass.setting.rep.name, draft.mail.to.front().name, client.name},
                        must_ask};
  return lint(draft.mail.body, rules).empty();
}

}  // namespace ioud::domain
