#pragma once
// What may happen on the desk, at random: promises, gestures and words of the rep, answers of
// clients and to the review, changes of people, and whatever cannot be read or written.

#include <array>
#include <random>
#include <set>
#include <string>

#include "desk.hpp"

namespace ioud::domain {

class Happenings : protected Desk {
 protected:
  explicit Happenings(std::uint32_t seed) : random_(seed) { lay_out_policy(); }

  unsigned pick(std::size_t range) {
    return static_cast<unsigned>(std::uniform_int_distribution<std::size_t>(0, range - 1)(random_));
  }
  bool by_chance(unsigned one_in) { return pick(one_in) == 0; }
  template <class Rows>
  auto& at_random(Rows& rows) {
    return rows[pick(rows.size())];
  }
  void note(const std::string& what) { log_ += "\n  " + what; }

  void act() {
    refuses_write = refuses_mail = nullptr;
    switch (pick(20)) {
      case 0:
      case 1:
      case 2:
        return promise_something();
      case 3:
      case 4:
      case 5:
        return answer_a_sitdown();
      case 6:
      case 7:
        return say_a_word();
      case 8:
      case 9:
        return move_something();
      case 10:
        return delete_something();
      case 11:
        return place_or_cancel();
      case 12:
      case 13:
      case 14:
        return client_replies();
      case 15:
        return answer_the_review();
      case 16:
        return client_signals();
      case 17:
        return people_change();
      case 18:
        return send_or_edit_a_draft();
      default:
        return lose_something();
    }
  }

  void promise_something() {
    static constexpr std::array kinds = {"errand", "rush", "advice", "loan", "help_colleague"};
    static constexpr std::array people = {"meg@acme.test", "omar@initech.test", "lena@newco.test"};
    const std::string id = "m" + std::to_string(++mails_);
    const core::Date day =
        core::add_days(core::date_in(setting.rep.zone, now), static_cast<int>(pick(5)));
    Finding found = promise(at_random(kinds), "bring thing" + id, Due{day, std::nullopt});
    if (by_chance(8)) found.spoken = SpokenAsk{"feedback", false, std::nullopt};
    const std::string to = at_random(people);
    note("promise " + id + " to " + to);
    sent(id, to, {found});
    if (by_chance(6)) sent("again" + id, to, {found});
  }

  /// An event of ours, at random, of which the rep's program knows; `uid` is how it begins.
  Standing* any_event(const std::string& uid = "") {
    std::vector<Standing*> ours;
    for (Standing& one : facts.standing)
      if (one.item.uid.starts_with(uid)) ours.push_back(&one);
    if (ours.empty()) return nullptr;
    Standing* one = at_random(ours);
    one->etag += "'";
    if (const auto record = ledger.items.find(one->item.uid); record != ledger.items.end())
      gestured_.insert(record->second.owner);
    return one;
  }

  void answer_a_sitdown() {
    static constexpr std::array answers = {"ACCEPTED",  "ACCEPTED", "ACCEPTED",
                                           "TENTATIVE", "DECLINED", "NEEDS-ACTION"};
    Standing* one = any_event("iou-");
    if (one == nullptr || one->item.guests.empty()) return;
    const std::string answer = at_random(answers);
    note(answer + " " + one->item.uid);
    one->item.guests.front().partstat = answer;
    if (by_chance(10)) {
      const auto iou = ledger.ious.find(ledger.items.at(one->item.uid).owner);
      if (iou == ledger.ious.end()) return;
      note("invited by hand");
      one->item.guests.push_back({iou->second.contact, "", "NEEDS-ACTION", true, ""});
    }
  }

  void say_a_word() {
    static constexpr std::array words = {"ok ",      "keep ",   "no ",       "done ",
                                         "forgive ", "banked ", "later 2w ", "His own "};
    Standing* one = any_event(by_chance(2) ? "mtg-" : by_chance(4) ? "" : "iou-");
    if (one == nullptr) return;
    if (by_chance(6)) {
      one->item.categories.emplace_back(by_chance(2) ? "IOU-OK" : "IOU-NO");
      note(one->item.categories.back() + " " + one->item.uid);
      return;
    }
    const std::string word = at_random(words);
    note(word + one->item.uid);
    one->item.summary = word + one->item.summary;
  }

