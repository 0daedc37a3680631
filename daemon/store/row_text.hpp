#pragma once
// How a row stands in a table with or without a seal. Plain: its id, and its JSON. Sealed: a
// pseudonym of the id, by which the row can be found again, and "id\nJSON" as one sealed text, for
// an id may be a client's name.

#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "store/seal.hpp"

namespace ioud::store {

class RowText {
 public:
  explicit RowText(std::optional<Seal> seal) : seal_(std::move(seal)) {}

  bool is_sealing() const { return seal_.has_value(); }

  std::string id(std::string_view table, const std::string& id) const {
    return seal_ ? seal_->pseudonym(std::string(table) + "\n" + id) : id;
  }

  std::string body(std::string_view id, std::string text) const {
    if (seal_) return seal_->closed(std::string(id) + "\n" + text);
    return text;
  }

  /// The id and the text again; Fault::config where the key is missing or another one.
  core::Result<std::pair<std::string, std::string>> plain(std::string_view id,
                                                          std::string_view body,
                                                          const std::string& place) const {
    if (!Seal::is_sealed(body)) return std::pair(std::string(id), std::string(body));
    if (!seal_)
      return core::fail(core::Fault::config, place,
                        "is sealed and no key is given; set privacy.seal to its key");
    auto opened = seal_->opened(body, place);
    if (!opened) return tl::unexpected(opened.error());
    const std::size_t end = opened->find('\n');
    if (end == std::string::npos)
      return core::fail(core::Fault::config, place, "was sealed by something else than ioud");
    return std::pair(opened->substr(0, end), opened->substr(end + 1));
  }

 private:
  std::optional<Seal> seal_;
};

}  // namespace ioud::store
