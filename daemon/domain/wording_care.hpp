#pragma once
// The rep's own reminders: favours to deliver, people to call, planning time, and what to know
// before a meeting. All of them are private events; still none carries an ask, a judgement or a
// price.

#include <optional>
#include <string>
#include <vector>

#include "domain/wording.hpp"

namespace ioud::domain {

/// "Meg Alvarez: drop the part off"; when it is due, and where it was said.
Text reminder_text(const Favour& favour, std::string_view contact, const core::Zone& zone);

/// Why somebody is to be called.
enum class NudgeCause {
  cadence,          ///< quiet for as long as the tier allows
  new_customer,     ///< days after the first purchase
  reply_parity,     ///< answers take longer than they did for the prospect
  contact_parity,   ///< fewer touches than in the courtship
  make_good,        ///< after a complaint
  lapse,            ///< no purchase for 1.5 times the usual gap
  reorder,          ///< the usual gap is nearly over
  after_visit,      ///< two business days after a visit
  referral_thank,   ///< thank the one who named somebody
  referral_follow,  ///< has the named person been reached?
  referral_report,  ///< tell how it went
  silence,          ///< the invitation was not answered
  review_talk,      ///< the tier's regular talk
  birthday_card,    ///< a card a week before
};

/// What a nudge may name; every part is optional but the contact.
struct Nudge {
  std::string contact;
  std::string client;
  NudgeCause cause = NudgeCause::cadence;
  std::optional<core::Date> last_contact;
  std::string last_thing;                   ///< of the last delivered favour or the last order
  std::optional<core::Date> last_thing_on;  ///< when that was
  std::string about;                        ///< the person referred, or the occasion's name
  std::optional<core::Date> about_on;       ///< the invitation's, complaint's or occasion's day
};

/// "Call Meg Alvarez: last contact 2 Mar"; what there is to say, and no ask.
Text nudge_text(const Nudge& nudge);

/// The weekly half hour.
Text planning_text();

/// What to know before a meeting with a client (M35, M31, M45).
struct MeetingPrep {
  std::string meeting;  ///< its title
  std::string contact;  ///< full name
  std::string client;   ///< name, and stage as a word
  std::string stage;
  std::vector<std::string> facts;  ///< ready lines, best first
  std::optional<core::Date> last_contact;
  std::vector<std::string> open;  ///< open_line() of each live IOU
  std::string open_question;      ///< one empty profile field as a question, or ""
};
Text meeting_prep_text(const MeetingPrep& prep);

/// One open IOU in a meeting prep: "belt of 4 Mar, for introductions (proposed)"; banked ones say
/// that goodwill is there and nothing was asked.
std::string open_line(const Favour* favour, const Iou& iou, std::string_view topic,
                      const core::Zone& zone);

}  // namespace ioud::domain
