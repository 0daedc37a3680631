#include "detection/vocabulary.hpp"

#include <array>
#include <bit>

#include "detection/features.hpp"

namespace ioud::detection {
namespace {

// Half full at most, so that a miss ends within a few steps.
std::size_t places_for(std::size_t words) { return std::bit_ceil(words * 2); }

// A stored check is never 0, which marks an empty place.
std::uint32_t check_of(std::uint64_t hash) { return static_cast<std::uint32_t>(hash >> 32U) | 1U; }

}  // namespace

core::Result<Vocabulary> Vocabulary::from(const ModelFile& file) {
  const auto check = file.array<std::uint32_t>("words.check");
  const auto row = file.array<std::uint16_t>("words.row");
  if (check.empty() || check.size() != row.size() || !std::has_single_bit(check.size())) {
    return core::fail(core::Fault::config, file.place(), "its table of words is broken");
  }
  return Vocabulary(check, row);
}

std::uint16_t Vocabulary::exact(std::string_view word) const {
  const std::uint64_t hash = stable_hash(word);
  const std::uint32_t check = check_of(hash);
  const std::size_t last = check_.size() - 1;
  std::size_t at = hash & last;
  for (std::size_t steps = 0; steps <= last && check_[at] != 0; ++steps, at = (at + 1) & last) {
    if (check_[at] == check) return row_[at];
  }
  return unknown;
}

std::uint16_t Vocabulary::row(const Token& token) const {
  if (token.kind == TokenKind::person) return exact(mask(token.kind));
  const std::string_view word = token.text;
  if (const std::uint16_t found = exact(word); found != unknown) return found;
  static constexpr std::array<std::string_view, 7> endings{"s", "ed", "ing", "es", "er", "d", "ly"};
  for (const std::string_view ending : endings) {
    if (word.size() < ending.size() + 3 || !word.ends_with(ending)) continue;
    const std::string_view stem = word.substr(0, word.size() - ending.size());
    if (const std::uint16_t found = exact(stem); found != unknown) return found;
  }
  if (word.size() > 5 && word.starts_with("re")) return exact(word.substr(2));
  return unknown;
}

Vocabulary::Table Vocabulary::table_of(const std::vector<std::string>& words) {
  Table table;
  table.check.assign(places_for(words.size()), 0);
  table.row.assign(table.check.size(), unknown);
  const std::size_t last = table.check.size() - 1;
  for (std::size_t i = 1; i < words.size(); ++i) {
    const std::uint64_t hash = stable_hash(words[i]);
    std::size_t at = hash & last;
    while (table.check[at] != 0) at = (at + 1) & last;
    table.check[at] = check_of(hash);
    table.row[at] = static_cast<std::uint16_t>(i);
  }
  return table;
}

}  // namespace ioud::detection
