#pragma once
// Monday to Friday without holidays: counting such days, and counting the hours worked between two
// instants. Whose holidays and whose hours is the caller's business; nothing here knows a country.

#include <chrono>
#include <vector>

#include "core/civil_time.hpp"

namespace ioud::core {

/// Dates on which nobody works. A plain set; weekends need not be listed.
class Holidays {
 public:
  Holidays() = default;
  explicit Holidays(std::vector<Date> dates);
  bool contains(Date date) const;

 private:
  std::vector<Date> dates_;  ///< sorted
};

bool is_business_day(Date date, const Holidays& holidays);
/// The date itself where it is a business day, else the next one.
Date business_day_from(Date date, const Holidays& holidays);
/// The first business day after the date.
Date next_business_day(Date date, const Holidays& holidays);
/// `count` business days after the date (before it for a negative count). 0 gives the date itself,
/// a weekend too; 1 from a Saturday is Monday.
Date add_business_days(Date date, int count, const Holidays& holidays);
/// The number of business days in (from, to]; negative where `to` lies before `from`. Monday to
/// Tuesday is 1, Friday to Monday is 1, Friday to Sunday is 0.
int business_days_between(Date from, Date to, const Holidays& holidays);

/// The hours of a working day, on the wall clock.
struct WorkHours {
  TimeOfDay from{9, 0};
  TimeOfDay to{17, 0};
};

/// How long somebody in that zone was at work between the two instants; 0 where `to` is not after
/// `from`. A mail of Sunday answered Monday at 10:00 took one hour.
std::chrono::seconds business_time_between(Instant from, Instant to, const Zone& zone,
                                           WorkHours hours, const Holidays& holidays);

}  // namespace ioud::core
