#pragma once
// An approved message without an approval, for tests of connectors alone. A program that links the
// engine's courier has the real maker and must not include this.

#include "connectors/capability.hpp"

namespace ioud::connectors {

class ApprovedMessageMaker {
 public:
  static ApprovedMessage make(std::string message_id, std::string bytes,
                              std::string recipient = "meg@acme.test") {
    std::vector<std::string> recipients = {std::move(recipient)};
    return ApprovedMessage(std::move(message_id), "tom@rep.test", std::move(recipients),
                           std::move(bytes));
  }
};

}  // namespace ioud::connectors
