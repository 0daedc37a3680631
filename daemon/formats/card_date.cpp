#include "formats/card_date.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <vector>

#include "core/text.hpp"
#include "formats/ical_time.hpp"

namespace ioud::formats {
namespace {

using domain::PartialDate;

template <std::size_t N>
bool is_one_of(std::string_view word, const std::array<std::string_view, N>& words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

constexpr std::array<std::string_view, 12> child_words = {"kid",  "child", "son",     "daughter",
                                                          "kind", "sohn",  "tochter", "enfant",
                                                          "fils", "fille", "hijo",    "hija"};
constexpr std::array<std::string_view, 6> birthday_words = {
    "birthday", "geburtstag", "anniversaire", "cumpleaños", "compleanno", "verjaardag"};
constexpr std::array<std::string_view, 6> wedding_words = {"anniversary",  "wedding",   "hochzeit",
                                                           "hochzeitstag", "jahrestag", "mariage"};

bool is_day_of(const PartialDate& date) {
  const int highest_month = date.calendar == "gregorian" ? 12 : 13;
  if (date.month && (*date.month < 1 || *date.month > highest_month)) return false;
  if (!date.day) return true;
  if (!date.month || *date.day < 1 || *date.day > 31) return false;
  if (date.calendar != "gregorian") return *date.day <= 30;
  // A leap year is assumed where the year is unknown.
  const std::chrono::year_month_day day{std::chrono::year{date.year.value_or(2000)},
                                        std::chrono::month(static_cast<unsigned>(*date.month)),
                                        std::chrono::day(static_cast<unsigned>(*date.day))};
  return day.ok();
}

std::optional<PartialDate> checked(PartialDate date) {
  if (date.year == 0 || date.year == 1604) date.year.reset();
  const bool says_something = date.year || date.month;
  return says_something && is_day_of(date) ? std::optional<PartialDate>(date) : std::nullopt;
}

std::optional<int> number(std::string_view text) {
  int value = 0;
  const auto [stop, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (text.empty() || text.size() > 4 || error != std::errc{} ||
      stop != text.data() + text.size() || value < 0) {
    return std::nullopt;
  }
  return value;
}

}  // namespace

std::optional<PartialDate> parse_card_date(std::string_view text, std::string_view omitted_year) {
  text = core::trimmed(text);
  text = text.substr(0, text.find_first_of("T "));
  PartialDate date;
  std::string_view rest = text;
  if (rest.substr(0, 2) == "--") {
    rest.remove_prefix(2);
    if (rest.substr(0, 1) == "-") return std::nullopt;  // a day without a month
  } else {
    date.year = read_digits(rest, 0, 4);
    if (!date.year) return std::nullopt;
    if (rest.substr(0, 4) == omitted_year) date.year = 0;
    rest.remove_prefix(4);
    if (rest.empty()) return checked(date);
    if (rest.front() == '-') rest.remove_prefix(1);
  }
  date.month = read_digits(rest, 0, 2);
  if (!date.month) return std::nullopt;
  rest.remove_prefix(2);
  if (!rest.empty() && rest.front() == '-') rest.remove_prefix(1);
  if (rest.empty()) return checked(date);
  date.day = read_digits(rest, 0, 2);
  if (!date.day || rest.size() > 2) return std::nullopt;
  return checked(date);
}

std::optional<PartialDate> parse_typed_date(std::string_view text) {
  PartialDate date;
  std::vector<std::string> words = core::split(core::squeezed(text), ' ');
  if (words.size() == 2) {
    date.calendar = core::folded(words[1]);
    if (date.calendar != "chinese" && date.calendar != "hebrew" && date.calendar != "gregorian") {
      return std::nullopt;
    }
  } else if (words.size() != 1) {
    return std::nullopt;
  }
  if (const auto written = parse_card_date(words[0]); written && date.calendar == "gregorian") {
    return written;
  }
  const std::vector<std::string> parts = core::split(words[0], '-');
  if (parts.size() < 2 || parts.size() > 3) return std::nullopt;
  date.month = number(parts[parts.size() - 2]);
  date.day = number(parts.back());
  // A year of another calendar is none that an age could be counted from.
  if (parts.size() == 3 && date.calendar == "gregorian") date.year = number(parts[0]);
  if (!date.month || !date.day || !number(parts[0])) return std::nullopt;
  return checked(date);
}

std::string_view plain_label(std::string_view label) {
  constexpr std::string_view open = "_$!<";
  constexpr std::string_view close = ">!$_";
  label = core::trimmed(label);
  const bool is_wrapped = label.size() >= open.size() + close.size() &&
                          label.substr(0, open.size()) == open &&
                          label.substr(label.size() - close.size()) == close;
  if (!is_wrapped) return label;
  return label.substr(open.size(), label.size() - open.size() - close.size());
}

domain::CardDate labelled_date(std::string_view label, PartialDate when) {
  const std::string_view plain = plain_label(label);
  bool is_child = false;
  bool is_birthday = false;
  bool is_wedding = false;
  std::vector<std::string> others;
  for (const std::string& word : core::split(core::squeezed(plain), ' ')) {
    const std::string folded = core::folded(word.substr(0, word.find_last_not_of(":,.()") + 1));
    const std::string bare = folded.substr(std::min(folded.find_first_not_of('('), folded.size()));
    if (is_one_of(bare, child_words)) {
      is_child = true;
    } else if (is_one_of(bare, birthday_words)) {
      is_birthday = true;
    } else if (is_one_of(bare, wedding_words)) {
      is_wedding = true;
    } else if (!bare.empty()) {
      others.push_back(word);
    }
  }
  const std::string folded = core::folded(plain);
  if (is_child) return {"child", core::joined(others, " "), std::move(when)};
  if (folded.find("work") != std::string::npos) return {"work", "", std::move(when)};
  if (folded == "first order" || folded == "first purchase") {
    return {"first_order", "", std::move(when)};
  }
  if (is_wedding && others.empty()) return {"wedding", "", std::move(when)};
  if (is_birthday && others.empty()) return {"birthday", "", std::move(when)};
  return {"custom", std::string(plain), std::move(when)};
}

}  // namespace ioud::formats
