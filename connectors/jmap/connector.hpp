#pragma once
// The connector of type "jmap": one account of mail, read by JMAP and, where an SMTP server is
// named, sent from by that. Mail is read-only to it but for drafts and the copies of what it sent.

#include "connectors/kind.hpp"

namespace ioud::connectors::jmap {

Kind kind();

}  // namespace ioud::connectors::jmap
