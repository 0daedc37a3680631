#pragma once
// What should stand in our calendars, as it follows from the ledger and the facts: sit-downs,
// preps, reminders, client meetings, nudges, planning, occasions (specification 4.5). Says what;
// reconcile compares it with what stands.

#include <string>
#include <vector>

#include "domain/pass.hpp"

namespace ioud::domain {

struct WantedItem {
  CalendarItem item;
  std::string calendar;  ///< name in the config
  std::string owner;     ///< what ItemRecord::owner will hold
};

/// Items that follow from IOUs and favours.
std::vector<WantedItem> iou_items(const Pass& pass);

/// Whether a record whose item is not wanted any more is taken out of the calendar. What has passed
/// stays as history, unless the rep or the client ended it.
bool is_to_go(const Pass& pass, const ItemRecord& record);

/// A private, transparent item of 15 minutes or so, as preps, reminders and nudges are.
CalendarItem private_item(std::string uid, Role role, core::Instant start, int minutes);

}  // namespace ioud::domain
