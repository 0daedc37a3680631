// What an IMAP server says, cut anywhere: framed, read, and taken for a list of folders, for heads
// and for mails.

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "connectors/imap/batch.hpp"
#include "connectors/imap/command.hpp"
#include "connectors/imap/cursor.hpp"
#include "connectors/imap/folders.hpp"
#include "connectors/imap/response.hpp"
#include "connectors/imap/uid_set.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  using namespace ioud::connectors::imap;
  if (size == 0) return 0;
  const std::size_t chunk = bytes[0] + std::size_t{1};
  const std::string_view text(reinterpret_cast<const char*>(bytes) + 1, size - 1);
  Framer framer;
  const ioud::connectors::FolderWishes wishes;
  FolderList folders(wishes, {});
  Batch batch;
  batch.folder.has_labels = bytes[0] % 2 == 0;
  UidSet asked;
  asked.add({1, 100});
  for (std::size_t at = 0; at < text.size(); at += chunk) {
    framer.feed(text.substr(at, chunk));
    for (;;) {
      auto frame = framer.next();
      if (!frame) return 0;
      if (!*frame) break;
      const auto response = read_response(std::move(**frame));
      if (!response) continue;
      for (const Value& value : response->values) (void)UidSet::parse(value.text);
      (void)folders.take(*response);
      for (const bool is_head : {true, false})
        if (!response->values.empty())
          (void)batch.take(response->values.front().items, asked, is_head);
    }
  }
  const auto is_short = [](const ioud::connectors::MailItem& head) {
    return head.bytes.size() < 9;
  };
  for (const Uid uid : batch.take_wanted(is_short)) (void)batch.name_of(uid);
  for (const Folder& folder : folders.folders()) (void)decoded_folder_name(folder.name);
  (void)Cursor::parse(std::string(text));
  (void)MailName::parse(std::string(text));
  return 0;
}
