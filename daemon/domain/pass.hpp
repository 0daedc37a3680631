#pragma once
// What every step of the planner works on: the ledger it changes, the facts and the setting it only
// reads, and the hour. Made by the planner, lives for one call of it.

#include "domain/facts.hpp"
#include "domain/ledger.hpp"
#include "domain/setting.hpp"

namespace ioud::domain {

struct Pass {
  Ledger& ledger;
  const Facts& facts;
  const Setting& setting;
  core::Instant now;

  const Policy& policy() const { return setting.policy; }
  const core::Zone& zone() const { return setting.rep.zone; }
  core::Date today() const { return core::date_in(zone(), now); }
  core::Date day(core::Instant at) const { return core::date_in(zone(), at); }
};

}  // namespace ioud::domain
