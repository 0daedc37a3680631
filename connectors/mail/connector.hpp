#pragma once
// The connector of type "mail": one account, read by IMAP and sent from by SMTP. Mail is read-only
// to it but for drafts and the copies of what it sent.

#include "connectors/kind.hpp"

namespace ioud::connectors::mail {

Kind kind();

}  // namespace ioud::connectors::mail
