#pragma once
// The one decision of a pass: facts and the hour go in, the next ledger and the steps come out. No
// input, no output, no clock. The same ledger and facts give the same plan, so a plan that was cut
// short is simply made again.

#include <string>
#include <vector>

#include "domain/approval.hpp"
#include "domain/drafts.hpp"
#include "domain/reconcile.hpp"

namespace ioud::domain {

struct Plan {
  Ledger ledger;  ///< all that follows from the facts, the effects of the steps not yet in it
  std::vector<CalendarStep> calendar;
  std::vector<WantedDraft> drafts;
  std::vector<std::string> drafts_to_remove;  ///< ids of DraftRecords
  std::vector<DueMessage> messages;
};

Plan plan(const Ledger& ledger, const Facts& facts, const Setting& setting, core::Instant now);

/// The next instant at which a plan could differ although nothing was reported: the end of a hold,
/// a due time, the daily pass. Always after `now`.
core::Instant next_look(const Ledger& ledger, const Setting& setting, core::Instant now);

}  // namespace ioud::domain
