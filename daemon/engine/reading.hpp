#pragma once
// Stored objects into what is kept of them: a card, an event, a mail become mirror rows that hold
// facts and findings, and no more of people's words than the specification allows. A bad object
// becomes a row with its fault. No input or output.

#include "connectors/capability.hpp"
#include "detection/detector.hpp"
#include "domain/directory.hpp"
#include "domain/ledger.hpp"
#include "domain/setting.hpp"
#include "store/mirror.hpp"

namespace ioud::engine {

/// The kinds of mirror rows.
namespace row_kind {
inline constexpr std::string_view card = "card";
inline constexpr std::string_view event = "event";  ///< a meeting with contacts, notes, a capture
inline constexpr std::string_view busy = "busy";    ///< any other event: only its times matter
inline constexpr std::string_view own = "own";      ///< raw bytes of an event of ours
inline constexpr std::string_view mail = "mail";
inline constexpr std::string_view draft = "draft";  ///< mark and hash of a draft
inline constexpr std::string_view skipped = "skipped";
inline constexpr std::string_view bad = "bad";
}  // namespace row_kind

struct Reader {
  const domain::Setting& setting;
  const domain::Directory& directory;
  const domain::Ledger& ledger;
  const detection::Detector& detector;
};

store::MirrorRow read_card(const connectors::Item& item, const domain::Ledger& ledger);
store::MirrorRow read_event(const connectors::Item& item, const std::set<connectors::Use>& uses,
                            const Reader& reader);
/// Mails of one page, so that an answer is read with the mail it answers in mind.
std::vector<store::MirrorRow> read_mails(const std::vector<connectors::MailItem>& items,
                                         const Reader& reader);

/// A row for an object that could not be had.
store::MirrorRow bad_row(const std::string& href, const std::string& etag,
                         const core::Error& error);

/// How a draft's Message-ID is kept.
std::string draft_mark(std::string_view message_id);

}  // namespace ioud::engine
