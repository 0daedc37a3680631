#include "domain/review_book.hpp"

#include <algorithm>
#include <charconv>

#include "core/ident.hpp"
#include "core/text.hpp"
#include "domain/balance.hpp"
#include "domain/favours.hpp"
#include "domain/gesture.hpp"
#include "domain/iou.hpp"
#include "domain/referrals.hpp"
#include "domain/wording_review.hpp"

namespace ioud::domain {
namespace {

constexpr int quarter_days = 91;

std::string line_id(std::string_view kind, const std::string& about) {
  return core::ident({"review", kind, about});
}

std::vector<const ReviewLine*> waiting(const Ledger& ledger) {
  std::vector<const ReviewLine*> lines;
  for (const auto& [id, line] : ledger.review)
    if (!line.done && !line.mailed_at) lines.push_back(&line);
  std::sort(lines.begin(), lines.end(), [](const ReviewLine* a, const ReviewLine* b) {
    return std::tie(a->at, a->id) < std::tie(b->at, b->id);
  });
  return lines;
}

std::string week_key(core::Date day) { return "review:" + core::format(core::monday_of(day)); }

std::optional<core::Instant> planning_start(const Pass& pass) {
  const core::Date monday = core::monday_of(pass.today());
  for (const auto& [uid, item] : pass.ledger.items)
    if (item.seen.role == Role::planning && !item.gone && !item.seen.day &&
        core::monday_of(pass.day(item.seen.start)) == monday)
      return item.seen.start;
  return std::nullopt;
}

int changed_to(const Pass& pass, const Iou& iou, std::initializer_list<IouState> states,
               core::Instant from) {
  int count = 0;
  for (const Change& change : iou.history)
    for (const IouState state : states)
      if (change.at > from && change.at <= pass.now && change.state == name(state)) ++count;
  return count;
}

/// Accepted: approved or kept by the rep; a proposal dismissed counts against the detector.
ReviewFigures figures(const Pass& pass) {
  ReviewFigures all;
  all.week = pass.today();
  const core::Instant week = pass.now - std::chrono::days{7};
  const core::Instant quarter = pass.now - std::chrono::days{quarter_days};
  for (const auto& [id, iou] : pass.ledger.ious) {
    all.accepted += changed_to(pass, iou, {IouState::kept, IouState::offered}, week) > 0 ? 1 : 0;
    all.dismissed += changed_to(pass, iou, {IouState::dismissed}, week);
    all.collected += changed_to(pass, iou, {IouState::collected}, quarter);
  }
  for (const auto& [id, referral] : pass.ledger.referrals)
    if (referral.at > quarter && referral.at <= pass.now) ++all.referrals;
  for (const Client& client : pass.facts.directory.clients()) {
    if (client.purchases.size() >= 2 && client.purchases[1].date > pass.day(quarter) &&
        client.purchases[1].date <= pass.today())
      ++all.second_orders;
    ClientFigures one;
    one.client = client.name;
    for (const auto& [id, favour] : pass.ledger.favours)
      if (favour.client == client.name && favour.state != FavourState::cancelled) ++one.favours;
    one.minutes = metered_minutes(pass.ledger, client.name);
    for (const auto& [id, iou] : pass.ledger.ious)
      if (iou.client == client.name && iou.state == IouState::collected) ++one.collected;
    for (const auto& [id, row] : pass.ledger.trust) {
      if (row.client != client.name) continue;
      (row.points > 0 ? one.deposits : one.withdrawals) += 1;
      const core::Date day = pass.day(row.at);
      if (!one.since || day < *one.since) one.since = day;
    }
    if (one.favours > 0) all.clients.push_back(std::move(one));
  }
  const WeekMinutes last_week = minutes_by_week(pass, 1).front();
  if (last_week.customers + last_week.prospects > 0)
    all.notes.push_back(hours_line(last_week.customers, last_week.prospects));
  return all;
}

/// "2" at the beginning of a line, and what follows it.
std::optional<std::pair<int, std::string_view>> numbered(std::string_view line) {
  int number = 0;
  const auto parsed = std::from_chars(line.data(), line.data() + line.size(), number);
  if (parsed.ec != std::errc{} || number <= 0) return std::nullopt;
  std::string_view rest = line.substr(static_cast<std::size_t>(parsed.ptr - line.data()));
  const auto word = rest.find_first_not_of(" .):\t");
  return std::pair(number, word == std::string_view::npos ? std::string_view() : rest.substr(word));
}

ReviewLine* line_of(Ledger& ledger, const std::string& mail, int number) {
  ReviewLine* newest = nullptr;
  for (auto& [id, line] : ledger.review) {
    if (line.number != number || !line.mailed_at) continue;
    if (line.mail == mail) return &line;
    if (newest == nullptr || *line.mailed_at > *newest->mailed_at) newest = &line;
  }
  return mail.empty() ? newest : nullptr;
}

bool answer_never(Pass& pass, std::string_view name) {
  const std::string wanted = core::folded(core::trimmed(name));
  const Client* found = nullptr;
  for (const Client& client : pass.facts.directory.clients()) {
    if (wanted.empty() || !core::folded(client.name).starts_with(wanted)) continue;
    if (found != nullptr) return false;
    found = &client;
  }
  if (found == nullptr) return false;
  pass.ledger.marks["no_asks:" + found->name] = core::format_rfc3339(pass.now, core::Zone());
  return true;
}

bool answer_candidate(Pass& pass, const ReviewLine& line, const AnswerWord& word) {
  const auto candidate = pass.ledger.candidates.find(line.about);
  if (candidate == pass.ledger.candidates.end()) return false;
  if (word.answer == Answer::dismiss) {
    candidate->second.state = FavourState::cancelled;
    return true;
  }
  return !promote(pass, line.about).empty();
}

bool answer_iou(Pass& pass, const ReviewLine& line, const AnswerWord& word) {
  const auto found = pass.ledger.ious.find(line.about);
  if (found == pass.ledger.ious.end()) return false;
  Iou& iou = found->second;
  // The question was whether to ask once more, not whether to meet.
  if (line.kind == "silence" && word.answer == Answer::dismiss) return true;
  if (iou.state == IouState::banked && word.answer == Answer::approve) {
    iou.cause = "favour";
    pass.ledger.marks["shown:" + iou.id] = "1";
    if (iou.sitdown) iou.sitdown->rolls = 0;
    return true;
  }
  return apply_answer(pass, iou, word, "answered in the review");
}

}  // namespace

void add_review_line(Pass& pass, std::string_view kind, const std::string& about,
                     const std::string& client, const std::string& text) {
  const std::string id = line_id(kind, about);
  ReviewLine line;
  line.id = id;
  line.kind = kind;
  line.about = about;
  line.client = client;
  line.text = text;
  line.at = pass.now;
  pass.ledger.review.try_emplace(id, std::move(line));
}

bool has_review_line(const Ledger& ledger, std::string_view kind, const std::string& about) {
  return ledger.review.contains(line_id(kind, about));
}

void close_review_lines(Pass& pass, const std::string& about) {
  for (auto& [id, line] : pass.ledger.review)
    if (line.about == about) line.done = true;
}

bool is_review_due(const Pass& pass) {
  if (!pass.policy().features.planning || pass.setting.identity.address.empty()) return false;
  const auto start = planning_start(pass);
  return start && pass.now >= *start && !pass.ledger.marks.contains(week_key(pass.today()));
}

std::optional<OutgoingMail> due_review(const Pass& pass) {
  if (!is_review_due(pass)) return std::nullopt;
  std::vector<std::string> lines;
  for (const ReviewLine* line : waiting(pass.ledger)) lines.push_back(line->text);
  const Text text = review_mail(lines, figures(pass));
  OutgoingMail mail;
  mail.from = pass.setting.identity;
  mail.to = {{pass.setting.rep.name, pass.setting.rep.addresses.front()}};
  mail.subject = text.title;
  mail.body = text.body;
  mail.date = pass.now;
  mail.zone = pass.zone();
  const auto at = mail.from.address.rfind('@');
  const std::string week = core::format(core::monday_of(pass.today()));
  mail.message_id = "review-" + week + "." + core::ident({"review", mail.from.address, week}) +
                    mail.from.address.substr(std::min(at, mail.from.address.size()));
  return mail;
}

void review_sent(Ledger& ledger, const Setting& setting, const OutgoingMail& mail,
                 core::Instant now) {
  ledger.marks[week_key(core::date_in(setting.rep.zone, now))] = mail.message_id;
  int number = 0;
  for (const ReviewLine* line : waiting(ledger)) {
    ReviewLine& sent = ledger.review.at(line->id);
    sent.mailed_at = now;
    sent.number = ++number;
    sent.mail = mail.message_id;
    sent.done = true;
  }
}

bool answer_review(Pass& pass, const std::string& mail, std::string_view line) {
  const std::string_view text = core::trimmed(line);
  constexpr std::string_view never = "never ";
  if (text.size() > never.size() && core::iequals(text.substr(0, never.size()), never))
    return answer_never(pass, text.substr(never.size()));
  const auto found = numbered(text);
  if (!found) return false;
  ReviewLine* about = line_of(pass.ledger, mail, found->first);
  if (about != nullptr && about->kind == "named" && take_names(pass, about->about, found->second)) {
    about->done = true;
    return true;
  }
  const auto word = leading_answer(found->second);
  if (!word || about == nullptr) return false;
  about->done = true;
  if (about->kind == "named") return true;
  if (about->kind == "unsure") return answer_candidate(pass, *about, *word);
  if (pass.ledger.ious.contains(about->about)) return answer_iou(pass, *about, *word);
  if (Iou* iou = iou_of(pass.ledger, about->about);
      iou != nullptr && word->answer != Answer::approve)
    return apply_answer(pass, *iou, *word, "answered in the review");
  return true;
}

}  // namespace ioud::domain
