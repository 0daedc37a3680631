#pragma once
// How much of an account of mail is taken in at once, whatever way it is read.

#include <cstddef>

namespace ioud::connectors {

struct MailLimits {
  std::size_t page_mails = 512;
  std::size_t page_bytes = std::size_t{8} << 20U;
  std::size_t mail_bytes = std::size_t{512} << 10U;  ///< of a larger mail only its beginning
  std::size_t first_mails = 20'000;  ///< at the first look, the newest: of each folder by IMAP
};

}  // namespace ioud::connectors
