#pragma once
// The folders of an account: which are read, what each holds, and how each stands. By special use
// (RFC 6154) where the server tells it, by name where not. Pure.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "connectors/folder_names.hpp"
#include "connectors/imap/quirks.hpp"
#include "connectors/imap/response.hpp"
#include "domain/mail.hpp"

namespace ioud::connectors::imap {

/// How a folder stood when it was asked after (RFC 9051 6.3.11).
struct FolderStatus {
  std::uint32_t validity = 0;
  std::uint32_t next = 0;
  std::uint32_t messages = 0;
  friend bool operator==(const FolderStatus&, const FolderStatus&) = default;
};

struct Folder {
  std::string name;  ///< as the server writes it
  domain::Box box = domain::Box::other;
  bool is_read = true;  ///< false: only written to, or not at all
  /// Holds all mail under labels: which box a mail belongs to is to be asked of its labels.
  bool has_labels = false;
  std::optional<FolderStatus> status;
};

/// Collects the LIST and STATUS answers of one server.
class FolderList {
 public:
  FolderList(const FolderWishes& wishes, const Quirks& quirks) : wishes_(wishes), quirks_(quirks) {}

  /// Takes a response; true where it was one of a listing. Fails where it cannot be read or there
  /// are too many.
  core::Result<bool> take(const Response& response);

  /// The folders, inbox first.
  std::vector<Folder> folders() const;

 private:
  struct Listed {
    std::string name;
    std::string readable;
    std::vector<std::string> attributes;  ///< lower case
    std::string delimiter;
    std::optional<FolderStatus> status;
    bool has(std::string_view attribute) const;
  };
  core::Result<bool> take_list(const Response& response);
  core::Result<bool> take_status(const Response& response);
  Folder folder_of(const Listed& listed, bool has_sent, bool has_drafts) const;
  bool is_skipped(const Listed& listed) const;

  const FolderWishes& wishes_;
  Quirks quirks_;
  std::vector<Listed> listed_;
};

/// The one that holds that; null where there is none.
const Folder* find_box(const std::vector<Folder>& folders, domain::Box box);

}  // namespace ioud::connectors::imap
