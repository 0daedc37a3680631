#include "domain/referrals.hpp"

#include <algorithm>
#include <array>

#include "core/ident.hpp"
#include "core/text.hpp"
#include "domain/favours.hpp"
#include "domain/iou.hpp"
#include "domain/note_line.hpp"
#include "domain/review_book.hpp"
#include "domain/wording_review.hpp"

namespace ioud::domain {
namespace {

constexpr std::array<std::string_view, 3> asks_for_names = {"introductions", "network",
                                                            "introduction_back"};
constexpr std::size_t name_chars = 80;
constexpr std::string_view named_word = "named";

/// A name of the rep or of one of the client's people, whole or its first word.
bool is_known_here(const Pass& pass, const Client& client, const std::string& name) {
  const std::string wanted = core::folded(name);
  const auto is_it = [&wanted](const std::string& full) {
    const std::string known = core::folded(full);
    return wanted == known || wanted == known.substr(0, known.find(' '));
  };
  const std::vector<const Person*> people = pass.facts.directory.contacts(client);
  return is_it(pass.setting.rep.name) || wanted == core::folded(client.name) ||
         std::any_of(people.begin(), people.end(),
                     [&](const Person* person) { return is_it(person->name); });
}

bool has_name_since(const Ledger& ledger, const Iou& iou) {
  return std::any_of(ledger.referrals.begin(), ledger.referrals.end(), [&](const auto& entry) {
    return entry.second.client == iou.client && entry.second.at >= iou.opened;
  });
}

}  // namespace

bool note_referral(Pass& pass, const Client& client, const std::string& contact,
                   std::string_view name, core::Instant at) {
  const std::string who = core::shortened(core::squeezed(name), name_chars);
  if (who.empty() || is_special(who) || is_known_here(pass, client, who)) return false;
  const std::string id = core::ident({"referral", client.name, core::folded(who)});
  const auto [row, is_new] =
      pass.ledger.referrals.try_emplace(id, Referral{id, client.name, contact, who, at});
  if (!is_new && at < row->second.at) row->second = {id, client.name, contact, who, at};
  return true;
}

void ask_for_names(Pass& pass) {
  for (const auto& [id, iou] : pass.ledger.ious) {
    const bool is_about_names =
        std::find(asks_for_names.begin(), asks_for_names.end(), iou.ask) != asks_for_names.end();
    if (!is_about_names || iou.state != IouState::collected) continue;
    if (has_name_since(pass.ledger, iou))
      close_review_lines(pass, id);
    else
      add_review_line(pass, "named", id, iou.client, named_line(contact_name(pass, iou.contact)));
  }
}

bool take_names(Pass& pass, const std::string& iou, std::string_view answer) {
  const auto talk = pass.ledger.ious.find(iou);
  const std::string text = core::squeezed(answer);
  if (talk == pass.ledger.ious.end() || text.size() <= named_word.size() ||
      !core::iequals(text.substr(0, named_word.size()), named_word))
    return false;
  const Client* client = pass.facts.directory.client(talk->second.client);
  if (client == nullptr) return false;
  bool is_somebody = false;
  const std::vector<std::string> names = core::split(text.substr(named_word.size()), ',');
  for (const std::string& name : names) {
    const bool is_taken =
        note_referral(pass, *client, talk->second.contact, core::trimmed(name), pass.now);
    is_somebody = is_somebody || is_taken;
  }
  if (is_somebody)
    pass.ledger.marks["referral:" + client->name] = core::format_rfc3339(pass.now, core::Zone());
  return is_somebody;
}

std::vector<CareWish> referral_nudges(const Pass& pass,
                                      const std::map<std::string, HeldTime>& held) {
  std::vector<CareWish> wishes;
  for (const auto& [id, row] : pass.ledger.referrals) {
    const Client* client = pass.facts.directory.client(row.client);
    const Person* person = pass.facts.directory.person(row.contact);
    if (client == nullptr || person == nullptr || person->deceased) continue;
    for (CareWish& wish : referral_wishes(row.client, row.contact, row.name, pass.day(row.at),
                                          pass.policy().referrals, pass.setting.holidays)) {
      const auto stands = held.find(wish.key);
      const bool is_ahead = stands != held.end() && stands->second.start >= pass.now;
      const bool is_over = core::business_day_from(wish.due, pass.setting.holidays) < pass.today();
      if (!is_over || is_ahead) wishes.push_back(std::move(wish));
    }
  }
  return wishes;
}

bool has_introduced(const Ledger& ledger, const Client& client) {
  const auto is_one = [&](const auto& entry) {
    const Favour& favour = entry.second;
    return favour.client == client.name && favour.kind == "introduction" &&
           favour.state == FavourState::delivered;
  };
  return std::any_of(ledger.favours.begin(), ledger.favours.end(), is_one) ||
         std::any_of(client.opening_favours.begin(), client.opening_favours.end(),
                     [](const OpeningFavour& one) {
                       return one.kind == "introduction" && one.delivered.has_value();
                     });
}

}  // namespace ioud::domain
