#include "core/text.hpp"
#include "detection/time_names.hpp"
#include "detection/time_pieces.hpp"

namespace ioud::detection {
namespace {

using core::add_days;
using core::Date;
using Kind = TimePiece::Kind;

TimePiece part_of_day(const Ahead& w, std::size_t count, std::string part,
                      std::optional<Date> date = std::nullopt) {
  TimePiece piece = w.piece(count, Kind::part);
  piece.part = std::move(part);
  piece.from = date;
  return piece;
}

/// "right now", "straight away". A bare "now" is more often no time than one.
std::optional<TimePiece> at_once(const Ahead& w, Date today) {
  if (one_of(w[0], {"right", "straight"}) && one_of(w[1], {"now", "away"})) return w.day(2, today);
  if (w[0] == "immediately") return w.day(1, today);
  return std::nullopt;
}

/// "every morning", "each week": how often, no day.
std::optional<TimePiece> repeated(const Ahead& w) {
  if (!one_of(w[0], {"every", "each"})) return std::nullopt;
  const std::string part = part_named(w[1]);
  if (part.empty() && !one_of(w[1], {"day", "week", "month", "weekday"})) return std::nullopt;
  TimePiece piece = part_of_day(w, 2, part);
  piece.is_recurring = true;
  piece.is_weak = true;
  return piece;
}

/// "first thing": beside a day its morning, alone the next morning; "the first thing" is no time.
std::optional<TimePiece> first_thing(const Ahead& w, Date today) {
  if (w[0] != "first" || w[1] != "thing" || one_of(w.before(), {"the", "one", "my", "a"}))
    return std::nullopt;
  TimePiece piece = part_of_day(w, 2, "morning");
  const bool closes =
      w.is_last(2) || w.word(2).is_mark || one_of(w[2], {"and", "so", "for", "with"});
  if (closes && !weekday_named(w.before()))
    piece.from = add_days(today, 1);
  else
    piece.is_weak = true;
  return piece;
}

/// "after lunch", "before work", "by close": that day, or the next for what comes early in it.
std::optional<TimePiece> around_meal(const Ahead& w, Date today) {
  if (!one_of(w[0], {"before", "after", "by"}) ||
      !one_of(w[1], {"lunch", "breakfast", "dinner", "tea", "supper", "work", "bed", "close",
                     "closing", "school"}))
    return std::nullopt;
  if (w[1] == "close" && w[2] == "of") return std::nullopt;
  std::string part = part_named(w[1]);
  if (part.empty()) part = w[0] == "after" || w[1] == "bed" ? "evening" : "morning";
  const bool is_early =
      w[1] == "breakfast" || (w[0] == "before" && one_of(w[1], {"work", "school"}));
  TimePiece piece = part_of_day(w, 2, part, add_days(today, is_early ? 1 : 0));
  piece.is_deadline = w[0] != "after";
  piece.is_weak = w[0] == "by" && !one_of(w[1], {"lunch", "close", "breakfast"});
  return piece;
}

std::optional<TimePiece> led_part(const Ahead& w, Date today) {
  if (w[0] == "at" && one_of(w[1], {"lunch", "lunchtime", "teatime", "dinnertime"}))
    return part_of_day(w, 2, "afternoon", today);
  if (one_of(w[0], {"in", "by"}) && w[1] == "the" && one_of(w[2], {"afternoon", "evening", "arvo"}))
    return part_of_day(w, 3, part_named(w[2]), today);
  if (w[0] == "by" && w[1] == "evening") return part_of_day(w, 2, "evening", today);
  return std::nullopt;
}

}  // namespace

std::optional<TimePiece> part_piece(const std::vector<Word>& words, std::size_t at,
                                    const Reckoning& base) {
  const Ahead w(words, at);
  const Date today = core::date_of(base.said);
  if (words[at].is_mark) return std::nullopt;
  auto piece = at_once(w, today);
  if (!piece) piece = repeated(w);
  if (!piece) piece = first_thing(w, today);
  if (!piece) piece = around_meal(w, today);
  if (!piece) piece = led_part(w, today);
  if (piece) return piece;
  const std::string part = part_named(w[0]);
  if (part.empty() || (w[0] == "am" && one_of(w.before(), {"i", "as", "so"}))) return std::nullopt;
  TimePiece alone = part_of_day(w, 1, part);
  alone.is_weak = true;
  return alone;
}

}  // namespace ioud::detection
