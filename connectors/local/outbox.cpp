#include "connectors/local/outbox.hpp"

#include "core/ident.hpp"

namespace ioud::connectors::local {

std::string Outbox::name_of(const std::string& message_id) const {
  return core::ident({"outbox", message_id}) + ".eml";
}

Result<bool> Outbox::has_sent(const std::string& message_id) const {
  const auto file = look_at(folder_ / name_of(message_id));
  if (file) return true;
  if (file.error().fault != core::Fault::not_found) return tl::unexpected(file.error());
  if (copies_ == nullptr) return false;
  return copies_->has_filed_sent(message_id);
}

Result<bool> Outbox::send(const ApprovedMessage& message) {
  const auto sent = has_sent(message.message_id());
  if (!sent) return sent;
  if (!*sent) {
    if (auto made = writer_.make_folder(folder_); !made) return made;
    const auto file = writer_.create(folder_, name_of(message.message_id()), message.bytes());
    if (!file && file.error().fault != core::Fault::conflict) return tl::unexpected(file.error());
  }
  if (copies_ == nullptr) return true;
  const auto copy = copies_->file_sent(message.message_id(), message.bytes());
  if (!copy) return tl::unexpected(copy.error());
  return true;
}

}  // namespace ioud::connectors::local
