#pragma once
// The one door to detection: a passage of text with what is known around it goes in, findings and
// signals come out. Keeps no text. Which mails and meetings may be read at all is decided before.

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/civil_time.hpp"
#include "core/lazy.hpp"
#include "detection/scoring.hpp"
#include "domain/catalogue.hpp"
#include "domain/finding.hpp"

namespace ioud::detection {

/// A text by one author, or notes with several speakers. UTF-8, plain text.
struct Passage {
  Context context = Context::mail_sent;
  Author author = Author::rep;  ///< of untagged lines; for notes and events usually the rep
  std::string text;
  std::string rep;     ///< the rep's name
  std::string client;  ///< name of the contact who writes or is written to
  std::string client_org;
  std::vector<std::string> client_people;  ///< other contacts' names; attendees of the client
  std::vector<std::string> others;         ///< attendees who are neither, such as colleagues
  core::LocalTime base;  ///< when it was written (notes: the meeting's start), the rep's zone
  std::string locale = "en-GB";   ///< of the rep, for 3/12
  std::vector<std::string> prev;  ///< earlier in the thread, oldest first, "Meg: …" tagged
  std::string closing;            ///< a block that repeats at the end of this author's mails, or ""
};

struct Thresholds {
  /// Below these nothing is reported; the first holds for the rep's offers too.
  double rep_favour = 0.50;
  double client_iou = 0.50;
  double favour_request = 0.50;
  std::size_t excerpt_chars = 160;  ///< longest quote
};

/// Compiles its patterns once, for the first text; reading may be done from several threads.
class Detector {
 public:
  /// `scorer` must outlive the detector; the catalogue is copied from.
  Detector(const SentenceScorer& scorer, const domain::Catalogue& catalogue,
           Thresholds thresholds = {});
  ~Detector();
  Detector(const Detector&) = delete;
  Detector& operator=(const Detector&) = delete;

  /// Findings of the labels rep_favour, client_iou and favour_request, and of rep_question where
  /// the rep offers something ("Shall I bring one?"), with the signals. Sentences that were joined
  /// are one finding. Never fails: text that cannot be read gives nothing.
  domain::Reading read(const Passage& passage) const;

 private:
  struct Parts;
  core::Lazy<Parts> parts_;
};

}  // namespace ioud::detection
