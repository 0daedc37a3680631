#pragma once
// The port between reading and weighing: a sentence with what is known around it goes in, a label
// with its probability and reasons comes out. Whoever scores keeps no text and decides nothing
// else.

#include <array>
#include <cstddef>
#include <string>
#include <vector>

#include "detection/zones.hpp"
#include "domain/finding.hpp"

namespace ioud::detection {

inline constexpr std::size_t label_count = 13;

/// Where a sentence stands.
enum class Context { mail_sent, mail_received, event_description, notes, transcript };

/// Who said it: the rep, the client (any contact of theirs), or somebody else.
enum class Author { rep, client, other };

/// The names as in the contract: "mail_sent", "client", "rep_favour".
const char* name(Context context);
const char* name(Author author);
const char* name(domain::Label label);

/// One sentence, UTF-8, unwrapped, without bullet or speaker tag, with its surroundings.
struct Sentence {
  std::string text;
  Context context = Context::mail_sent;
  Author author = Author::rep;
  Zone zone = Zone::fresh;
  std::string rep;  ///< names, "" when unknown
  std::string client;
  std::string client_org;
  std::vector<std::string> prev;  ///< what stood before it in the thread, oldest first
};

struct Score {
  domain::Label label = domain::Label::other;
  double probability = 0;                 ///< of `label`, calibrated, 0 to 1
  std::array<double, label_count> all{};  ///< of every label, in the order of domain::Label
  std::vector<std::string> reasons;       ///< in a rep's language, weightiest first
};

class Recall;

class SentenceScorer {
 public:
  virtual ~SentenceScorer() = default;
  /// The same sentence always gets the same score; `recall` only saves work where sentences of one
  /// passage come in their order.
  virtual Score score(const Sentence& sentence, Recall& recall) const = 0;
  /// A sentence by itself.
  Score score(const Sentence& sentence) const;
};

}  // namespace ioud::detection