  void move_something() {
    Standing* one = any_event(by_chance(2) ? "mtg-" : "iou-");
    if (one == nullptr) return;
    const core::Minutes by{static_cast<int>(pick(8)) * 60 - 60};
    note("move " + one->item.uid + " by " + std::to_string(by.count()));
    if (by_chance(3)) {
      one->item.end += core::Minutes{15};
    } else {
      const core::Minutes days{by_chance(2) ? 0 : 1440 * static_cast<int>(pick(40))};
      one->item.start += by + days;
      one->item.end += by + days;
    }
  }

  void delete_something() {
    const Standing* one = any_event(by_chance(2) ? "mtg-" : by_chance(2) ? "iou-" : "");
    if (one == nullptr) return;
    const std::string uid = one->item.uid;
    note("delete " + uid);
    std::erase_if(facts.standing, [&](const Standing& other) { return other.item.uid == uid; });
    deleted_.insert(uid);
  }

  void place_or_cancel() {
    Standing* one = any_event(by_chance(2) ? "mtg-" : "iou-");
    if (one == nullptr) return;
    if (by_chance(3)) {
      const bool is_off = one->item.status == EventStatus::cancelled;
      note((is_off ? "uncancel " : "cancel ") + one->item.uid);
      one->item.status = is_off ? EventStatus::confirmed : EventStatus::cancelled;
      return;
    }
    note("place " + one->item.uid);
    one->item.location = by_chance(3) ? "" : "Corner Coffee " + std::to_string(pick(3));
  }

  /// Of a client who says nothing; a talk of the same week is put off first.
  void ask_once_more() {
    Standing* one = any_event("mtg-");
    if (one == nullptr) return;
    if (one->item.start > now && one->item.start - now < std::chrono::days{10}) {
      one->item.start += std::chrono::days{14};
      one->item.end += std::chrono::days{14};
    } else {
      one->item.summary = "ok " + one->item.summary;
      leaps_ = true;
    }
    note("once more " + one->item.uid);
  }

  void client_replies() {
    if (is_quiet_) return ask_once_more();
    static constexpr std::array answers = {"ACCEPTED", "ACCEPTED", "DECLINED", "TENTATIVE"};
    static constexpr std::array methods = {"REPLY", "REPLY",   "REPLY",
                                           "REPLY", "COUNTER", "REFRESH"};
    std::vector<const Iou*> invited;
    for (const auto& [id, one] : ledger.ious)
      if (one.invitation && one.invitation->sent_at) invited.push_back(&one);
    if (invited.empty()) return;
    const Iou& iou = *at_random(invited);
    const std::string from = by_chance(12) ? "karen@acme.test" : iou.contact;
    const int sequence = iou.invitation->sequence - (by_chance(5) ? 1 : 0);
    const std::string method = at_random(methods);
    const std::string answer = at_random(answers);
    note(from + " " + method + " " + answer + " " + iou.invitation->uid + " " +
         std::to_string(sequence));
    Mail& mail = received("r" + std::to_string(++mails_), from);
    mail.answer = CalendarAnswer{method, iou.invitation->uid, sequence,    from,
                                 answer, std::nullopt,        std::nullopt};
  }

  void answer_the_review() {
    static constexpr std::array words = {"ok",   "no",      "later 1w",
                                         "done", "forgive", "named Ann Lee"};
    std::vector<ReviewLine*> lines;
    for (auto& [id, line] : ledger.review) lines.push_back(&line);
    if (lines.empty()) return;
    ReviewLine& line = *at_random(lines);
    if (!line.mailed_at) {
      line.mailed_at = now;
      line.number = ++numbers_;
      line.mail = "review" + std::to_string(numbers_);
      line.done = true;
    }
    gestured_.insert(line.about);
    for (const auto& [id, iou] : ledger.ious)
      if (std::count(iou.favours.begin(), iou.favours.end(), line.about) > 0) gestured_.insert(id);
    Mail& mail = sent("a" + std::to_string(++mails_), "tom+ioud@rep.test");
    mail.in_reply_to = line.mail;
    mail.review_answers = {by_chance(10) ? "never Initech"
                                         : std::to_string(line.number) + " " + at_random(words)};
    note("review " + line.kind + ": " + mail.review_answers.front());
  }

