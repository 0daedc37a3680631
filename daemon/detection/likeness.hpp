#pragma once
// When two tellings are about one favour, and how the fuller completes the thinner. Used within a
// passage and across the mails of a thread.

#include "domain/finding.hpp"

namespace ioud::detection {

/// True where the words alone do not say what is meant: "Will do!", "I'll drop it off", "call her".
bool is_thin(const domain::Slots& slots);

/// A yes with nothing of its own: "Will do!", "Me.".
bool is_bare(const domain::Slots& slots);

/// Takes the other's time where these slots have none.
void fill_time(domain::Slots& slots, const domain::Slots& other);

/// Takes from the other what these slots leave open; act and thing go together.
void fill(domain::Slots& slots, const domain::Slots& other);

/// Completes the words of a yes, or of an answer, from what they answer.
void complete(domain::Slots& slots, const domain::Slots& asked);

}  // namespace ioud::detection
