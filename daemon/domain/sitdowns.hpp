#pragma once
// From favour to sit-down: opens an IOU for every favour, lets later favours join it, chooses the
// ask when the time has come, finds the place and keeps it while it can be kept (specification
// 4.2, 5.1, 5.2, 5.4). Works on the ledger alone; the calendar follows from it.

#include "domain/pass.hpp"
#include "domain/placement.hpp"

namespace ioud::domain {

/// Every favour belongs to exactly one IOU (I1): joins the client's unapproved sit-down, or opens.
void open_ious(Pass& pass);

/// Banked IOUs whose time has come get an ask and a place, as far as the day's limit goes.
void propose(Pass& pass, Agenda& agenda);

/// Sit-downs that became impossible find a new place, those that passed untouched roll forward, a
/// counted thanks pulls forward, and a whole business day saved is taken.
void keep_sitdowns(Pass& pass, Agenda& agenda);

/// Opens an IOU without favours (referral, after-sale) at a place of its own, proposed.
void open_favourless(Pass& pass, Agenda& agenda, const Client& client, const std::string& ask,
                     const std::string& cause, const std::string& key, const Wish& wish);

/// Minutes of a talk: the ask's, and some more for each further favour of a bundle.
int talk_minutes(const Policy& policy, const std::string& ask, std::size_t favours);

std::string sitdown_uid(const std::string& iou);

}  // namespace ioud::domain
