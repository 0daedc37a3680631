#include "app/explanation.hpp"

#include <algorithm>
#include <cmath>

#include "app/config_table.hpp"
#include "core/text.hpp"

namespace ioud::app {
namespace {

using domain::Favour;
using domain::Iou;
using domain::Ledger;

constexpr std::size_t shortest_prefix = 6;

/// The id of the map that is, or alone begins with, the given one; "" where none or several do.
template <class Rows>
std::string only_id(const Rows& rows, std::string_view id) {
  if (rows.contains(std::string(id))) return std::string(id);
  if (id.size() < shortest_prefix) return {};
  const auto begins = [id](const auto& row) { return std::string_view(row.first).starts_with(id); };
  const auto first = std::find_if(rows.begin(), rows.end(), begins);
  if (first == rows.end()) return {};
  return std::any_of(std::next(first), rows.end(), begins) ? std::string() : first->first;
}

class Story {
 public:
  explicit Story(const ReportSource& source) : ledger_(*source.ledger), zone_(source.zone) {}

  std::string of_favour(const Favour& favour) {
    line("Favour " + favour.id);
    line("  " + favour.client + ": \"" + favour.text + "\" (" + favour.kind + ", size " +
         domain::name(favour.size) + ")");
    line("  promised to " + favour.debtor +
         (favour.beneficiary.empty() ? "" : ", for the good of " + favour.beneficiary));
    line("  offered " + time(favour.offered_at) + ", due " + due(favour.due) +
         (favour.due_stated ? "" : " (nothing was said; the default)"));
    line("  state: " + std::string(domain::name(favour.state)) +
         (favour.delivered_at ? ", " + time(*favour.delivered_at) : ""));
    line("  effort: " + std::to_string(favour.effort_minutes) + " min (" + favour.effort_source +
         ")");
    evidence(favour);
    history(favour.history);
    for (const auto& [id, iou] : ledger_.ious)
      if (std::find(iou.favours.begin(), iou.favours.end(), favour.id) != iou.favours.end())
        line("  paired with IOU " + id + " (" + domain::name(iou.state) + ")");
    return std::move(text_);
  }

  std::string of_iou(const Iou& iou) {
    line("IOU " + iou.id);
    line("  " + iou.client + ", with " + iou.contact);
    line("  ask: " + (iou.ask.empty() ? std::string("none chosen; goodwill") : iou.ask));
    line("  state: " + std::string(domain::name(iou.state)) + ", opened " + time(iou.opened));
    if (!iou.cause.empty()) line("  because of: " + iou.cause);
    if (iou.sitdown) sitdown(*iou.sitdown);
    if (iou.invitation) invitation(*iou.invitation);
    if (iou.not_before) line("  not before " + time(*iou.not_before) + ", as you asked");
    approvals(iou.id);
    history(iou.history);
    for (const std::string& id : iou.favours) {
      const auto favour = ledger_.favours.find(id);
      if (favour == ledger_.favours.end()) continue;
      line("");
      of_favour_within(favour->second);
    }
    return std::move(text_);
  }

 private:
  void line(const std::string& text) { text_ += text + "\n"; }

  std::string time(core::Instant at) const {
    const core::LocalTime local = zone_.to_local(at);
    const core::Date day = core::date_of(local);
    return core::short_weekday(day) + " " + core::long_day(day) + " " +
           core::format(core::time_of(local));
  }

  std::string due(const domain::Due& due) const {
    return core::short_weekday(due.date) + " " + core::long_day(due.date) +
           (due.time ? " " + core::format(*due.time) : "");
  }

  void of_favour_within(const Favour& favour) {
    Story story(*this);
    story.text_.clear();
    text_ += story.of_favour(favour);
  }

