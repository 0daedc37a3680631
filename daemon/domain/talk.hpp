#pragma once
// An IOU told as a talk: names, ask and favours gathered for the texts, and the clock of the
// client. Reads the ledger and the directory; writes nothing.

#include "domain/pass.hpp"
#include "domain/wording.hpp"

namespace ioud::domain {

/// The zone of a client's contact, from all that the facts know of it (domain/client_zone.hpp).
core::Zone zone_of(const Pass& pass, const Client& client, const std::string& contact);
core::Holidays client_holidays(const Client& client);

/// Everything the texts of this IOU's talk are made of.
Talk talk_of(const Pass& pass, const Iou& iou);

/// Names that no text about this client may hold: all other clients and their people.
std::vector<std::string> other_names(const Pass& pass, const std::string& client);
/// The addressee's and the rep's own names, which are no fault.
std::vector<std::string> own_names(const Pass& pass, const Iou& iou);

/// The clean meeting with the client as it should stand, and as its mail carries it.
CalendarItem meeting_item(const Pass& pass, const Iou& iou, const Invitation& invitation);

/// The favours of an IOU that still count, in the order they were promised.
std::vector<const Favour*> live_favours(const Ledger& ledger, const Iou& iou);

}  // namespace ioud::domain
