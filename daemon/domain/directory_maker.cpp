#include "domain/directory_maker.hpp"

#include <algorithm>
#include <array>
#include <tuple>

#include "core/text.hpp"
#include "domain/note_line.hpp"
#include "domain/same_person.hpp"

namespace ioud::domain {
namespace {

constexpr std::array<std::string_view, 3> client_marks = {"stage", "tier", "bought"};
/// Lines a card may say once for its client; the first contact's word counts.
constexpr std::array<std::string_view, 3> single_marks = {"stage", "tier", "relation"};

bool is_one_of(std::string_view key, const auto& keys) {
  return std::find(keys.begin(), keys.end(), key) != keys.end();
}

void add_once(std::vector<std::string>& list, std::string value) {
  if (!value.empty() && std::find(list.begin(), list.end(), value) == list.end())
    list.push_back(std::move(value));
}

void set_once(std::string& field, const std::string& value) {
  if (field.empty()) field = value;
}

bool contradict(const std::optional<int>& a, const std::optional<int>& b) {
  return a && b && *a != *b;
}

/// Fills in what the known date lacks; one that says otherwise changes nothing.
void complete(PartialDate& known, const PartialDate& other) {
  if (known.calendar != other.calendar || contradict(known.year, other.year) ||
      contradict(known.month, other.month) || contradict(known.day, other.day))
    return;
  if (!known.year) known.year = other.year;
  if (!known.month) known.month = other.month;
  if (!known.day) known.day = other.day;
}

/// Whether two dates are the same occasion told twice: one kind of it a person, children and custom
/// dates by their label.
bool is_same_occasion(const CardDate& a, const CardDate& b) {
  if (a.kind != b.kind) return false;
  return (a.kind != "child" && a.kind != "custom") ||
         core::folded(a.label) == core::folded(b.label);
}

/// The first word counts, so note lines are added before what programs stored.
void add_date(Person& person, CardDate date) {
  for (CardDate& known : person.dates)
    if (is_same_occasion(date, known)) return complete(known.when, date.when);
  person.dates.push_back(std::move(date));
}

/// "stage:customer" as a category is the line "stage: customer".
std::pair<std::string, std::string> line_of(std::string_view category) {
  const auto colon = category.find(':');
  if (colon == std::string_view::npos)
    return {core::ascii_lower(core::trimmed(category)), std::string()};
  return {core::ascii_lower(core::trimmed(category.substr(0, colon))),
          std::string(core::trimmed(category.substr(colon + 1)))};
}

/// "meg.alvarez@acme.test" as a name: "Meg Alvarez".
std::string name_from(std::string_view address) {
  std::string name;
  bool starts_word = true;
  for (const char c : address.substr(0, address.find_first_of("@+"))) {
    const bool is_gap = c == '.' || c == '_' || c == '-';
    const bool is_lower = c >= 'a' && c <= 'z';
    name += is_gap ? ' ' : starts_word && is_lower ? static_cast<char>(c - 'a' + 'A') : c;
    starts_word = is_gap;
  }
  return core::squeezed(name);
}

/// "urn:uuid:…" and the bare UID are the same card.
std::string bare_uid(std::string_view uid) {
  std::string bare = core::ascii_lower(core::trimmed(uid));
  for (const std::string_view prefix : {"urn:uuid:", "urn:"})
    if (bare.starts_with(prefix)) return bare.substr(prefix.size());
  return bare;
}

void give_child(Person& parent, const Person& child) {
  const std::string first_name = core::split(core::squeezed(child.name), ' ').front();
  for (const CardDate& date : child.dates)
    if (date.kind == "birthday") return add_date(parent, {"child", first_name, date.when});
}

void name_person(Person& person) {
  person.name = core::squeezed(person.name);
  if (person.name.empty()) person.name = name_from(person.address());
  const auto words = core::split(person.name, ' ');
  person.first_name = words.front();
  person.family_name = words.back();
}

}  // namespace

Directory DirectoryMaker::make() {
  take_clients();
  for (const auto& cards : grouped_by_person(std::move(cards_))) drafts_.push_back(drafted(cards));
  for (Draft& draft : drafts_) find_client(draft);
  add_missing_contacts();
  share_children();
  finish();
  return std::move(made_);
}

void DirectoryMaker::complain(const std::string& place, std::string text) {
  made_.complaints_.push_back({core::Fault::config, place, std::move(text), std::nullopt});
}

void DirectoryMaker::take_clients() {
  for (Client& client : file_) {
    for (std::string& address : client.contacts) {
      address = core::ascii_lower(core::trimmed(address));
      const auto [owner, is_new] = client_by_address_.emplace(address, client.name);
      if (!is_new && owner->second != client.name)
        complain(address, "this contact stands under both \"" + owner->second + "\" and \"" +
                              client.name + "\"; it counts for the first, remove one of the two");
    }
    const std::string name = client.name;
    if (!clients_.emplace(name, std::move(client)).second)
      complain(name, "two clients have this name; the first counts, rename or join the other");
  }
}

DirectoryMaker::Draft DirectoryMaker::drafted(const std::vector<Card>& cards) {
  Draft draft;
  Person& person = draft.person;
  // Note lines of all cards come first: what the rep typed beats what a program stored.
  for (const Card& card : cards) {
    draft.marks.place = draft.marks.place.empty() ? card.uid : draft.marks.place;
    for (const Line& line : card.notes) take_note(draft, line);
    for (const std::string& category : card.categories) {
      const Line line = line_of(category);
      if (is_one_of(line.first, client_marks) && !line.second.empty()) take_note(draft, line);
    }
  }
  for (const Card& card : cards) {
    set_once(person.name, card.name);
    for (const std::string& address : card.addresses)
      add_once(person.addresses, core::ascii_lower(core::trimmed(address)));
    for (const std::string& phone : card.phones) add_once(person.phones, phone);
    add_once(person.cards, card.uid);
    set_once(person.organisation, core::squeezed(card.organisation));
    set_once(person.title, card.title);
    set_once(person.zone, card.zone);
    set_once(person.language, card.language);
    set_once(person.country, card.country);
    for (const CardDate& date : card.dates) add_date(person, date);
    person.relatives.insert(person.relatives.end(), card.relatives.begin(), card.relatives.end());
    person.deceased = person.deceased || card.deceased;
    person.no_birthday = person.no_birthday || card.no_birthday;
    for (const std::string& interest : card.interests) take_note(draft, {"interest", interest});
  }
  return draft;
}

void DirectoryMaker::take_note(Draft& draft, const Line& line) {
  Person& person = draft.person;
  const auto& [key, value] = line;
  if (key == "deceased") {
    person.deceased = true;
  } else if (key == "no-greetings") {
    person.no_greetings = true;
  } else if (key == "gifts") {
    set_once(person.gifts, core::squeezed(value));
  } else if (key == "child") {
    const auto child = read_child(value);
    if (child)
      add_date(person, *child);
    else
      complain(draft.marks.place,
               "\"child: " + value + "\" cannot be read; write \"child: Nora 2015-06-01\"");
  } else if (key == "birthday" || key == "wedding" || key == "anniversary" || key == "work") {
    const auto when = read_partial_date(value);
    if (when)
      add_date(person, {key == "anniversary" ? "wedding" : key, "", *when});
    else
      complain(draft.marks.place, "\"" + key + ": " + value +
                                      "\" cannot be read; write a date such as 1988-02-29, "
                                      "02-29 or \"8-15 chinese\"");
  } else if (is_fact_key(key)) {
    const Fact fact{key, core::shortened(core::squeezed(value), 80)};
    const bool is_known =
        std::find(person.facts.begin(), person.facts.end(), fact) != person.facts.end();
    if (!fact.text.empty() && !is_special(fact.text) && !is_known) person.facts.push_back(fact);
  } else {
    draft.marks.lines.push_back(line);
    draft.marks.makes_client = draft.marks.makes_client || is_one_of(key, client_marks);
  }
}

std::string DirectoryMaker::client_with_address(const Person& person) const {
  for (const std::string& address : person.addresses) {
    const auto found = client_by_address_.find(address);
    if (found != client_by_address_.end()) return found->second;
  }
  return {};
}

void DirectoryMaker::find_client(Draft& draft) {
  Person& person = draft.person;
  person.client = client_with_address(person);
  if (!person.client.empty()) {
    // The address the clients file names is the one to write to.
    std::vector<std::string> addresses;
    for (const bool is_named : {true, false})
      for (const std::string& address : person.addresses)
        if (client_by_address_.contains(address) == is_named) addresses.push_back(address);
    person.addresses = std::move(addresses);
    return;
  }
  if (!draft.marks.makes_client) return;
  person.client = person.organisation.empty() ? core::squeezed(person.name) : person.organisation;
  if (person.client.empty()) person.client = person.address();
  for (const auto& [name, client] : clients_)
    if (core::folded(name) == core::folded(person.client)) person.client = name;
  Client& client = clients_[person.client];
  client.name = person.client;
  if (!person.addresses.empty()) {
    client_by_address_.emplace(person.address(), client.name);
    add_once(client.contacts, person.address());
  }
}

void DirectoryMaker::add_missing_contacts() {
  std::map<std::string, bool> has_person;
  for (const Draft& draft : drafts_)
    for (const std::string& address : draft.person.addresses) has_person[address] = true;
  for (const auto& [address, client] : client_by_address_) {
    if (has_person.contains(address)) continue;
    Draft draft;
    draft.person.addresses = {address};
    draft.person.client = client;
    drafts_.push_back(std::move(draft));
  }
}

void DirectoryMaker::apply_marks(const Draft& draft) {
  const auto client = clients_.find(draft.person.client);
  if (client == clients_.end()) return;
  for (const Line& line : draft.marks.lines) {
    if (is_one_of(line.first, single_marks)) {
      std::vector<std::string>& said = said_[client->first];
      if (is_one_of(line.first, said)) continue;
      said.push_back(line.first);
    }
    apply_line(client->second, draft, line);
  }
}

void DirectoryMaker::apply_line(Client& client, const Draft& draft, const Line& line) {
  const auto& [key, value] = line;
  const auto refuse = [&, this](const char* allowed) {
    complain(draft.marks.place, "\"" + key + ": " + value + "\" is not known; write " + allowed);
  };
  if (key == "stage") {
    const auto stage = read_stage(value);
    if (!stage) return refuse("prospect, customer or former");
    client.stage = *stage;
  } else if (key == "tier") {
    const auto tier = read_tier(value);
    if (!tier) return refuse("gold, silver or bronze");
    client.tier = *tier;
  } else if (key == "relation") {
    const auto is_communal = read_is_communal(value);
    if (!is_communal) return refuse("friend, family or exchange");
    client.communal = *is_communal;
  } else if (key == "no-asks") {
    client.no_asks = true;
  } else if (key == "bought") {
    const auto purchase = read_purchase(value);
    if (!purchase) return refuse("a date and a thing: \"bought: 2026-02-11 starter kit\"");
    const bool is_known =
        std::any_of(client.purchases.begin(), client.purchases.end(),
                    [&purchase](const Purchase& other) { return other.date == purchase->date; });
    if (!is_known) client.purchases.push_back(*purchase);
  }
}

void DirectoryMaker::share_children() {
  std::map<std::string, Person*> by_uid;
  std::map<std::string, Person*> by_name;
  for (Draft& draft : drafts_) {
    for (const std::string& uid : draft.person.cards) by_uid.emplace(bare_uid(uid), &draft.person);
    by_name.emplace(core::folded(core::squeezed(draft.person.name)), &draft.person);
  }
  const auto found = [](const std::map<std::string, Person*>& index, const std::string& key) {
    const auto at = index.find(key);
    return key.empty() || at == index.end() ? nullptr : at->second;
  };
  for (Draft& draft : drafts_) {
    for (const Relative& relative : draft.person.relatives) {
      Person* other = relative.uid.empty()
                          ? found(by_name, core::folded(core::squeezed(relative.name)))
                          : found(by_uid, bare_uid(relative.uid));
      if (other == nullptr || other == &draft.person) continue;
      if (relative.relation == "child") give_child(draft.person, *other);
      if (relative.relation == "parent") give_child(*other, draft.person);
    }
  }
}

void DirectoryMaker::finish() {
  for (Draft& draft : drafts_) {
    name_person(draft.person);
    draft.person.id = draft.person.addresses.empty() ? "name:" + core::folded(draft.person.name)
                                                     : draft.person.address();
  }
  // The first contact of a client speaks first, others by their address.
  const auto rank = [this](const Draft& draft) {
    const auto found = clients_.find(draft.person.client);
    if (found == clients_.end()) return std::size_t{0};
    const auto& contacts = found->second.contacts;
    const auto place = std::find(contacts.begin(), contacts.end(), draft.person.address());
    return static_cast<std::size_t>(place - contacts.begin());
  };
  std::sort(drafts_.begin(), drafts_.end(), [](const Draft& a, const Draft& b) {
    return std::tie(a.person.id, a.person.cards) < std::tie(b.person.id, b.person.cards);
  });
  std::vector<const Draft*> by_rank;
  for (const Draft& draft : drafts_) by_rank.push_back(&draft);
  std::sort(by_rank.begin(), by_rank.end(), [&rank](const Draft* a, const Draft* b) {
    return std::pair(rank(*a), a) < std::pair(rank(*b), b);
  });
  for (const Draft* draft : by_rank) apply_marks(*draft);

  for (auto& [name, client] : clients_) {
    std::sort(client.purchases.begin(), client.purchases.end(),
              [](const Purchase& a, const Purchase& b) {
                return std::tie(a.date, a.what) < std::tie(b.date, b.what);
              });
    if (client.stage == Stage::prospect && !client.purchases.empty())
      client.stage = Stage::customer;
    made_.client_index_[name] = made_.clients_.size();
    made_.clients_.push_back(client);
  }
  for (const Draft& draft : drafts_) {
    for (const std::string& address : draft.person.addresses)
      made_.address_index_.emplace(address, made_.people_.size());
    made_.people_.push_back(draft.person);
  }
  for (const Draft* draft : by_rank)
    made_.contact_index_[draft->person.client].push_back(
        static_cast<std::size_t>(draft - drafts_.data()));
}

}  // namespace ioud::domain
