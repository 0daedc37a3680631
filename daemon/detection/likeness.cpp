#include "detection/likeness.hpp"

#include "detection/verbs.hpp"

namespace ioud::detection {

bool is_thin(const domain::Slots& slots) {
  if (!slots.thing.empty()) return false;
  const std::string verb = slots.lemma.substr(0, slots.lemma.find(' '));
  return slots.lemma.size() <= verb.size() + 5 || slots.shape == verb;
}

bool is_bare(const domain::Slots& slots) {
  const std::string verb = slots.lemma.substr(0, slots.lemma.find(' '));
  return !is_help_verb(verb) || slots.lemma == "do";
}

void fill_time(domain::Slots& slots, const domain::Slots& other) {
  if (slots.due || !other.due) return;
  slots.due = other.due;
  slots.until = other.until;
  slots.time_text = other.time_text;
  slots.time_value = other.time_value;
  if (slots.day_part.empty()) slots.day_part = other.day_part;
}

void fill(domain::Slots& slots, const domain::Slots& other) {
  fill_time(slots, other);
  if (slots.thing.empty() && !other.thing.empty()) {
    slots.what = other.what;
    slots.thing = other.thing;
    slots.lemma = other.lemma;
  }
  if (slots.kind.empty()) slots.kind = other.kind;
  if (slots.category.empty()) slots.category = other.category;
  if (slots.beneficiary.empty()) slots.beneficiary = other.beneficiary;
  if (slots.day_part.empty()) slots.day_part = other.day_part;
  if (!slots.effort_minutes) slots.effort_minutes = other.effort_minutes;
  slots.is_visit = slots.is_visit || other.is_visit;
  slots.at_delivery = slots.at_delivery || other.at_delivery;
}

void complete(domain::Slots& slots, const domain::Slots& asked) {
  if (!is_thin(slots) && !is_bare(slots)) {
    fill_time(slots, asked);
    if (slots.kind.empty()) slots.kind = asked.kind;
    if (slots.beneficiary.empty()) slots.beneficiary = asked.beneficiary;
    return;
  }
  const bool bare = is_bare(slots);
  if (bare) {
    slots.kind.clear();
    slots.category.clear();
    slots.is_visit = false;
  }
  slots.thing.clear();
  fill(slots, asked);
  if (bare && slots.thing.empty()) {
    slots.what = asked.what;
    slots.lemma = asked.lemma;
  }
}

}  // namespace ioud::detection
