#pragma once
// What known servers do differently, in one table. A server is known by its host or by a capability
// only it has; every other one is taken at its word. Pure.

#include <set>
#include <string>
#include <string_view>

namespace ioud::connectors::imap {

struct Quirks {
  std::string_view server;
  /// Mail handed over by SMTP shows in the folder of sent mail by itself; a copy of ours would be a
  /// second one.
  bool keeps_sent_copy = false;
  /// One folder (\All) holds every mail once, and labels take the place of folders.
  bool has_labels = false;
  /// A search for a Message-ID finds what is there. Where it may not, the newest mails are looked
  /// through.
  bool searches_ids = true;
};

Quirks quirks_of(std::string_view host, const std::set<std::string>& capabilities);

}  // namespace ioud::connectors::imap
