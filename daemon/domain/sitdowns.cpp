#include "domain/sitdowns.hpp"

#include <algorithm>
#include <array>

#include "core/ident.hpp"
#include "domain/agenda.hpp"
#include "domain/approval.hpp"
#include "domain/ask.hpp"
#include "domain/favours.hpp"
#include "domain/iou.hpp"
#include "domain/review_book.hpp"
#include "domain/talk.hpp"
#include "domain/trust.hpp"
#include "domain/wording_review.hpp"

namespace ioud::domain {
namespace {

constexpr std::array on_the_spot_asks = {"introductions", "network", "ordering_schedule",
                                         "feedback"};
constexpr std::string_view favour_cause = "favour";
constexpr std::string_view rolled_cause = "rolled out";

const AskKind* ask_kind(const Pass& pass, const std::string& ask) {
  const auto found = pass.policy().catalogue.asks.find(ask);
  return found == pass.policy().catalogue.asks.end() ? nullptr : &found->second;
}

bool is_banked_first(const Pass& pass, const Favour& favour) {
  const auto kind = pass.policy().catalogue.favours.find(favour.kind);
  return kind != pass.policy().catalogue.favours.end() && kind->second.banked_first;
}

bool is_never_free(const Pass& pass, const Favour& favour) {
  const auto kind = pass.policy().catalogue.favours.find(favour.kind);
  return kind != pass.policy().catalogue.favours.end() && !kind->second.free;
}

std::string client_of(const Pass& pass, const Iou& iou) {
  const Client* client = pass.facts.directory.client(iou.client);
  return client == nullptr ? std::string() : client->name;
}

std::string place_of_event(const Pass& pass, const std::string& uid) {
  if (uid.empty()) return {};
  for (const Occurrence& one : pass.facts.occurrences)
    if (one.uid == uid) return one.location;
  return {};
}

Wish wish_for(const Pass& pass, const Iou& iou, int minutes) {
  Wish wish;
  wish.minutes = minutes;
  wish.delivery = delivery_of(pass.ledger, iou, pass.zone());
  wish.not_before = iou.not_before;
  wish.uid = sitdown_uid(iou.id);
  return wish;
}

/// Everything that decides where one IOU's talk may stand.
struct Seat {
  const Pass& pass;
  const Agenda& agenda;
  const Client& client;
  const Iou& iou;
  std::vector<const Favour*> favours;
  int minutes;
};

std::optional<Sitdown> at_delivery_seat(const Seat& seat, bool is_spoken) {
  if (seat.favours.size() != 1) return std::nullopt;
  const Favour& favour = *seat.favours.front();
  if (!favour.due.time || favour.delivered_at) return std::nullopt;
  const bool is_announced =
      favour.at_delivery || (favour.spoken && favour.spoken->at_delivery) ||
      seat.client.travel_minutes >= seat.pass.policy().placement.visit_travel_minutes;
  const bool is_small_ask = std::find(on_the_spot_asks.begin(), on_the_spot_asks.end(),
                                      seat.iou.ask) != on_the_spot_asks.end();
  const bool may = is_spoken ? (favour.spoken && favour.spoken->at_delivery)
                             : (favour.is_visit && is_announced && is_small_ask);
  if (!may) return std::nullopt;
  const core::Instant arrival = due_instant(favour.due, seat.pass.zone());
  if (arrival <= seat.pass.now) return std::nullopt;
  const bool needs_its_time = seat.iou.ask == "ordering_schedule" || is_spoken;
  const auto visit = at_delivery(seat.agenda, arrival,
                                 needs_its_time ? std::optional<int>(seat.minutes) : std::nullopt);
  if (!visit) return std::nullopt;
  Sitdown sitdown;
  sitdown.start = visit->start;
  sitdown.minutes = visit->minutes;
  sitdown.where = Where::at_delivery;
  sitdown.place = place_of_event(seat.pass, favour.own_event);
  return sitdown;
}

std::optional<Sitdown> piggyback_seat(const Seat& seat) {
  if (seat.iou.not_before) return std::nullopt;
  const auto ride = piggy_back(
      seat.agenda, seat.pass.facts.occurrences, seat.client.contacts, seat.client.name,
      delivery_of(seat.pass.ledger, seat.iou, seat.pass.zone()), sitdown_uid(seat.iou.id));
  if (!ride) return std::nullopt;
  Sitdown sitdown;
  sitdown.start = ride->start;
  sitdown.minutes = ride->minutes;
  sitdown.where = Where::piggyback;
  sitdown.host = ride->host;
  sitdown.place = ride->place;
  return sitdown;
}

std::optional<Sitdown> searched_seat(const Seat& seat, const Wish& wish) {
  const Counterpart with = counterpart_of(seat.pass, seat.client, seat.iou.contact);
  const auto slot = find_slot(seat.agenda, with, wish);
  if (!slot) return std::nullopt;
  Sitdown sitdown;
  sitdown.start = slot->start;
  sitdown.minutes = wish.minutes;
  sitdown.is_wide = slot->is_wide;
  return sitdown;
}

/// Specification 5.1: the rep's own place, at delivery, piggy-back, next morning.
std::optional<Sitdown> find_seat(const Seat& seat) {
  const Favour* spoken = nullptr;
  for (const Favour* favour : seat.favours)
    if (favour->spoken) spoken = favour;
  if (auto visit = at_delivery_seat(seat, spoken != nullptr)) return visit;
  Wish wish = wish_for(seat.pass, seat.iou, seat.minutes);
  if (spoken != nullptr) {
    wish.needs_notice = false;
    wish.on = spoken->spoken->day;
    auto sitdown = searched_seat(seat, wish);
    if (sitdown) sitdown->where = Where::spoken;
    return sitdown;
  }
  if (auto ride = piggyback_seat(seat)) return ride;
  return searched_seat(seat, wish);
}

void sit(Pass& pass, Agenda& agenda, Iou& iou, Sitdown found) {
  found.uid = sitdown_uid(iou.id);
  if (iou.sitdown) {
    found.moves = iou.sitdown->moves;
    found.rolls = iou.sitdown->rolls;
    found.pulled_forward = iou.sitdown->pulled_forward;
  }
  iou.sitdown = found;
  agenda.book({found.uid, client_of(pass, iou), found.start}, found.minutes, found.place);
}

Seat seat_of(const Pass& pass, const Agenda& agenda, const Client& client, const Iou& iou) {
  std::vector<const Favour*> favours = live_favours(pass.ledger, iou);
  const int minutes = talk_minutes(pass.policy(), iou.ask, favours.size());
  return {pass, agenda, client, iou, std::move(favours), minutes};
}

int proposed_today(const Pass& pass) {
  int count = 0;
  for (const auto& [id, iou] : pass.ledger.ious) {
    const auto first = std::find_if(iou.history.begin(), iou.history.end(), [](const Change& one) {
      return one.state == name(IouState::proposed);
    });
    if (first != iou.history.end() && pass.day(first->at) == pass.today()) ++count;
  }
  return count;
}

/// Whether a further favour can still join: the sit-down is not approved, or not placed yet.
bool is_joinable(const Pass& pass, const Iou& iou) {
  if (iou.cause != favour_cause) return false;
  if (iou.state == IouState::banked && iou.opened == pass.now && !iou.sitdown) {
    const auto favours = live_favours(pass.ledger, iou);
    return std::none_of(favours.begin(), favours.end(), [&](const Favour* one) {
      return one->spoken || one->at_delivery || is_banked_first(pass, *one) ||
             is_never_free(pass, *one);
    });
  }
  return iou.state == IouState::proposed && iou.sitdown &&
         (iou.sitdown->where == Where::search || iou.sitdown->where == Where::pinned) &&
         !has_open_approval(pass.ledger, iou.id) && !is_drafted(pass.ledger, iou);
}

/// The client's sit-down that a further favour can still join, or nullptr.
Iou* joinable(Pass& pass, const Favour& favour) {
  if (favour.at_delivery) return nullptr;
  for (auto& [id, iou] : pass.ledger.ious)
    if (iou.client == favour.client && iou.contact == favour.debtor && is_joinable(pass, iou))
      return &iou;
  return nullptr;
}

void join(Pass& pass, Iou& iou, const Favour& favour) {
  iou.favours.push_back(favour.id);
  iou.history.push_back({pass.now, name(iou.state), "another favour joined"});
  if (!iou.sitdown) return;
  iou.sitdown->minutes =
      talk_minutes(pass.policy(), iou.ask, live_favours(pass.ledger, iou).size());
}

/// Whether a banked IOU's time has come (specification 4.2, first line).
bool is_ripe(const Pass& pass, const Iou& iou) {
  if (iou.cause != favour_cause) return false;
  if (iou.not_before && *iou.not_before > pass.now && !iou.sitdown) return true;
  const auto favours = live_favours(pass.ledger, iou);
  if (favours.empty()) return false;
  for (const Favour* favour : favours) {
    if (is_never_free(pass, *favour)) return false;
    if (!is_banked_first(pass, *favour)) continue;
    if (favour->state != FavourState::delivered) return false;
    const core::Date ripe =
        core::add_business_days(pass.day(*favour->delivered_at - std::chrono::seconds{1}),
                                pass.policy().placement.banked_days, pass.setting.holidays);
    if (pass.today() < ripe) return false;
  }
  return true;
}

std::string ask_for(const Pass& pass, const Iou& iou, const AskCase& of) {
  for (const Favour* favour : of.favours) {
    if (favour->spoken) return favour->spoken->ask;
    if (!favour->asked_for.empty() && ask_kind(pass, favour->asked_for) != nullptr &&
        gate(pass, of, favour->asked_for).empty())
      return favour->asked_for;
  }
  return choose_ask(pass, {of.client, of.contact, of.favours, iou.id});
}

void offer_spoken(Pass& pass, Iou& iou) {
  for (const Favour* favour : live_favours(pass.ledger, iou))
    if (favour->spoken && move_on(iou, IouState::offered, pass.now, "the rep said it himself"))
      ask_was_made(pass.ledger, iou, pass.now, pass.policy().trust);
}

void propose_one(Pass& pass, Agenda& agenda, Iou& iou, int& shown) {
  const Client* client = pass.facts.directory.client(iou.client);
  if (client == nullptr || !is_ripe(pass, iou)) return;
  if (iou.invitation && !iou.invitation->cancelled) {
    if (has_open_approval(pass.ledger, iou.id, "CANCEL")) return;  // one meeting after the other
    iou.invitation->cancelled = true;
    iou.proposed_again = true;
  }
  const auto favours = live_favours(pass.ledger, iou);
  const bool is_spoken = std::any_of(favours.begin(), favours.end(),
                                     [](const Favour* one) { return one->spoken.has_value(); });
  const std::string ask = ask_for(pass, iou, {client, iou.contact, favours, iou.id});
  if (ask.empty()) return;
  if (!is_spoken && shown >= pass.policy().limits.proposals_per_day &&
      !pass.ledger.marks.contains("shown:" + iou.id)) {
    add_review_line(pass, "later", iou.id, iou.client,
                    later_line(contact_name(pass, iou.contact), *favours.front()));
    iou.cause = "one too many that day";
    return;
  }
  iou.ask = ask;
  const auto found = find_seat(seat_of(pass, agenda, *client, iou));
  if (!found) {
    const AskKind* kind = ask_kind(pass, ask);
    add_review_line(
        pass, "no_slot", iou.id, iou.client,
        no_slot_line(contact_name(pass, iou.contact), kind == nullptr ? ask : kind->topic,
                     pass.policy().placement.wide_window_days));
    iou.ask.clear();
    return;
  }
  sit(pass, agenda, iou, *found);
  move_on(iou, IouState::proposed, pass.now, "paired with an ask");
  offer_spoken(pass, iou);
  ++shown;
}

void roll(Pass& pass, Agenda& agenda, const Client& client, Iou& iou) {
  Sitdown& sitdown = *iou.sitdown;
  Wish wish = wish_for(pass, iou, sitdown.minutes);
  const auto found = sitdown.rolls < pass.policy().placement.rolls
                         ? searched_seat(seat_of(pass, agenda, client, iou), wish)
                         : std::nullopt;
  if (found) {
    ++sitdown.rolls;
    sit(pass, agenda, iou, *found);
    return;
  }
  const AskKind* kind = ask_kind(pass, iou.ask);
  add_review_line(pass, "rolled", iou.id, iou.client,
                  rolled_line(contact_name(pass, iou.contact),
                              kind == nullptr ? iou.ask : kind->topic, sitdown.rolls));
  iou.cause = rolled_cause;
  move_on(iou, IouState::banked, pass.now, "its time passed untouched");
}

void replace(Pass& pass, Agenda& agenda, const Client& client, Iou& iou) {
  const auto found = find_seat(seat_of(pass, agenda, client, iou));
  call_off(pass.ledger, iou.id);
  if (found) {
    sit(pass, agenda, iou, *found);
    return;
  }
  iou.sitdown.reset();
  if (iou.state == IouState::proposed)
    move_on(iou, IouState::banked, pass.now, "no time is free for it");
}

bool is_possible(const Pass& pass, const Agenda& agenda, const Client& client, const Iou& iou) {
  const Sitdown& sitdown = *iou.sitdown;
  const auto delivery = delivery_of(pass.ledger, iou, pass.zone());
  if (delivery && sitdown.where != Where::pinned &&
      pass.day(sitdown.start) < pass.day(*delivery - std::chrono::seconds{1}))
    return false;
  if (iou.not_before && sitdown.start < *iou.not_before) return false;
  switch (sitdown.where) {
    case Where::pinned:
    case Where::spoken:
      return true;
    case Where::at_delivery: {
      const auto seat = at_delivery_seat(seat_of(pass, agenda, client, iou), false);
      return !seat || seat->start == sitdown.start;
    }
    case Where::piggyback: {
      const auto seat = piggyback_seat(seat_of(pass, agenda, client, iou));
      return seat && seat->host == sitdown.host && seat->start == sitdown.start;
    }
    case Where::search:
      return is_still_possible(agenda, counterpart_of(pass, client, iou.contact),
                               wish_for(pass, iou, sitdown.minutes),
                               {sitdown.start, sitdown.is_wide});
  }
  return true;
}

/// Takes a better place where a thanks or a freed day offers one.
void improve(Pass& pass, Agenda& agenda, const Client& client, Iou& iou) {
  Sitdown& sitdown = *iou.sitdown;
  if (sitdown.where != Where::search || has_open_approval(pass.ledger, iou.id) ||
      is_drafted(pass.ledger, iou))
    return;
  const std::string thanked = "thanks:" + iou.id;
  const bool is_thanked = pass.ledger.marks.erase(thanked) > 0 && !sitdown.pulled_forward;
  Wish wish = wish_for(pass, iou, sitdown.minutes);
  if (is_thanked) wish.window_days = pass.policy().placement.thanks_days;
  const auto found = searched_seat(seat_of(pass, agenda, client, iou), wish);
  if (!found || found->start >= sitdown.start) return;
  const bool saves_a_day =
      core::business_days_between(pass.day(found->start), pass.day(sitdown.start),
                                  pass.setting.holidays) >= 1;
  if (is_thanked && saves_a_day) {
    sitdown.pulled_forward = true;
    sit(pass, agenda, iou, *found);
  } else if (is_worth_moving(agenda, sitdown.start, found->start, sitdown.moves)) {
    ++sitdown.moves;
    sit(pass, agenda, iou, *found);
  }
}

void keep_one(Pass& pass, Agenda& agenda, Iou& iou) {
  const Client* client = pass.facts.directory.client(iou.client);
  if (client == nullptr || !iou.sitdown || !is_live(iou.state)) return;
  if (iou.invitation && !iou.invitation->cancelled) return;
  const Sitdown& sitdown = *iou.sitdown;
  const bool is_past = sitdown.start + core::Minutes{sitdown.minutes} <= pass.now;
  if (iou.state == IouState::proposed && is_past) {
    if (is_drafted(pass.ledger, iou))
      move_on(iou, IouState::kept, pass.now, "accepted, and its time came");
    else if (sitdown.where != Where::pinned)
      roll(pass, agenda, *client, iou);
    return;
  }
  if (is_past || !pass.facts.is_settled) return;
  if (iou.state == IouState::proposed) {
    if (!is_possible(pass, agenda, *client, iou))
      replace(pass, agenda, *client, iou);
    else
      improve(pass, agenda, *client, iou);
    return;
  }
  const auto delivery = delivery_of(pass.ledger, iou, pass.zone());
  const bool has_slipped = delivery && sitdown.where != Where::pinned &&
                           pass.day(sitdown.start) < pass.day(*delivery - std::chrono::seconds{1});
  if (has_slipped || (iou.not_before && sitdown.start < *iou.not_before))
    replace(pass, agenda, *client, iou);
}

}  // namespace

std::string sitdown_uid(const std::string& iou) { return "iou-" + iou + "@ioud"; }

int talk_minutes(const Policy& policy, const std::string& ask, std::size_t favours) {
  const auto kind = policy.catalogue.asks.find(ask);
  const int own = kind == policy.catalogue.asks.end() ? 0 : kind->second.minutes;
  if (favours < 2) return own;
  const int more = policy.limits.bundle_minutes * (static_cast<int>(favours) - 1);
  return std::max(own, std::min(own + more, policy.limits.bundle_max_minutes));
}

void open_ious(Pass& pass) {
  std::vector<const Favour*> fresh;
  for (const auto& [id, favour] : pass.ledger.favours)
    if (favour.state != FavourState::cancelled && iou_of(pass.ledger, id) == nullptr)
      fresh.push_back(&favour);
  std::sort(fresh.begin(), fresh.end(), [](const Favour* a, const Favour* b) {
    return std::tie(a->offered_at, a->id) < std::tie(b->offered_at, b->id);
  });
  for (const Favour* favour : fresh) {
    Iou* open = favour->spoken || is_banked_first(pass, *favour) || is_never_free(pass, *favour)
                    ? nullptr
                    : joinable(pass, *favour);
    if (open != nullptr) {
      join(pass, *open, *favour);
      continue;
    }
    Iou iou;
    iou.id = core::ident({"iou", favour->id});
    iou.client = favour->client;
    iou.contact = favour->debtor;
    iou.favours = {favour->id};
    iou.cause = favour_cause;
    iou.opened = pass.now;
    iou.history.push_back({pass.now, name(IouState::banked), "a favour was promised"});
    pass.ledger.ious.emplace(iou.id, std::move(iou));
  }
}

void propose(Pass& pass, Agenda& agenda) {
  int shown = proposed_today(pass);
  std::vector<Iou*> banked;
  for (auto& [id, iou] : pass.ledger.ious)
    if (iou.state == IouState::banked) banked.push_back(&iou);
  std::sort(banked.begin(), banked.end(), [&](const Iou* a, const Iou* b) {
    const auto offered = [&](const Iou* iou) {
      const auto favours = live_favours(pass.ledger, *iou);
      return favours.empty() ? iou->opened : favours.front()->offered_at;
    };
    return std::pair(offered(a), a->id) < std::pair(offered(b), b->id);
  });
  for (Iou* iou : banked) propose_one(pass, agenda, *iou, shown);
}

void keep_sitdowns(Pass& pass, Agenda& agenda) {
  for (auto& [id, iou] : pass.ledger.ious) {
    if (iou.state == IouState::proposed || iou.state == IouState::banked) {
      const auto favours = live_favours(pass.ledger, iou);
      const bool is_spoken_since =
          iou.state == IouState::proposed &&
          std::any_of(favours.begin(), favours.end(),
                      [](const Favour* one) { return one->spoken.has_value(); });
      if (is_spoken_since) offer_spoken(pass, iou);
    }
    keep_one(pass, agenda, iou);
  }
}

void open_favourless(Pass& pass, Agenda& agenda, const Client& client, const std::string& ask,
                     const std::string& cause, const std::string& key, const Wish& wish) {
  const Person* contact = pass.facts.directory.main_contact(client);
  if (contact == nullptr || contact->address().empty()) return;
  Iou iou;
  iou.id = core::ident({"iou", cause, client.name, key});
  if (pass.ledger.ious.contains(iou.id)) return;
  iou.client = client.name;
  iou.contact = contact->address();
  iou.ask = ask;
  iou.cause = cause;
  iou.opened = pass.now;
  iou.not_before = wish.not_before;
  const AskCase of{&client, iou.contact, {}, iou.id};
  if (!is_fitting(pass, of, ask) || !gate(pass, of, ask).empty()) return;
  Wish own = wish;
  own.minutes = talk_minutes(pass.policy(), ask, 0);
  own.uid = sitdown_uid(iou.id);
  const auto slot = find_slot(agenda, counterpart_of(pass, client, iou.contact), own);
  if (!slot) return;
  iou.history.push_back({pass.now, name(IouState::banked), cause});
  Sitdown sitdown;
  sitdown.start = slot->start;
  sitdown.minutes = own.minutes;
  sitdown.is_wide = slot->is_wide;
  sit(pass, agenda, iou, sitdown);
  move_on(iou, IouState::proposed, pass.now, cause);
  pass.ledger.ious.emplace(iou.id, std::move(iou));
}

}  // namespace ioud::domain
