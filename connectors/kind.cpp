#include "connectors/kind.hpp"

#include <array>
#include <string_view>
#include <utility>

namespace ioud::connectors {
namespace {

constexpr std::array<std::pair<std::string_view, Use>, 5> use_words = {{
    {"read", Use::read},
    {"busy", Use::busy},
    {"proposals", Use::proposals},
    {"occasions", Use::occasions},
    {"meetings", Use::meetings},
}};

}  // namespace

Option use_option() {
  Option option{.path = "calendars[].use",
                .type = OptionType::text_list,
                .fallback = "[\"read\"]",
                .help = "what the calendar is for",
                .required = true};
  for (const auto& [word, use] : use_words) option.words.emplace_back(word);
  return option;
}

std::set<Use> uses_in(const Setting::List& words) {
  std::set<Use> uses;
  for (const Setting& word : words) {
    const auto* text = word.as<std::string>();
    for (const auto& [known, use] : use_words) {
      if (text != nullptr && *text == known) uses.insert(use);
    }
  }
  return uses;
}

bool is_ours(const Calendar& calendar) {
  return calendar.uses.count(Use::proposals) != 0 || calendar.uses.count(Use::occasions) != 0 ||
         calendar.uses.count(Use::meetings) != 0;
}

bool is_ours_alone(const Calendar& calendar) {
  return is_ours(calendar) && calendar.uses.count(Use::read) == 0 &&
         calendar.uses.count(Use::busy) == 0;
}

}  // namespace ioud::connectors
