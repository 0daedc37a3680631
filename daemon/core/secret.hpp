#pragma once
// A string that cannot be printed by accident: it has no stream operator, no conversion and no
// formatter, and its bytes are wiped when it goes. Only the code that hands it to a peer calls
// reveal(), which makes every such place easy to find.

#include <string>
#include <utility>

namespace ioud::core {

class Secret {
 public:
  Secret() = default;
  explicit Secret(std::string value) : value_(std::move(value)) {}
  Secret(const Secret&) = default;
  Secret(Secret&&) = default;
  Secret& operator=(const Secret&) = default;
  Secret& operator=(Secret&&) = default;
  ~Secret() { wipe(); }

  const std::string& reveal() const { return value_; }
  bool empty() const { return value_.empty(); }

 private:
  void wipe() {
    volatile char* byte = value_.data();
    for (std::size_t i = 0; i < value_.size(); ++i) byte[i] = 0;
  }
  std::string value_;
};

}  // namespace ioud::core