  void evidence(const Favour& favour) {
    line("  seen in:");
    for (const domain::Evidence& each : favour.evidence) {
      line("    " + each.source + " " + each.id + ", " + time(each.at) +
           (each.subject.empty() ? "" : ", \"" + each.subject + "\""));
      if (!each.quote.empty()) line("      \"" + each.quote + "\"");
    }
    if (favour.reasons.empty()) return;
    line("  why it counts (confidence " + std::to_string(std::lround(favour.confidence * 100)) +
         " %):");
    for (const std::string& reason : favour.reasons) line("    " + reason);
  }

  static const char* why(domain::Where where) {
    switch (where) {
      case domain::Where::search:
        return "the best free time";
      case domain::Where::at_delivery:
        return "on the spot, when you deliver";
      case domain::Where::piggyback:
        return "the end of a meeting you have with them anyway";
      case domain::Where::spoken:
        return "the time you named yourself";
      case domain::Where::pinned:
        return "where you moved it";
    }
    return "";
  }

  void sitdown(const domain::Sitdown& talk) {
    line("  sit-down: " + time(talk.start) + ", " + std::to_string(talk.minutes) + " min, " +
         why(talk.where) + (talk.is_wide ? ", outside the usual hours" : ""));
    line("    event " + talk.uid);
  }

  void invitation(const domain::Invitation& invitation) {
    line("  client meeting: " + time(invitation.start) + ", " + std::to_string(invitation.minutes) +
         " min, the client's answer: " + invitation.partstat);
    line(invitation.sent_at ? "    sent " + time(*invitation.sent_at)
                            : std::string("    nothing was sent by ioud"));
  }

  void approvals(const std::string& iou) {
    for (const auto& [id, approval] : ledger_.approvals) {
      if (approval.iou != iou) continue;
      line("  approved by " + approval.gesture + " " + time(approval.at) + ", held until " +
           time(approval.hold_until) +
           (approval.used_at     ? ", used " + time(*approval.used_at)
            : approval.cancelled ? ", withdrawn"
                                 : ", not used yet"));
    }
  }

  void history(const std::vector<domain::Change>& changes) {
    if (changes.empty()) return;
    line("  what happened:");
    for (const domain::Change& change : changes)
      line("    " + time(change.at) + "  " + change.state +
           (change.cause.empty() ? "" : " (" + change.cause + ")"));
  }

  const Ledger& ledger_;
  core::Zone zone_;
  std::string text_;
};

std::optional<std::string> story_of_row(const ReportSource& source, std::string_view id) {
  const Ledger& ledger = *source.ledger;
  const std::string iou = only_id(ledger.ious, id);
  if (!iou.empty()) return Story(source).of_iou(ledger.ious.at(iou));
  const std::string favour = only_id(ledger.favours, id);
  if (!favour.empty()) return Story(source).of_favour(ledger.favours.at(favour));
  return std::nullopt;
}

std::string key_text(const connectors::Option& option) {
  std::string out =
      option.path + "\n  " + option.help + "\n  type: " + connectors::describe(option.type) + "\n";
  if (!option.fallback.empty()) out += "  default: " + option.fallback + "\n";
  if (!option.words.empty()) out += "  allowed: " + core::joined(option.words, ", ") + "\n";
  return out;
}

}  // namespace

std::optional<std::string> explain_id(const ReportSource& source, std::string_view id) {
  if (auto story = story_of_row(source, id)) return story;
  const Ledger& ledger = *source.ledger;
  for (const auto& [key, row] : ledger.ious)
    if ((row.sitdown && row.sitdown->uid == id) || (row.invitation && row.invitation->uid == id))
      return Story(source).of_iou(row);
  const std::string uid = only_id(ledger.items, id);
  return uid.empty() ? std::nullopt : story_of_row(source, ledger.items.at(uid).owner);
}

std::optional<std::string> explain_key(std::string_view name) {
  const std::string within_policy = "policy." + std::string(name);
  for (const ConfigRow& row : config_rows())
    if (row.option.path == name || row.option.path == within_policy) return key_text(row.option);
  return std::nullopt;
}

}  // namespace ioud::app
