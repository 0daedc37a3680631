#pragma once
// The connector of type "local": calendars and cards in folders, a Maildir++ mailbox, and an outbox
// folder that stands in for a mail server. Needs no server and no account. The blocking rooms
// (vdir, maildir, outbox) run on a thread of the connector's own, so that a slow disk or a hung
// network mount keeps nobody else waiting.

#include "connectors/kind.hpp"

namespace ioud::connectors::local {

Kind kind();

}  // namespace ioud::connectors::local