  void client_signals() {
    static constexpr std::array kinds = {
        SignalKind::no_longer_needed, SignalKind::counted_thanks, SignalKind::complaint,
        SignalKind::acceptance,       SignalKind::stop,           SignalKind::cancel,
        SignalKind::no_longer_needed, SignalKind::cancel,         SignalKind::slip};
    if (ledger.favours.empty()) return;
    const Favour& favour = std::next(ledger.favours.begin(), pick(ledger.favours.size()))->second;
    const SignalKind kind = at_random(kinds);
    Signal said = signal(kind, favour.thing);
    said.due = Due{core::add_days(favour.due.date, 2), std::nullopt};
    note("signal " + std::to_string(static_cast<int>(kind)) + " about " + favour.thing);
    const bool by_rep = kind == SignalKind::cancel || kind == SignalKind::slip;
    const std::string id = "s" + std::to_string(++mails_);
    Mail& mail = by_rep ? sent(id, favour.debtor, {}, favour.thread)
                        : received(id, favour.debtor, {}, favour.thread);
    mail.reading.signals = {said};
  }

  void people_change() {
    switch (pick(8)) {
      case 0:
        clients[pick(clients.size())].no_asks = true;
        break;
      case 1:
        clients[pick(clients.size())].public_official = true;
        break;
      case 2:
        cards[pick(cards.size())].deceased = true;
        break;
      case 3:
        setting.policy.approval.on_accept = by_chance(2) ? "draft" : "keep";
        break;
      default:
        for (Client& one : clients) one.no_asks = one.public_official = false;
        break;
    }
    note("people");
    meet_people();
  }

  void send_or_edit_a_draft() {
    if (facts.drafts.empty()) return;
    const auto draft = facts.drafts.begin() + pick(facts.drafts.size());
    note("draft");
    if (by_chance(3)) {
      draft->hash = "edited";
      return;
    }
    for (const WantedDraft& one : written_drafts)
      if (one.record.message_id == draft->message_id && !one.mail.to.empty())
        sent(draft->message_id, one.mail.to.front().address, {}, one.mail.in_reply_to);
    facts.drafts.erase(draft);
  }

  void lose_something() {
    note("lose");
    switch (pick(5)) {
      case 0:
        facts.complete = {"IOUs"};
        return;
      case 1:
        facts.complete = {"work", "Client dates"};
        return;
      case 2:
        facts.is_settled = false;
        return;
      case 3:
        refuses_write = [this] { return by_chance(2); };
        return;
      default:
        refuses_mail = [this] { return by_chance(2); };
    }
  }

  std::mt19937 random_;
  std::string log_;
  std::set<std::string> gestured_;  ///< owners of the events he touched since the last whole pass
  std::set<std::string> deleted_;   ///< UIDs, by the rep
  bool is_quiet_ = false;           ///< no client answers an invitation
  bool leaps_ = false;  ///< the next step is nine days later, and nothing happens in between
  int mails_ = 0;
  int numbers_ = 0;

 private:
  void lay_out_policy() {
    static constexpr std::array modes = {"invite", "invite", "invite", "draft", "keep"};
    Policy& policy = setting.policy;
    policy.approval.on_accept = at_random(modes);
    policy.approval.hold_minutes = by_chance(4) ? 0 : 10;
    is_quiet_ = by_chance(4);
    if (is_quiet_) policy.approval.on_accept = "invite";
    if (is_quiet_ || by_chance(2)) policy.limits.unanswered = 100;  // else asks soon rest
    policy.features.planning = by_chance(2);
    policy.features.cadence = by_chance(4);
    policy.limits.messages_per_day = by_chance(3) ? 1 : 5;
    if (by_chance(2)) policy.limits.client_message_days = 0;
    if (by_chance(2)) {
      policy.limits.client_ask_days = 0;
      policy.limits.care_between_asks = 0;
      policy.limits.client_sitdown_days = 0;
      for (auto& [name, ask] : policy.catalogue.asks) ask.cooldown_days = 0;
    }
  }
};

}  // namespace ioud::domain
