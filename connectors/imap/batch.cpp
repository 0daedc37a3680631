#include "connectors/imap/batch.hpp"

#include "connectors/imap/cursor.hpp"
#include "core/text.hpp"

namespace ioud::connectors::imap {
namespace {

using domain::Box;

Box box_of_labels(const Value* labels) {
  Box box = Box::other;
  if (labels == nullptr) return box;
  for (const Value& label : labels->items) {
    if (label.is("\\Sent")) return Box::sent;
    if (label.is("\\Draft")) return Box::drafts;
    if (label.is("\\Inbox")) box = Box::inbox;
  }
  return box;
}

/// The bytes of "BODY[]", "BODY[]<0>" or "BODY[HEADER.FIELDS (…)]", however the server spells it.
const Value* part_in(const std::vector<Value>& pairs, bool is_head) {
  const std::string_view key = is_head ? "BODY[HEADER.FIELDS" : "BODY[]";
  for (std::size_t i = 0; i + 1 < pairs.size(); i += 2)
    if (core::iequals(std::string_view(pairs[i].text).substr(0, key.size()), key))
      return &pairs[i + 1];
  return nullptr;
}

}  // namespace

std::string Batch::name_of(Uid uid) const { return MailName{validity, uid, folder.name}.href(); }

bool Batch::is_elsewhere(const MailItem& mail) const {
  return folder.has_labels && mail.box == Box::drafts;
}

std::size_t Batch::take(const std::vector<Value>& pairs, const UidSet& asked, bool is_head) {
  const Value* uid = find_pair(pairs, "UID");
  const Value* part = part_in(pairs, is_head);
  const auto number = uid == nullptr ? std::nullopt : uid->number();
  if (!number || part == nullptr || !asked.contains(static_cast<Uid>(*number))) return 0;
  const Value* size = find_pair(pairs, "RFC822.SIZE");
  MailItem& mail = mails[static_cast<Uid>(*number)];
  mail.etag = size == nullptr ? "" : size->text;
  mail.bytes = part->text;
  mail.box = folder.has_labels ? box_of_labels(find_pair(pairs, "X-GM-LABELS")) : folder.box;
  mail.has_body = !is_head;
  return mail.bytes.size();
}

std::vector<Uid> Batch::take_wanted(const MailFilter& wants) {
  std::vector<Uid> uids;
  for (const auto& [uid, mail] : mails)
    if (!is_elsewhere(mail) && (mail.bytes.empty() || wants(mail))) uids.push_back(uid);
  for (const Uid uid : uids) mails.erase(uid);
  return uids;
}

}  // namespace ioud::connectors::imap
