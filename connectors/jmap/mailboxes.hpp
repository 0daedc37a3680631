#pragma once
// The mailboxes of an account and what they mean: which are read, which box a mail belongs to, and
// where drafts and copies go. By role (RFC 8621 2) where the server tells it, by name where not.
// Pure.

#include <optional>
#include <string>
#include <vector>

#include "connectors/folder_names.hpp"
#include "domain/mail.hpp"

namespace ioud::connectors::jmap {

struct Mailbox {
  std::string id;
  std::string name;
  std::string parent;  ///< an id; empty: on top
  std::string role;    ///< empty: none
};

class Mailboxes {
 public:
  Mailboxes() = default;
  /// The levels of a wish are parted by "/".
  Mailboxes(const std::vector<Mailbox>& listed, const FolderWishes& wishes);

  /// The box of a mail that lies in these; nothing where all of them are skipped.
  std::optional<domain::Box> box_of(const std::vector<std::string>& ids) const;
  /// The one that holds that; empty: there is none.
  std::string holding(domain::Box box) const;
  /// Equal where every mail is in the same box as before.
  std::string stamp() const;
  /// Those among them that are more than a view of mail which lies elsewhere too.
  std::vector<std::string> places_among(const std::vector<std::string>& ids) const;

 private:
  /// A view ("all", "flagged", "important") shows mail, and says nothing of where it lies.
  enum class Sort { inbox, sent, drafts, other, view, skipped };
  struct Sorted {
    std::string id;
    Sort sort = Sort::other;
  };
  Sort sort_of(const std::string& id) const;

  std::vector<Sorted> all_;  ///< by id
};

}  // namespace ioud::connectors::jmap
