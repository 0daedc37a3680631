#include "app/clients_file.hpp"

#include <algorithm>
#include <map>

#include "app/config_table.hpp"
#include "app/policy_section.hpp"
#include "app/toml_file.hpp"
#include "core/nearest.hpp"
#include "core/text.hpp"

namespace ioud::app {
namespace {

using connectors::Complaints;
using connectors::Option;
using connectors::OptionType;
using connectors::Place;
using connectors::Setting;
using domain::Client;

std::vector<Option> make_options() {
  std::vector<Option> rows;
  const auto add = [&rows](const char* path, OptionType type, const char* fallback,
                           const char* help) -> Option& {
    rows.push_back(Option{path, type, fallback, help});
    return rows.back();
  };
  add("name", OptionType::text, "", "name of the organisation or person").required = true;
  add("stage", OptionType::text, "\"prospect\"", "where the client stands").words = {
      "prospect", "customer", "former"};
  add("tier", OptionType::text, "\"bronze\"", "how often to keep in touch").words = {
      "gold", "silver", "bronze"};
  add("relation", OptionType::text, "\"exchange\"", "communal: family and friends, never asked")
      .words = {"exchange", "communal"};
  add("contacts", OptionType::text_list, "[]", "mail addresses; the first is whom to talk to");
  add("time_zone", OptionType::text, "", "IANA name; unsaid: from the card, else from their mail");
  Option& travel = add("travel_minutes", OptionType::integer, "0", "minutes from the rep's place");
  travel.lowest = 0;
  travel.highest = 1440;
  add("holidays", OptionType::date_list, "[]", "the client's own holidays");
  add("flags", OptionType::text_list, "[]", "what must not be asked or sent").words = {
      "no_asks", "no_greetings", "public_official", "in_tender"};
  add("purchases", OptionType::table_list, "[]", "what was bought, and when");
  add("purchases[].date", OptionType::date, "", "day of the purchase").required = true;
  add("purchases[].what", OptionType::text, "\"\"", "what was bought");
  add("history", OptionType::table, "", "opening balance of a client known before ioud came");
  Option& trust = add("history.trust", OptionType::integer, "0", "trust points");
  trust.lowest = -1000;
  trust.highest = 1000;
  Option& delivered = add("history.delivered", OptionType::integer, "0", "favours delivered");
  delivered.lowest = 0;
  delivered.highest = 100000;
  add("favours", OptionType::table_list, "[]", "favours given before ioud came");
  add("favours[].kind", OptionType::text, "", "kind of the catalogue").required = true;
  add("favours[].text", OptionType::text, "\"\"", "what it was");
  add("favours[].delivered", OptionType::date, "", "day it was delivered; unsaid: not yet");
  return rows;
}

template <class T>
void take(const Setting& table, const char* key, T& to) {
  if (const Setting* found = table.find(key)) assign(*found, to);
}

class Reader {
 public:
  explicit Reader(const domain::Catalogue& catalogue) : catalogue_(catalogue) {}

  void read(const Setting& root) {
    for (const connectors::Entry& entry : *root.as<Setting::Table>())
      if (entry.key != "client" || entry.value.as<Setting::List>() == nullptr)
        complain(entry.place,
                 "found `" + entry.key + "`, expected [[client]] before the keys of each client");
    for (const Setting& item : root.list("client")) read_client(item);
  }

  void append(Complaints more) {
    std::move(more.begin(), more.end(), std::back_inserter(file.complaints));
  }

  ClientsFile file;

 private:
  void complain(const Place& place, std::string text) {
    file.complaints.push_back(connectors::complaint(place, std::move(text)));
  }

  void read_client(const Setting& table) {
    const std::size_t before = file.complaints.size();
    append(connectors::check(table, client_options()));
    // What has the wrong type would only be complained of a second time by the rules below.
    if (file.complaints.size() != before) return;
    Client client;
    take_plain(table, client);
    take_contacts(table, client);
    take_zone(table, client);
    take_flags(table, client);
    take_history(table, client);
    take_name(table, client);
    if (file.complaints.size() == before) keep(table, std::move(client));
  }

  static void take_plain(const Setting& table, Client& client) {
    const std::string stage = table.text("stage", "prospect");
    client.stage = stage == "customer" ? domain::Stage::customer
                   : stage == "former" ? domain::Stage::former
                                       : domain::Stage::prospect;
    const std::string tier = table.text("tier", "bronze");
    client.tier = tier == "gold"     ? domain::Tier::gold
                  : tier == "silver" ? domain::Tier::silver
                                     : domain::Tier::bronze;
    client.communal = table.text("relation") == "communal";
    take(table, "travel_minutes", client.travel_minutes);
    take(table, "holidays", client.holidays);
    for (const Setting& item : table.list("purchases")) {
      domain::Purchase purchase;
      take(item, "date", purchase.date);
      take(item, "what", purchase.what);
      client.purchases.push_back(std::move(purchase));
    }
    std::sort(client.purchases.begin(), client.purchases.end(),
              [](const auto& a, const auto& b) { return a.date < b.date; });
  }

