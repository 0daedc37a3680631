#pragma once
// Calendar answers that come by mail (iMIP, RFC 5546 3.2.3, RFC 6047): the client's to the meeting,
// the rep's own to a sit-down. Matched by UID, sender and SEQUENCE; an answer to something else
// changes nothing, nor does one of somebody else, which the weekly review tells of.

#include "domain/pass.hpp"

namespace ioud::domain {

/// Acts on one answer. Answers to nothing of ours, of strangers or of an older SEQUENCE do nothing.
void take_calendar_answer(Pass& pass, const Mail& mail);

}  // namespace ioud::domain
