#include <array>

#include "core/text.hpp"
#include "detection/slots.hpp"
#include "detection/verbs.hpp"
#include "detection/words.hpp"

namespace ioud::detection {
namespace {

/// A category and the words, in base form, that speak for it. The first that is met wins, so what
/// is told apart most surely stands first.
struct Category {
  const char* name;
  WordSet words;
};

const std::array<Category, 19>& categories() {
  static const std::array<Category, 19> all = {{
      {"testimonial", WordSet("testimonial review-online google trustpilot star stars linkedin "
                              "insta instagram facebook blurb casestudy endorsement")},
      {"reference", WordSet("reference referee vouch")},
      {"referral", WordSet("referral recommend recommending mention word name tell telling")},
      {"intro", WordSet("introduce intro introduction connect touch acquaint")},
      {"waiver", WordSet("waive waiver uncharged discount refund cancel")},
      {"loan", WordSet("lend loan borrow loaner spare demo keep until till")},
      {"sample", WordSet("sample swatch tester trial taster mockup")},
      {"gift", WordSet("gift treat lunch dinner drink beer pint ticket tickets cake bottle coffee "
                       "pizza breakfast present")},
      {"training",
       WordSet("train teach show coach walk explain guide training refresher walkthrough "
               "lesson mentor shadow demo-for")},
      {"review", WordSet("check look read proofread proof mark glance review eye audit inspect "
                         "measure second-opinion")},
      {"document", WordSet("write draft document report spreadsheet list plan sketch sheet guide "
                           "checklist translate summary presentation slide letter form policy "
                           "drawing artwork template spend export breakdown")},
      {"order", WordSet("order buy purchase sign contract renew po")},
      {"meeting", WordSet("meet meeting sit talk call coffee slot seat table panel")},
      {"errand", WordSet("drop bring fetch collect pick grab haul run drive carry take get swing")},
      {"delivery", WordSet("deliver truck van courier ship post overnight express mail")},
      {"support", WordSet("fix reset set install configure sort mend repair patch help import "
                          "calibrate wire chase adjust")},
      {"info", WordSet("send share forward tell info number contact detail find data")},
      {"weekend", WordSet("weekend saturday sunday")},
      {"personal", WordSet("son daughter wife husband mother father family kid nephew niece")},
  }};
  return all;
}

/// The ones that come from a client, and from a rep, hardly mix.
bool may_be(std::string_view category, domain::Label label) {
  const bool client = label == domain::Label::client_iou;
  if (one_of(category, {"testimonial", "referral", "order"})) return client;
  if (one_of(category, {"training", "review", "waiver"})) return !client;
  return true;
}

}  // namespace

std::string category_of(std::string_view sentence, domain::Label label) {
  const std::vector<Word> words = words_of(sentence, 120);
  for (const Category& category : categories()) {
    if (!may_be(category.name, label)) continue;
    for (const Word& word : words)
      if (category.words.has(word.text) || category.words.has(verb_base(word.text)))
        return category.name;
  }
  return "";
}

}  // namespace ioud::detection