  void take_name(const Setting& table, Client& client) {
    client.name = core::squeezed(table.text("name"));
    const Place& place = table.find("name")->place;
    if (client.name.empty()) return complain(place, "found no name, expected the client's");
    const auto known = names_.find(core::folded(client.name));
    if (known != names_.end())
      complain(place, "found the client " + toml_quoted(client.name) +
                          " a second time; it stands already in " + format(known->second));
  }

  void take_contacts(const Setting& table, Client& client) {
    for (const Setting& item : table.list("contacts")) {
      const std::string address = core::ascii_lower(*item.as<std::string>());
      const auto known = contacts_.find(address);
      if (!is_address(address))
        complain(item.place, "found " + toml_quoted(address) +
                                 ", expected a mail address such as \"meg@example.com\"");
      else if (known != contacts_.end())
        complain(item.place, "found a contact that belongs to another client already, in " +
                                 format(known->second));
      else
        client.contacts.push_back(address);
    }
  }

  void take_zone(const Setting& table, Client& client) {
    const Setting* zone = table.find("time_zone");
    if (zone == nullptr) return;
    client.zone = *zone->as<std::string>();
    const core::Result<core::Zone> found = core::Zone::find(client.zone);
    if (!found)
      complain(zone->place, "found " + toml_quoted(client.zone) + ", but " + found.error().text);
  }

  static void take_flags(const Setting& table, Client& client) {
    for (const Setting& item : table.list("flags")) {
      const std::string& flag = *item.as<std::string>();
      if (flag == "no_asks") client.no_asks = true;
      if (flag == "no_greetings") client.no_greetings = true;
      if (flag == "public_official") client.public_official = true;
      if (flag == "in_tender") client.in_tender = true;
    }
  }

  void take_history(const Setting& table, Client& client) {
    if (const Setting* history = table.find("history")) {
      take(*history, "trust", client.opening_trust);
      take(*history, "delivered", client.opening_delivered);
    }
    for (const Setting& item : table.list("favours")) {
      domain::OpeningFavour favour;
      take(item, "kind", favour.kind);
      take(item, "text", favour.text);
      core::Date day;
      if (const Setting* delivered = item.find("delivered"); delivered && assign(*delivered, day))
        favour.delivered = day;
      if (!catalogue_.favours.contains(favour.kind)) complain_of_kind(item, favour.kind);
      client.opening_favours.push_back(std::move(favour));
    }
  }

  void complain_of_kind(const Setting& favour, const std::string& kind) {
    std::vector<std::string> known;
    for (const auto& [name, row] : catalogue_.favours) known.push_back(name);
    const std::string near = core::nearest(kind, known);
    complain(favour.find("kind")->place,
             "found " + toml_quoted(kind) + ", but there is no favour kind of that name; " +
                 (near.empty() ? "there are " + core::joined(known, ", ")
                               : "did you mean " + toml_quoted(near) + "?"));
  }

  void keep(const Setting& table, Client client) {
    names_[core::folded(client.name)] = table.find("name")->place;
    for (const Setting& item : table.list("contacts"))
      contacts_[core::ascii_lower(*item.as<std::string>())] = item.place;
    file.clients.push_back(std::move(client));
  }

  const domain::Catalogue& catalogue_;
  std::map<std::string, Place> names_;     ///< folded
  std::map<std::string, Place> contacts_;  ///< address
};

/// A part of the text that holds one client, and the line it begins on.
struct Piece {
  std::string_view text;
  int line = 1;
};

/// Cuts before every line that begins a [[client]]; what stands before the first is a piece too.
std::vector<Piece> pieces(std::string_view text) {
  std::vector<Piece> found;
  std::size_t begin = 0;
  int begin_line = 1;
  std::size_t at = 0;
  for (int line = 1; at < text.size(); ++line) {
    const auto end = std::min(text.find('\n', at), text.size() - 1);
    if (core::trimmed(text.substr(at, end - at)).starts_with("[[client]]") && at > begin) {
      found.push_back({text.substr(begin, at - begin), begin_line});
      begin = at;
      begin_line = line;
    }
    at = end + 1;
  }
  found.push_back({text.substr(begin), begin_line});
  return found;
}

}  // namespace

const std::vector<Option>& client_options() {
  static const std::vector<Option> rows = make_options();
  return rows;
}

ClientsFile parse_clients(std::string_view text, const std::filesystem::path& file,
                          const domain::Catalogue& catalogue) {
  Reader reader(catalogue);
  if (const auto whole = parse_toml(text, file.string())) {
    reader.read(*whole);
    return std::move(reader.file);
  }
  // One slip of the keyboard must not make every client a stranger: read the others by themselves.
  for (const Piece& piece : pieces(text)) {
    auto part = parse_toml(piece.text, file.string(), piece.line);
    if (part)
      reader.read(*part);
    else
      reader.append(std::move(part.error()));
  }
  return std::move(reader.file);
}

ClientsFile read_clients(const std::filesystem::path& file, const domain::Catalogue& catalogue) {
  auto text = read_text(file);
  if (!text) return {{}, std::move(text.error())};
  return parse_clients(*text, file, catalogue);
}

}  // namespace ioud::app
