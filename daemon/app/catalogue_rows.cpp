#include <algorithm>
#include <set>

#include "app/policy_section.hpp"
#include "core/nearest.hpp"
#include "core/text.hpp"
#include "net/url.hpp"

namespace ioud::app {
namespace {

using connectors::Complaints;
using connectors::Entry;
using connectors::Option;
using connectors::OptionType;
using connectors::Place;
using connectors::Setting;
using domain::AskKind;
using domain::Catalogue;
using domain::FavourKind;
using domain::Size;

constexpr int longest_minutes = 6000;

ConfigRow plain_row(std::string path, OptionType type, std::string help) {
  ConfigRow row;
  row.option.path = std::move(path);
  row.option.type = type;
  row.option.help = std::move(help);
  return row;
}

/// The conditions that some ask of the standard catalogue names: those that domain/ask.hpp knows.
std::vector<std::string> known_needs() {
  std::set<std::string> needs;
  for (const auto& [kind, ask] : Catalogue::standard().asks)
    needs.insert(ask.needs.begin(), ask.needs.end());
  return {needs.begin(), needs.end()};
}

template <class Kinds>
std::vector<std::string> names_of(const Kinds& kinds) {
  std::vector<std::string> names;
  for (const auto& [name, kind] : kinds) names.push_back(name);
  return names;
}

template <class T>
void take(const Setting& table, const char* key, T& to) {
  if (const Setting* found = table.find(key)) assign(*found, to);
}

void take_size(const Setting& table, Size& to) {
  const std::string word = table.text("size");
  if (word == "S") to = Size::S;
  if (word == "M") to = Size::M;
  if (word == "L") to = Size::L;
}

void check_name(const Entry& entry, Complaints& complaints) {
  constexpr std::string_view allowed = "abcdefghijklmnopqrstuvwxyz0123456789_";
  if (!entry.key.empty() && entry.key.find_first_not_of(allowed) == std::string::npos) return;
  complaints.push_back(connectors::complaint(
      entry.place, "found the kind " + toml_quoted(entry.key) +
                       ", expected a name of small letters, digits and _ such as plant_tour"));
}

void bind_ask(const Entry& entry, Catalogue& catalogue, Complaints& complaints) {
  check_name(entry, complaints);
  const bool is_new = !catalogue.asks.contains(entry.key);
  AskKind& ask = catalogue.asks[entry.key];
  const Setting& table = entry.value;
  take_size(table, ask.size);
  take(table, "minutes", ask.minutes);
  take(table, "topic", ask.topic);
  take(table, "stages", ask.stages);
  take(table, "needs", ask.needs);
  take(table, "cooldown_days", ask.cooldown_days);
  take(table, "place", ask.place);
  take(table, "prompts", ask.prompts);
  if (is_new && core::trimmed(ask.topic).empty())
    complaints.push_back(connectors::complaint(
        entry.place, "the new ask " + toml_quoted(entry.key) +
                         " has no topic; write topic = \"…\", as titles and clients read it"));
}

void bind_favour(const Entry& entry, Catalogue& catalogue, Complaints& complaints) {
  check_name(entry, complaints);
  const bool is_new = !catalogue.favours.contains(entry.key);
  FavourKind& favour = catalogue.favours[entry.key];
  const Setting& table = entry.value;
  take(table, "words", favour.words);
  for (std::string& word : favour.words) word = core::folded(word);
  take(table, "minutes", favour.minutes);
  take_size(table, favour.size);
  take(table, "asks", favour.asks);
  take(table, "banked_first", favour.banked_first);
  take(table, "free", favour.free);
  if (is_new && favour.words.empty())
    complaints.push_back(connectors::complaint(
        entry.place, "the new favour " + toml_quoted(entry.key) +
                         " has no words; write words = [\"…\"], the phrases that tell it"));
}

template <class Kinds>
std::string unknown_kind(const char* what, const std::string& found, const Kinds& kinds) {
  const std::vector<std::string> names = names_of(kinds);
  const std::string near = core::nearest(found, names);
  return "found " + toml_quoted(found) + ", but there is no " + what + " of that name; " +
         (near.empty() ? "there are " + core::joined(names, ", ")
                       : "did you mean " + toml_quoted(near) + "?");
}

/// Every item of a favour's `asks` must be a kind of ask, whichever table came first.
void check_asks(const Setting& favour, const Catalogue& catalogue, Complaints& complaints) {
  for (const Setting& item : favour.list("asks")) {
    const auto* name = item.as<std::string>();
    if (name != nullptr && !catalogue.asks.contains(*name))
      complaints.push_back(
          connectors::complaint(item.place, unknown_kind("ask", *name, catalogue.asks)));
  }
}

const Setting::Table& entries_of(const Setting& tree, const char* name) {
  static const Setting::Table none;
  const Setting* policy = tree.find("policy");
  const Setting* table = policy == nullptr ? nullptr : policy->find(name);
  const auto* entries = table == nullptr ? nullptr : table->as<Setting::Table>();
  return entries == nullptr ? none : *entries;
}

/// `earlier` must not come after `later`; both are keys of the same table.
struct Order {
  const char* table;
  const char* earlier;
  const char* later;
  core::TimeOfDay from;
  core::TimeOfDay to;
};

std::vector<Order> orders(const domain::Policy& policy) {
  const auto& h = policy.hours;
  return {
      {"hours", "work_from", "work_to", h.work_from, h.work_to},
      {"hours", "sitdown_from", "sitdown_to", h.sitdown_from, h.sitdown_to},
      {"hours", "lunch_from", "lunch_to", h.lunch_from, h.lunch_to},
      {"hours", "client_from", "client_to", h.client_from, h.client_to},
      {"hours", "wide_rep_from", "wide_rep_to", h.wide_rep_from, h.wide_rep_to},
      {"hours", "wide_client_from", "wide_client_to", h.wide_client_from, h.wide_client_to},
      {"cadence", "nudge_from", "nudge_to", policy.cadence.nudge_from, policy.cadence.nudge_to},
      {"approval", "quiet_to", "quiet_from", policy.approval.quiet_to, policy.approval.quiet_from},
  };
}

/// The place of the key that is written, the later one if both are.
Place place_of_either(const Config& config, const Order& order) {
  const std::string table = std::string("policy.") + order.table + ".";
  const Place later = place_of(config, table + order.later);
  return later.line != 0 ? later : place_of(config, table + order.earlier);
}

/// What is wrong with the endpoint of second opinions, or "": sentences of the rep's mail go there.
std::string endpoint_trouble(const domain::Policy::Detector& detector) {
  const auto url = net::parse_url(detector.second_opinion);
  if (!url)
    return "is no http:// or https:// address, or has a name and password in it; write for example "
           "\"http://127.0.0.1:8080/v1/chat/completions\"";
  if (net::is_loopback(*url)) return {};
  const auto& hosts = detector.second_opinion_hosts;
  if (std::find(hosts.begin(), hosts.end(), url->host) == hosts.end())
    return "is on another machine, which would read sentences of the rep's mail; to allow that, "
           "add its host to `second_opinion_hosts`";
  return url->scheme == "https"
             ? ""
             : "would send sentences of the rep's mail in the clear; write https://";
}

}  // namespace

void add_catalogue_rows(std::vector<ConfigRow>& rows) {
  rows.push_back(table_row("policy.asks", "kinds of asks: a new one, or changes to one"));
  rows.push_back(table_row("policy.asks.*", "one kind of ask; keys left out keep their default"));
  const auto add = [&rows](std::string path, OptionType type, std::string fallback,
                           std::string help) -> Option& {
    rows.push_back(plain_row(std::move(path), type, std::move(help)));
    rows.back().option.fallback = std::move(fallback);
    return rows.back().option;
  };
  const auto bound = [](Option& option, int lowest, int highest) {
    option.lowest = lowest;
    option.highest = highest;
  };
  const AskKind ask;
  add("policy.asks.*.size", OptionType::text, "\"S\"", "how much it takes: S, M or L").words = {
      "S", "M", "L"};
  bound(add("policy.asks.*.minutes", OptionType::integer, as_toml(ask.minutes),
            "length of its sit-down, in minutes"),
        5, 240);
  add("policy.asks.*.topic", OptionType::text, "", "how titles and clients' texts name it");
  add("policy.asks.*.stages", OptionType::text_list, "[]", "of the client; none: any stage")
      .words = {"prospect", "customer", "former"};
  add("policy.asks.*.needs", OptionType::text_list, "[]", "conditions that must hold").words =
      known_needs();
  bound(add("policy.asks.*.cooldown_days", OptionType::integer, as_toml(ask.cooldown_days),
            "days until the same client may be asked it again"),
        0, 3650);
  add("policy.asks.*.place", OptionType::text, "\"\"", "at_delivery: asked on the spot").words = {
      "", "at_delivery"};
  add("policy.asks.*.prompts", OptionType::text_list, "[]", "questions for the rep's script");

  const FavourKind favour;
  rows.push_back(table_row("policy.favours", "kinds of favours: a new one, or changes to one"));
  rows.push_back(
      table_row("policy.favours.*", "one kind of favour; keys left out keep their default"));
  add("policy.favours.*.words", OptionType::text_list, "[]",
      "helping phrases that tell the kind, in their base form");
  bound(add("policy.favours.*.minutes", OptionType::integer, as_toml(favour.minutes),
            "effort assumed when nothing better is known, in minutes"),
        0, longest_minutes);
  add("policy.favours.*.size", OptionType::text, "\"S\"", "how much it gives: S, M or L").words = {
      "S", "M", "L"};
  add("policy.favours.*.asks", OptionType::text_list, "[]", "kinds of asks, best first");
  add("policy.favours.*.banked_first", OptionType::boolean, "false",
      "waits as goodwill until the business day after delivery");
  add("policy.favours.*.free", OptionType::boolean, "true", "false: never for nothing");
}

void bind_catalogue(const Setting& tree, Config& config, Complaints& complaints) {
  Catalogue& catalogue = config.policy.catalogue;
  for (const Entry& entry : entries_of(tree, "asks")) bind_ask(entry, catalogue, complaints);
  for (const Entry& entry : entries_of(tree, "favours")) {
    bind_favour(entry, catalogue, complaints);
    check_asks(entry.value, catalogue, complaints);
  }
}

void check_policy(const Config& config, Complaints& complaints) {
  const domain::Policy& policy = config.policy;
  for (const Order& order : orders(policy)) {
    if (order.from < order.to) continue;
    complaints.push_back(connectors::complaint(
        place_of_either(config, order),
        std::string("`") + order.earlier + "` is " + core::format(order.from) + " and `" +
            order.later + "` is " + core::format(order.to) + ", but it must be later"));
  }
  if (policy.detector.review_floor > policy.detector.floor)
    complaints.push_back(connectors::complaint(
        place_of_either(config, {"detector", "floor", "review_floor", {}, {}}),
        "`review_floor` is above `floor`, so nothing would ever be a review line; expected at "
        "most " +
            as_toml(policy.detector.floor)));
  if (!policy.detector.second_opinion.empty())
    if (const std::string trouble = endpoint_trouble(policy.detector); !trouble.empty())
      complaints.push_back(connectors::complaint(place_of(config, "policy.detector.second_opinion"),
                                                 "`second_opinion` " + trouble));
  for (const std::string& kind : policy.scope.kinds)
    if (!policy.catalogue.favours.contains(kind))
      complaints.push_back(
          connectors::complaint(place_of(config, "policy.scope.kinds"),
                                unknown_kind("favour kind", kind, policy.catalogue.favours)));
}

}  // namespace ioud::app
