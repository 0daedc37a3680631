#include "connectors/oauth/said.hpp"

#include <algorithm>

#include "core/text.hpp"

namespace ioud::connectors::oauth {
namespace {

constexpr std::size_t longest_text = 200;
constexpr std::size_t longest_word = 40;

bool is_showable(const std::string& word) {
  return word.size() <= longest_word && std::none_of(word.begin(), word.end(), [](char c) {
           return (c >= 0 && c < ' ') || c == 127;
         });
}

}  // namespace

std::string showable(std::string_view text) {
  std::vector<std::string> words = core::split(core::squeezed(core::made_utf8(text)), ' ');
  for (std::string& word : words)
    if (!is_showable(word)) word = "…";
  return core::shortened(core::joined(words, " "), longest_text);
}

}  // namespace ioud::connectors::oauth
