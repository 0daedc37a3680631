#pragma once
// What every draft is made of: the mail for the Drafts folder and the record that knows it again.
// Words come from wording_draft and wording_talk; whether a draft is wanted is the matter of those
// who call this.

#include <string>

#include "domain/message.hpp"
#include "domain/pass.hpp"
#include "domain/wording.hpp"

namespace ioud::domain {

struct WantedDraft {
  DraftRecord record;  ///< href, etag and hash still open
  OutgoingMail mail;
};

/// The mail of that Message-ID, or nullptr.
const Mail* mail_of(const Pass& pass, const std::string& message_id);

/// The id of the record of a draft: one for each kind and key, whenever it is written.
std::string draft_id(std::string_view kind, std::string_view key);

/// What a draft is: its record's kind and `about`, whom it is to, and the mail it answers, if any.
struct DraftWish {
  std::string kind;
  std::string key;    ///< of draft_id()
  std::string about;  ///< of the record
  std::string contact;
  const Mail* answers = nullptr;
};

/// The draft with these words, dated now.
WantedDraft made(const Pass& pass, DraftWish wish, const Text& text);

/// Whether a client may read it; `must_ask`: and it ends in a question.
bool is_clean(const Pass& pass, const Client& client, const WantedDraft& draft, bool must_ask);

}  // namespace ioud::domain
