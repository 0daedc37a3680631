// Foreign words through all of reading: zones, sentences, times, slots, signals, captures. The
// scorer weighs every sentence and calls it a favour or a request all the same, so that nothing is
// skipped.

#include <cstddef>
#include <cstdint>
#include <string>

#include "detection/capture.hpp"
#include "detection/detector.hpp"
#include "detection/joiner.hpp"
#include "detection/scorer.hpp"
#include "domain/mail.hpp"

namespace {

using namespace ioud;

class EagerScorer final : public detection::SentenceScorer {
 public:
  detection::Score score(const detection::Sentence& sentence,
                         detection::Recall& recall) const override {
    detection::Score made = learned_.score(sentence, recall);
    if (!(made.probability >= 0 && made.probability <= 1)) __builtin_trap();
    made.label = sentence.author == detection::Author::rep ? domain::Label::rep_favour
                                                           : domain::Label::favour_request;
    made.probability = 0.9;
    return made;
  }

 private:
  detection::LearnedScorer learned_ = detection::LearnedScorer::built_in().value();
};

void check(const domain::Reading& reading, std::size_t size) {
  for (const domain::Finding& finding : reading.findings)
    if (finding.begin > finding.end || finding.end > size || finding.quote.size() > 4 * 161)
      __builtin_trap();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const EagerScorer scorer;
  static const domain::Catalogue catalogue = domain::Catalogue::standard();
  static const detection::Detector detector(scorer, catalogue);
  static const detection::CaptureReader captures(catalogue);
  if (size == 0) return 0;
  detection::Passage passage;
  passage.context = static_cast<detection::Context>(data[0] % 5);
  passage.author = data[0] % 2 == 0 ? detection::Author::rep : detection::Author::client;
  passage.text.assign(reinterpret_cast<const char*>(data) + 1, size - 1);
  passage.rep = "Tom Reyes";
  passage.client = "Meg Alvarez";
  passage.base = core::at(*core::parse_date("2026-03-04"), core::TimeOfDay(14, 25));
  domain::Mail first;
  first.reading = detector.read(passage);
  check(first.reading, passage.text.size());
  domain::Mail second;
  passage.author = detection::Author::rep;
  second.reading = detector.read(passage);
  check(second.reading, passage.text.size());
  detection::join_thread({{&first, false}, {&second, true}});
  detection::Reckoning made;
  made.said = passage.base;
  captures.read("favour Meg: " + passage.text, {{"Meg", "Acme", "meg@acme.test"}}, made);
  captures.read(passage.text, {{"Meg", "Acme", "meg@acme.test"}}, made);
  return 0;
}
