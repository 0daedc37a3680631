#pragma once
// What the rep's answers taught (specification 2.2): counters for a phrase shape, a favour kind and
// a client, never a word of a mail. Too many "no" and such a finding goes to the review only.

#include <string_view>
#include <vector>

#include "domain/pass.hpp"

namespace ioud::domain {

/// The negative answers to this shape, kind and client that count now: from the policy's number on
/// a finding goes to the review only.
double negatives(const Pass& pass, const Favour& favour);

/// Notes the rep's answer to the favours of an IOU: a weight above 0 for no, below for yes.
/// `gesture` tells the answers to one favour apart; the same one counts once.
void note_verdict(Pass& pass, const Iou& iou, double weight, std::string_view gesture);
/// Notes an "ok" in the review, which outweighs every no before it.
void note_ok(Pass& pass, const Favour& favour);

/// What was learned of one way of speaking to one client.
struct Lesson {
  std::string client;
  std::string kind;
  std::string shape;       ///< salted hash
  int answers = 0;         ///< within the window of the policy
  double negatives = 0;    ///< what of them counts
  core::Instant last;      ///< the latest answer
  bool in_review = false;  ///< such findings go to the review only
};

/// By client, kind and shape. Answers that the window left behind are not among them.
std::vector<Lesson> lessons(const Ledger& ledger, const Policy::Detector& policy,
                            core::Instant now);

}  // namespace ioud::domain
