#pragma once
// A source that suddenly lost much (reliability P8). What is missing is kept as it was until it
// comes back or somebody accepts the loss (`ioud accept-loss`), which lets exactly that through and
// nothing else. Marks of the ledger: "lost:<connector>/<collection>" while one waits, and
// "accepted_loss:…" from the command to the pass that takes it; each holds how many objects were
// known and a salted hash of the href of each one that is missing.

#include <set>
#include <string>
#include <vector>

#include "domain/ledger.hpp"

namespace ioud::domain {

struct Pass;

/// A collection of one configured connector, by their names in the config.
struct Place {
  std::string connector;
  std::string collection;
  friend auto operator<=>(const Place&, const Place&) = default;
};

struct Loss {
  Place place;
  std::size_t known = 0;        ///< objects that stood there before
  std::set<std::string> names;  ///< lost_name() of each one that is missing
  friend bool operator==(const Loss&, const Loss&) = default;
};

/// The mirror's name of a connector's mail, which has no name in the config.
inline constexpr const char* mail_place = "\x01mail";
/// How people name a collection: "mail", or its name in the config.
std::string shown_place(const std::string& collection);

std::string lost_name(const Ledger& ledger, std::string_view href);

/// The losses that wait to be accepted, by place.
std::vector<Loss> waiting_losses(const Ledger& ledger);

/// From now until the next pass this loss is believed.
void accept_loss(Ledger& ledger, const Loss& loss);
/// Whether all that is missing was accepted.
bool is_accepted(const Ledger& ledger, const Loss& loss);

/// Takes over what this pass found missing, with a line in the review for each new loss; an
/// acceptance ends with the pass that has looked at its place.
void note_losses(Pass& pass);

}  // namespace ioud::domain
