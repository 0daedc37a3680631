#include "connectors/local/outbox.hpp"

#include "core/ident.hpp"

namespace ioud::connectors::local {
namespace {

constexpr std::size_t longest_plain_name = 200;
constexpr std::string_view plain_characters =
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-_@";

}  // namespace

std::string Outbox::name_of(const std::string& message_id) const {
  // The id itself where it can be a name, so that files sort as their ids do.
  const bool is_plain = !message_id.empty() && message_id.front() != '.' &&
                        message_id.size() <= longest_plain_name &&
                        message_id.find_first_not_of(plain_characters) == std::string::npos;
  return (is_plain ? message_id : core::ident({"outbox", message_id})) + ".eml";
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
