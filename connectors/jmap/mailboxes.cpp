#include "connectors/jmap/mailboxes.hpp"

#include <algorithm>

#include "core/text.hpp"

namespace ioud::connectors::jmap {
namespace {

using domain::Box;

constexpr std::size_t most_levels = 64;

bool is_one_of(std::string_view word, std::initializer_list<std::string_view> words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

/// The mailbox and those above it, from below; a circle ends somewhere.
std::vector<const Mailbox*> with_parents(const std::vector<Mailbox>& listed, const Mailbox& one) {
  std::vector<const Mailbox*> chain = {&one};
  while (chain.size() < most_levels && !chain.back()->parent.empty()) {
    const auto above = std::find_if(listed.begin(), listed.end(), [&](const Mailbox& other) {
      return other.id == chain.back()->parent;
    });
    if (above == listed.end()) break;
    chain.push_back(&*above);
  }
  return chain;
}

std::string path_of(const std::vector<const Mailbox*>& chain) {
  std::string path;
  for (auto level = chain.rbegin(); level != chain.rend(); ++level) {
    if (!path.empty()) path += '/';
    path += (*level)->name;
  }
  return path;
}

bool has_role(const std::vector<Mailbox>& listed, std::string_view role) {
  return std::any_of(listed.begin(), listed.end(),
                     [role](const Mailbox& one) { return one.role == role; });
}

}  // namespace

Mailboxes::Mailboxes(const std::vector<Mailbox>& listed, const FolderWishes& wishes) {
  const bool has_inbox = has_role(listed, "inbox");
  const bool has_sent = has_role(listed, "sent");
  const bool has_drafts = has_role(listed, "drafts");
  for (const Mailbox& one : listed) {
    const auto chain = with_parents(listed, one);
    const std::string path = path_of(chain);
    const auto holds = [&](const std::string& wish, bool is_told, std::string_view role,
                           bool is_named) {
      if (!wish.empty()) return core::folded(wish) == core::folded(path);
      return is_told ? one.role == role : is_named;
    };
    const bool is_wished_away = std::any_of(
        wishes.skip.begin(), wishes.skip.end(),
        [&path](const std::string& skip) { return core::folded(skip) == core::folded(path); });
    const bool is_skipped = std::any_of(chain.begin(), chain.end(), [](const Mailbox* level) {
      return is_one_of(level->role, {"junk", "trash"}) || is_skipped_folder_name(level->name);
    });
    Sort sort = Sort::other;
    if (holds({}, has_inbox, "inbox", one.parent.empty() && core::iequals(one.name, "inbox"))) {
      sort = Sort::inbox;
    } else if (is_wished_away || is_skipped) {
      sort = Sort::skipped;
    } else if (holds(wishes.drafts, has_drafts, "drafts", is_drafts_folder_name(one.name))) {
      sort = Sort::drafts;
    } else if (holds(wishes.sent, has_sent, "sent", is_sent_folder_name(one.name))) {
      sort = Sort::sent;
    } else if (is_one_of(one.role, {"all", "flagged", "important"})) {
      sort = Sort::view;
    }
    all_.push_back({one.id, sort});
  }
  std::sort(all_.begin(), all_.end(), [](const Sorted& a, const Sorted& b) { return a.id < b.id; });
}

Mailboxes::Sort Mailboxes::sort_of(const std::string& id) const {
  const auto found = std::lower_bound(
      all_.begin(), all_.end(), id,
      [](const Sorted& one, const std::string& wanted) { return one.id < wanted; });
  return found == all_.end() || found->id != id ? Sort::other : found->sort;
}

std::optional<Box> Mailboxes::box_of(const std::vector<std::string>& ids) const {
  const auto lies_in = [&](Sort sort) {
    return std::any_of(ids.begin(), ids.end(),
                       [&](const std::string& id) { return sort_of(id) == sort; });
  };
  if (lies_in(Sort::drafts)) return Box::drafts;
  if (lies_in(Sort::sent)) return Box::sent;
  if (lies_in(Sort::inbox)) return Box::inbox;
  if (lies_in(Sort::other)) return Box::other;
  if (lies_in(Sort::skipped)) return std::nullopt;
  return Box::other;
}

std::string Mailboxes::holding(Box box) const {
  const Sort wanted = box == Box::drafts ? Sort::drafts : Sort::sent;
  const auto found = std::find_if(all_.begin(), all_.end(),
                                  [wanted](const Sorted& one) { return one.sort == wanted; });
  return found == all_.end() ? std::string() : found->id;
}

std::string Mailboxes::stamp() const {
  std::string text;
  for (const Sorted& one : all_) {
    constexpr std::string_view letters = "isdovx";
    if (one.sort == Sort::other) continue;
    if (!text.empty()) text += ' ';
    text += letters[static_cast<std::size_t>(one.sort)];
    text += one.id;
  }
  return text;
}

std::vector<std::string> Mailboxes::places_among(const std::vector<std::string>& ids) const {
  std::vector<std::string> places;
  for (const std::string& id : ids)
    if (sort_of(id) != Sort::view) places.push_back(id);
  return places;
}

}  // namespace ioud::connectors::jmap
