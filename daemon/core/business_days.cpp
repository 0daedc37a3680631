#include "core/business_days.hpp"

#include <algorithm>

namespace ioud::core {

using std::chrono::seconds;

Holidays::Holidays(std::vector<Date> dates) : dates_(std::move(dates)) {
  std::sort(dates_.begin(), dates_.end());
}

bool Holidays::contains(Date date) const {
  return std::binary_search(dates_.begin(), dates_.end(), date);
}

bool is_business_day(Date date, const Holidays& holidays) {
  return !is_weekend(date) && !holidays.contains(date);
}

Date business_day_from(Date date, const Holidays& holidays) {
  while (!is_business_day(date, holidays)) date = add_days(date, 1);
  return date;
}

Date next_business_day(Date date, const Holidays& holidays) {
  return business_day_from(add_days(date, 1), holidays);
}

Date add_business_days(Date date, int count, const Holidays& holidays) {
  const int step = count < 0 ? -1 : 1;
  for (int left = count * step; left > 0; --left) {
    do date = add_days(date, step);
    while (!is_business_day(date, holidays));
  }
  return date;
}

int business_days_between(Date from, Date to, const Holidays& holidays) {
  if (to < from) return -business_days_between(to, from, holidays);
  int count = 0;
  for (Date date = add_days(from, 1); date <= to; date = add_days(date, 1))
    count += is_business_day(date, holidays) ? 1 : 0;
  return count;
}

seconds business_time_between(Instant from, Instant to, const Zone& zone, WorkHours hours,
                              const Holidays& holidays) {
  seconds worked{0};
  if (to <= from) return worked;
  const Date last = date_in(zone, to);
  for (Date date = date_in(zone, from); date <= last; date = add_days(date, 1)) {
    if (!is_business_day(date, holidays)) continue;
    const Instant begin = std::max(from, instant_in(zone, date, hours.from));
    const Instant end = std::min(to, instant_in(zone, date, hours.to));
    if (begin < end) worked += end - begin;
  }
  return worked;
}

}  // namespace ioud::core
