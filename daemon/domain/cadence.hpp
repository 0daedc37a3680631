#pragma once
// Care by the calendar (specification 5.5): who has gone quiet, who is a fresh customer, when to
// plan and what to prepare. Pure wishes and places for them; no event is made here and nothing here
// ever carries an ask.

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "core/civil_time.hpp"
#include "domain/directory.hpp"
#include "domain/meeting.hpp"
#include "domain/placement.hpp"
#include "domain/policy.hpp"
#include "domain/wording_care.hpp"

namespace ioud::domain {

/// One nudge that is wanted, not yet at an hour.
struct CareWish {
  std::string key;  ///< the same for the same reason in every pass
  std::string client;
  std::string contact;  ///< address
  NudgeCause cause = NudgeCause::cadence;
  core::Date due;                ///< the day it falls due; weekends and holidays not yet avoided
  bool entered_at_once = false;  ///< stands from now on, however far ahead, beyond the weekly limit
  std::string about;             ///< a name or a thing, for the words; "" where there is none
  /// Meetings up to this day are what the wish comes from; they do not make it needless.
  std::optional<core::Date> since = std::nullopt;
  std::optional<core::Date> on = std::nullopt;  ///< the day it is about, for the words
  friend bool operator==(const CareWish&, const CareWish&) = default;
};

/// A nudge, a prep or planning of ours where it stands now, past ones too.
struct HeldTime {
  core::Instant start;
  bool pinned = false;  ///< the rep put it there
  std::string uid;      ///< it does not get in its own way
};

/// How many days without contact the client's stage and tier allow.
int cadence_days(const Client& client, const Policy::Cadence& policy);

/// When each client was last in real contact with the rep, or was first known.
using LastContact = std::map<std::string, core::Instant>;

/// Keep-in-touch by stage and tier: due N days after the last contact. A nudge whose time passed
/// without a contact is followed by the next one N days later. Clients without a living contact,
/// and former ones beyond theirs, get none. Far-off days are wished too: care_times() shows what is
/// near.
std::vector<CareWish> cadence_wishes(const Directory& directory, const Policy::Cadence& policy,
                                     const Agenda& agenda, const LastContact& last,
                                     const std::map<std::string, HeldTime>& held);

/// Check-ins on the days after a client's first purchase; those before today are left out unless
/// one is held.
std::vector<CareWish> first_purchase_wishes(const Directory& directory,
                                            const Policy::AfterSale& policy, const Agenda& agenda,
                                            const std::map<std::string, HeldTime>& held);

/// After the newest of at least three purchases: reorder, a week before the median gap is over and
/// until it is; lapse at 1.5 times that gap.
std::vector<CareWish> purchase_rhythm_wishes(const Directory& directory,
                                             const Policy::AfterSale& policy, core::Date today);

/// The tier's regular talk: every N days from the first purchase, the next one not before today.
std::vector<CareWish> review_talk_wishes(const Directory& directory, const Policy::Cadence& policy,
                                         core::Date today);

/// Thank (1 business day), follow up (2) and report back (30 days) after somebody was named; all
/// entered at once.
std::vector<CareWish> referral_wishes(const std::string& client, const std::string& contact,
                                      const std::string& named, core::Date on,
                                      const Policy::Referrals& policy,
                                      const core::Holidays& holidays);

struct CareTime {
  CareWish wish;
  core::Instant start;
  friend bool operator==(const CareTime&, const CareTime&) = default;
};

/// Days on which a client is met: meetings in readable calendars with one of its contacts.
std::map<std::string, std::set<core::Date>> meeting_days(const Directory& directory,
                                                         const std::vector<Occurrence>& occurrences,
                                                         const core::Zone& zone);

/// Puts wishes on the calendar: the first free quarter hour from 15:30 to 16:30 (no buffer) of the
/// first business day from the due day or, overdue, from today. Shown when due within `ahead_days`;
/// left out within `skip_days` of a meeting with the client (after `since`); at most
/// `nudges_per_week` in a calendar week, most overdue first. What is held stays while it is free,
/// pinned or past; keys in `refused` (deleted, dismissed) get no time. By start.
std::vector<CareTime> care_times(const Agenda& agenda, const Policy::Cadence& policy,
                                 std::vector<CareWish> wishes,
                                 const std::map<std::string, std::set<core::Date>>& met,
                                 const std::map<std::string, HeldTime>& held,
                                 const std::set<std::string>& refused = {});

/// The planning half hour of one week.
struct PlanningTime {
  core::Date week;  ///< its Monday
  core::Instant start;
  friend bool operator==(const PlanningTime&, const PlanningTime&) = default;
};

/// This week and the following ones; weeks in `skipped` (deleted by the rep) are left out. At its
/// usual time where that is free with buffers, else at the nearest free time of that week within
/// the rep's hours (not over lunch), else on the fallback day after it, busy or not. A week whose
/// usual time has passed gets none any more unless one is held.
std::vector<PlanningTime> planning_times(const Agenda& agenda, const Policy::Planning& policy,
                                         const std::map<core::Date, HeldTime>& held,
                                         const std::set<core::Date>& skipped);

/// The private prep before a meeting with known contacts.
struct PrepTime {
  std::string key;                    ///< of the meeting: UID and instance
  std::string meeting;                ///< UID
  std::string recurrence;             ///< Occurrence::recurrence
  std::string client;                 ///< of the first contact
  std::vector<std::string> contacts;  ///< addresses of the clients' contacts among the guests
  core::Instant start;
  core::Instant meeting_start;
  bool is_in_time = false;  ///< its start is still to come: make it; else only keep it
  friend bool operator==(const PrepTime&, const PrepTime&) = default;
};

/// For meetings in readable calendars that are not over and start at most `ahead_days` from today.
std::vector<PrepTime> prep_times(const Agenda& agenda, const Policy::Prep& policy,
                                 const Directory& directory,
                                 const std::vector<Occurrence>& occurrences);

/// After the second and the third purchase: the talk that is due from a fixed day.
struct AfterSaleAsk {
  std::string key;
  std::string client;
  std::string contact;
  std::string ask;  ///< introductions or testimonial
  core::Date purchase;
  core::Date from;  ///< the first business day from day 14; search with Wish::not_before here
  friend bool operator==(const AfterSaleAsk&, const AfterSaleAsk&) = default;
};

/// Those whose day is not over; the gate is the caller's to apply.
std::vector<AfterSaleAsk> after_sale_asks(const Directory& directory,
                                          const Policy::AfterSale& policy, const Agenda& agenda);

}  // namespace ioud::domain
