#include "connectors/local/maildir.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <set>

#include "connectors/folder_names.hpp"
#include "connectors/mail_head.hpp"
#include "core/ident.hpp"
#include "core/text.hpp"

namespace ioud::connectors::local {
namespace {

constexpr int pulls_at_most = 5;
constexpr auto head_bytes = std::uint64_t{32} * 1024;  // few heads are longer, most mails are not
constexpr std::array<const char*, 2> places = {"new", "cur"};

/// The unique part of a file name: all before the flags (":2,S").
std::string_view unique_part(std::string_view name) { return name.substr(0, name.find(':')); }

/// The delivery time that a unique name begins with, in seconds since 1970; 0 where it has none.
std::int64_t delivered_at(std::string_view unique) {
  std::int64_t seconds = 0;
  const auto read = std::from_chars(unique.data(), unique.data() + unique.size(), seconds);
  const bool is_time = read.ec == std::errc() && read.ptr != unique.data() + unique.size() &&
                       *read.ptr == '.' && seconds > 0;
  return is_time ? seconds : 0;
}

/// Contents only: a change of flags renames the file and leaves both as they are.
std::string mail_etag(const FileState& state) {
  return std::to_string(state.size) + "-" + std::to_string(state.modified_ns);
}

std::string href_of(const MailFolder& folder, std::string_view unique) {
  return (folder.name.empty() ? "INBOX" : folder.name) + "/" + std::string(unique);
}

/// How Maildir++ spells the folder of that name.
std::string disk_name(const std::string& folder) { return "." + folder; }

bool has_mail_places(const fs::path& folder) {
  return is_folder(folder / "cur") || is_folder(folder / "new");
}

core::Error conflict(const std::string& href) {
  return core::Error{core::Fault::conflict, href, "the draft changed since it was read",
                     std::nullopt};
}

}  // namespace

bool Maildir::is_skipped(std::string_view disk_name) const {
  const std::string name = core::folded(disk_name.substr(1));
  for (const std::string& skip : settings_.skip) {
    if (core::folded(skip) == name) return true;
  }
  const auto parts = core::split(name, '.');
  return std::any_of(parts.begin(), parts.end(),
                     [](const std::string& part) { return is_skipped_folder_name(part); });
}

domain::Box Maildir::box_of(std::string_view disk_name) const {
  const std::string_view name = disk_name.substr(1);
  if (name == settings_.sent) return domain::Box::sent;
  if (name == settings_.drafts) return domain::Box::drafts;
  const auto parts = core::split(core::folded(name), '.');
  if (is_sent_folder_name(parts.back())) return domain::Box::sent;
  if (is_drafts_folder_name(parts.back())) return domain::Box::drafts;
  return core::iequals(name, "inbox") ? domain::Box::inbox : domain::Box::other;
}

Result<std::vector<MailFolder>> Maildir::folders() const {
  auto names = list_folders(settings_.folder);
  if (!names) return tl::unexpected(names.error());
  std::vector<MailFolder> found;
  if (has_mail_places(settings_.folder)) found.push_back({"", domain::Box::inbox});
  bool has_any = !found.empty();
  for (const std::string& name : *names) {
    if (name.size() < 2 || name.front() != '.') continue;
    if (!has_mail_places(settings_.folder / name)) continue;
    has_any = true;
    if (!is_skipped(name)) found.push_back({name, box_of(name)});
  }
  if (!has_any && !names->empty()) {
    return core::fail(core::Fault::config, settings_.folder.string(),
                      "this is no Maildir: it has neither `cur` nor `new`, nor folders such as "
                      "`.Sent` that do; write the folder that holds them");
  }
  return found;
}

Result<std::vector<Maildir::Mail>> Maildir::list_folder(const MailFolder& folder) const {
  std::vector<Mail> mails;
  std::set<std::string, std::less<>> uniques;
  // `new` first: a mail that is moved to `cur` meanwhile is met twice rather than never.
  for (const char* place : places) {
    const fs::path path = settings_.folder / folder.name / place;
    if (!is_folder(path)) continue;
    const auto files =
        list_files(path, [](std::string_view name) { return !name.starts_with('.'); });
    if (!files) return tl::unexpected(files.error());
    for (const ListedFile& file : *files) {
      const std::string_view unique = unique_part(file.name);
      if (unique.empty() || !uniques.emplace(unique).second) continue;
      mails.push_back({href_of(folder, unique), path / file.name, file.state, folder.box});
    }
  }
  return mails;
}

/// All mails of all folders that are read, sorted by href.
Result<std::vector<Maildir::Mail>> Maildir::list() const {
  const auto all = folders();
  if (!all) return tl::unexpected(all.error());
  std::vector<Mail> mails;
  for (const MailFolder& folder : *all) {
    auto some = list_folder(folder);
    if (!some) return some;
    std::move(some->begin(), some->end(), std::back_inserter(mails));
  }
  std::sort(mails.begin(), mails.end(),
            [](const Mail& a, const Mail& b) { return a.href < b.href; });
  return mails;
}

Result<Changes<MailItem>> Maildir::pull(const Position& from, core::Instant since,
                                        const MailFilter& wants) {
  for (int attempt = 0; attempt < pulls_at_most; ++attempt) {
    if (attempt > 0 || from.cursor.empty() || from.cursor != continued_by_) {
      auto mails = list();
      if (!mails) return tl::unexpected(mails.error());
      listing_ = std::move(*mails);
    }
    bool is_settled = true;
    auto changes = page(listing_, from, since, wants, is_settled);
    continued_by_ = changes && changes->more ? changes->cursor : std::string();
    if (continued_by_.empty()) listing_.clear();
    if (is_settled || !changes) return changes;
  }
  return core::fail(core::Fault::transient, settings_.folder.string(),
                    "another program keeps changing the mailbox; it is read when it comes to rest");
}

/// The mail, or its head alone where nobody wants the rest.
Result<MailItem> Maildir::read(const Mail& mail, const MailFilter& wants) const {
  MailItem item{mail.href, {}, {}, mail.box, false};
  auto contents = read_beginning(mail.path, std::min(head_bytes, settings_.limits.item_bytes));
  if (!contents) return tl::unexpected(contents.error());
  item.etag = mail_etag(contents->state);
  item.bytes = head_in(contents->bytes);
  item.has_body = !wants || wants(item);
  if (!item.has_body) return item;
  if (contents->state.size > contents->bytes.size())
    contents = read_whole(mail.path, settings_.limits.item_bytes);
  if (!contents) return tl::unexpected(contents.error());
  item.etag = mail_etag(contents->state);
  item.bytes = std::move(contents->bytes);
  return item;
}

Result<Changes<MailItem>> Maildir::page(const std::vector<Mail>& mails, const Position& from,
                                        core::Instant since, const MailFilter& wants,
                                        bool& is_settled) {
  const auto held = from.held->all();
  if (!held) return tl::unexpected(held.error());
  const Etags& etags = **held;
  Changes<MailItem> changes;
  const std::int64_t oldest = since.time_since_epoch().count();
  std::size_t bytes = 0;
  std::string last = from.cursor;
  const auto by_href = [](const Mail& mail, const std::string& href) { return mail.href < href; };
  auto mail = std::lower_bound(mails.begin(), mails.end(), from.cursor, by_href);
  if (mail != mails.end() && mail->href == from.cursor) ++mail;
  for (; mail != mails.end(); ++mail) {
    const std::string etag = mail_etag(mail->state);
    const auto known = etags.find(mail->href);
    if (known != etags.end() && known->second == etag) continue;
    const auto unique = std::string_view(mail->href).substr(mail->href.find('/') + 1);
    const std::int64_t arrived =
        std::max(delivered_at(unique), mail->state.modified_ns / 1'000'000'000);
    if (known == etags.end() && arrived < oldest) continue;
    if (changes.seen.size() >= settings_.limits.items || bytes >= settings_.limits.bytes) {
      changes.more = true;
      changes.cursor = last;
      return changes;
    }
    last = mail->href;
    auto item = read(*mail, wants);
    if (item) {
      bytes += item->bytes.size();
      changes.seen.push_back(std::move(*item));
    } else if (item.error().fault == core::Fault::not_found) {
      is_settled = false;  // its flags changed, or it was moved
      return changes;
    } else {
      changes.bad.push_back({mail->href, etag, item.error()});
    }
  }

  for (const auto& [href, etag] : etags) {
    const auto at = std::lower_bound(mails.begin(), mails.end(), href, by_href);
    if (at == mails.end() || at->href != href) changes.gone.push_back(href);
  }
  if (!changes.gone.empty()) {
    // A removal is believed only when a second look agrees.
    const auto again = list();
    if (!again) return tl::unexpected(again.error());
    is_settled = std::equal(mails.begin(), mails.end(), again->begin(), again->end(),
                            [](const Mail& a, const Mail& b) { return a.href == b.href; });
  }
  return changes;
}

Result<std::optional<Maildir::Mail>> Maildir::find(const MailFolder& folder,
                                                   const std::string& unique) const {
  if (!is_folder(settings_.folder)) {
    return tl::unexpected(disk_error(ENOENT, settings_.folder, "opening the mailbox"));
  }
  const auto mails = list_folder(folder);
  if (!mails) return tl::unexpected(mails.error());
  const std::string href = href_of(folder, unique);
  const auto found = std::find_if(mails->begin(), mails->end(),
                                  [&](const Mail& mail) { return mail.href == href; });
  return found == mails->end() ? std::nullopt : std::optional(*found);
}

Result<Stored> Maildir::append(const MailFolder& folder, const std::string& unique,
                               std::string_view flags, std::string_view bytes) {
  const auto standing = find(folder, unique);
  if (!standing) return tl::unexpected(standing.error());
  if (*standing) return Stored{(*standing)->href, mail_etag((*standing)->state)};
  const fs::path path = settings_.folder / folder.name;
  for (const char* place : {"cur", "new", "tmp"}) {
    if (auto made = writer_.make_folder(path / place); !made) return tl::unexpected(made.error());
  }
  const std::string name = unique + ":2," + std::string(flags);
  const auto state = writer_.create(path / "cur", name, bytes);
  if (!state) return tl::unexpected(state.error());
  return Stored{href_of(folder, unique), mail_etag(*state)};
}

Result<Stored> Maildir::append_draft(const std::string& message_id, std::string_view bytes) {
  const MailFolder drafts{disk_name(settings_.drafts), domain::Box::drafts};
  return append(drafts, core::ident({"draft", message_id}) + ".ioud", "D", bytes);
}

Result<Stored> Maildir::file_sent(const std::string& message_id, std::string_view bytes) {
  const MailFolder sent{disk_name(settings_.sent), domain::Box::sent};
  return append(sent, core::ident({"sent", message_id}) + ".ioud", "S", bytes);
}

Result<bool> Maildir::has_filed_sent(const std::string& message_id) const {
  const MailFolder sent{disk_name(settings_.sent), domain::Box::sent};
  const auto standing = find(sent, core::ident({"sent", message_id}) + ".ioud");
  if (!standing) return tl::unexpected(standing.error());
  return standing->has_value();
}

Result<bool> Maildir::remove_draft(const std::string& href, const std::string& etag) {
  const MailFolder drafts{disk_name(settings_.drafts), domain::Box::drafts};
  const auto slash = href.find('/');
  if (slash == std::string::npos || href.substr(0, slash) != drafts.name) {
    return core::fail(core::Fault::rejected, href, "only a draft may be removed");
  }
  const auto standing = find(drafts, href.substr(slash + 1));
  if (!standing) return tl::unexpected(standing.error());
  if (!*standing) return true;
  const Mail& mail = **standing;
  if (mail_etag(mail.state) != etag) return tl::unexpected(conflict(href));
  return writer_.remove(mail.path.parent_path(), mail.path.filename().string(),
                        etag_of(mail.state));
}

}  // namespace ioud::connectors::local
