#pragma once
// The head of a mail: who wrote it to whom, and whether that concerns us at all. The same words
// decide whether its body is fetched and how it is read. No input or output.

#include "connectors/capability.hpp"
#include "engine/reading.hpp"
#include "formats/mime.hpp"

namespace ioud::engine {

/// With whom a mail is.
struct Party {
  enum class Kind {
    nobody,       ///< people we do not know, or must not read; a mail that left through us
    rep_himself,  ///< a note of the rep to himself
    contact,      ///< from a contact of a client, or by the rep to one
    stranger      ///< nobody we know, but perhaps an answer to an invitation of ours
  };
  Kind kind = Kind::nobody;
  std::string contact;  ///< address of the contact it is with
  bool by_rep = false;
};

/// What the header says, as far as it may be kept.
domain::Mail envelope(const formats::ParsedMail& parsed, domain::Box lies_in, const Reader& reader);

/// `mail` is the envelope of `parsed`.
Party party_of(const domain::Mail& mail, const formats::ParsedMail& parsed, const Reader& reader);

/// The client that an address stands for; null for colleagues, the forgotten and all others.
const domain::Client* client_at(const Reader& reader, const std::string& address);

/// A MailFilter: whether a mail is read beyond its head. In doubt it is.
bool wants_body(const connectors::MailItem& head, const Reader& reader);

}  // namespace ioud::engine
