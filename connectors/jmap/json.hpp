#pragma once
// Foreign JSON (RFC 8259), looked into without exceptions: what is absent or of another type than
// asked for is nothing, "" or empty. Bounded in depth, so that no answer can use up memory by
// nesting alone. Pure.

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ioud::connectors::jmap {

/// One value of a document; keeps the document alive.
class Json {
 public:
  /// Nothing where the text is no JSON or is nested deeper than any answer of JMAP.
  static std::optional<Json> parse(std::string_view text);

  Json operator[](std::string_view key) const;
  bool has(std::string_view key) const;
  bool is_object() const;
  bool is_list() const;
  bool is_true() const;
  std::string text() const;
  std::optional<std::uint64_t> number() const;
  std::vector<Json> items() const;
  std::vector<std::string> texts() const;  ///< of a list; other values in it are left out
  std::vector<std::string> keys() const;   ///< of an object

 private:
  Json(std::shared_ptr<const void> document, const void* value)
      : document_(std::move(document)), value_(value) {}

  std::shared_ptr<const void> document_;
  const void* value_;  ///< within the document; null: absent
};

/// Whether the text may be an id (RFC 8620 1.2).
bool is_id(std::string_view text);

}  // namespace ioud::connectors::jmap
