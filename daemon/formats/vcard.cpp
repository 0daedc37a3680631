#include "formats/vcard.hpp"

#include <algorithm>
#include <array>
#include <map>

#include "core/text.hpp"
#include "formats/card_date.hpp"
#include "formats/component.hpp"
#include "formats/content_line.hpp"
#include "formats/encoding.hpp"

namespace ioud::formats {
namespace {

using domain::Card;

constexpr std::size_t line_limit = 100'000;
constexpr std::size_t fault_limit = 100;

constexpr std::array<std::string_view, 10> note_keys = {"child", "hobby",  "stage",    "tier",
                                                        "gifts", "bought", "birthday", "relation",
                                                        "rival", "rivals"};
constexpr std::array<std::string_view, 3> note_flags = {"no-asks", "no-greetings", "deceased"};

template <std::size_t N>
bool is_one_of(std::string_view word, const std::array<std::string_view, N>& words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

bool is_blob(const ContentLine& line) {
  return line.has("ENCODING", "BASE64") || line.has("ENCODING", "B");
}

/// The value decoded, but with its backslashes, since they tell separators from text.
std::string raw_value(const ContentLine& line) {
  const std::string value =
      line.has("ENCODING", "QUOTED-PRINTABLE") ? decode_quoted_printable(line.value) : line.value;
  return to_utf8(value, line.parameter("CHARSET").value_or(""));
}

std::string text_value(const ContentLine& line) {
  return std::string(core::trimmed(unescape_text(raw_value(line))));
}

/// The parts of a value such as N or ADR, each as text.
std::vector<std::string> parts_of(const ContentLine& line, char separator) {
  std::vector<std::string> parts;
  for (const std::string& part : split_list(raw_value(line), separator)) {
    parts.emplace_back(core::trimmed(unescape_text(part)));
  }
  return parts;
}

bool is_preferred(const ContentLine& line) {
  return line.has("TYPE", "pref") || line.parameter("PREF") == "1";
}

bool has_scheme(std::string_view text, std::string_view scheme) {
  return core::iequals(text.substr(0, scheme.size()), scheme);
}

/// Builds one card from its lines.
class CardReader {
 public:
  explicit CardReader(const std::vector<ContentLine>& lines) : lines_(lines) {
    for (const ContentLine& line : lines) {
      if (line.name == "X-ABLABEL" && !line.group.empty()) {
        labels_[core::ascii_lower(line.group)] = text_value(line);
      }
    }
  }

  Card read() {
    for (const ContentLine& line : lines_) {
      if (line.value.empty() || is_blob(line)) continue;
      read_person(line);
      read_dates(line);
      read_relatives(line);
      if (line.name == "NOTE") read_notes(unescape_text(raw_value(line)));
    }
    if (card_.name.empty()) card_.name = name_of_parts_;
    if (card_.name.empty()) card_.name = card_.organisation;
    if (card_.name.empty() && !card_.addresses.empty()) card_.name = card_.addresses.front();
    add_typed_dates();
    return std::move(card_);
  }

 private:
  void read_person(const ContentLine& line) {
    if (line.name == "FN" && card_.name.empty()) card_.name = core::squeezed(text_value(line));
    if (line.name == "N") name_of_parts_ = put_together(parts_of(line, ';'));
    if (line.name == "UID") card_.uid = text_value(line);
    if (line.name == "EMAIL") add_address(line);
    if (line.name == "TEL") {
      std::string number = text_value(line);
      if (has_scheme(number, "tel:")) number.erase(0, 4);
      if (!number.empty()) card_.phones.push_back(number);
    }
    if (line.name == "ORG") card_.organisation = parts_of(line, ';').front();
    if (line.name == "TITLE") card_.title = text_value(line);
    if (line.name == "TZ") card_.zone = text_value(line);
    if (line.name == "LANG") card_.language = text_value(line);
    if (line.name == "ADR") {
      const auto parts = parts_of(line, ';');
      if (parts.size() > 6 && card_.country.empty()) card_.country = parts[6];
    }
    if (line.name == "CATEGORIES") append(parts_of(line, ','), card_.categories);
    if (line.name == "INTEREST" || line.name == "HOBBY") {
      append({text_value(line)}, card_.interests);
    }
    if (line.name == "X-NC-EXCLUDE-FROM-BIRTHDAY-CALENDAR") {
      card_.no_birthday = core::iequals(text_value(line), "true");
    }
    if (line.name == "DEATHDATE" || line.name == "X-DEATHDATE") {
      card_.deceased = card_.deceased || !text_value(line).empty();
    }
  }

  static void append(const std::vector<std::string>& from, std::vector<std::string>& to) {
    std::copy_if(from.begin(), from.end(), std::back_inserter(to),
                 [](const std::string& each) { return !each.empty(); });
  }

  /// "Given Additional Family" of N's family, given and additional names.
  static std::string put_together(std::vector<std::string> parts) {
    parts.resize(3);
    return core::squeezed(parts[1] + " " + parts[2] + " " + parts[0]);
  }

  void add_address(const ContentLine& line) {
    std::string address = core::ascii_lower(text_value(line));
    if (has_scheme(address, "mailto:")) address.erase(0, 7);
    auto& all = card_.addresses;
    const bool is_known = std::find(all.begin(), all.end(), address) != all.end();
    if (is_known || address.find('@') == std::string::npos) return;
    all.insert(is_preferred(line) ? all.begin() : all.end(), address);
  }

  std::string label_of(const ContentLine& line) const {
    const auto label = labels_.find(core::ascii_lower(line.group));
    return label == labels_.end() ? std::string() : label->second;
  }

  void read_dates(const ContentLine& line) {
    const bool is_birthday = line.name == "BDAY";
    const bool is_wedding = line.name == "ANNIVERSARY" || line.name == "X-ANNIVERSARY" ||
                            line.name == "X-EVOLUTION-ANNIVERSARY" ||
                            line.name == "X-MS-ANNIVERSARY";
    if (!is_birthday && !is_wedding && line.name != "X-ABDATE") return;
    auto when = parse_card_date(text_value(line), line.parameter("X-APPLE-OMIT-YEAR").value_or(""));
    if (!when) return;
    const std::string calendar =
        core::ascii_lower(line.parameter("CALSCALE").value_or("gregorian"));
    if (calendar != "gregorian") {
      when->calendar = calendar;
      when->year.reset();  // of another calendar: no age could be counted from it
    }
    if (is_birthday) {
      add_date({"birthday", "", *when});
    } else if (is_wedding) {
      add_date({"wedding", "", *when});
    } else {
      add_date(labelled_date(label_of(line), *when));
    }
  }

  void add_date(domain::CardDate date) {
    const auto same = [&](const domain::CardDate& known) {
      return known.kind == date.kind && known.label == date.label && known.when == date.when;
    };
    if (std::none_of(card_.dates.begin(), card_.dates.end(), same)) {
      card_.dates.push_back(std::move(date));
    }
  }

  void read_relatives(const ContentLine& line) {
    domain::Relative relative;
    if (line.name == "RELATED") {
      for (const Parameter& each : line.parameters) {
        if (each.name == "TYPE" && relative.relation.empty()) {
          relative.relation = core::ascii_lower(each.values.front());
        }
      }
    } else if (line.name == "X-ABRELATEDNAMES") {
      relative.relation = core::folded(plain_label(label_of(line)));
    } else if (line.name == "X-SPOUSE" || line.name == "X-EVOLUTION-SPOUSE") {
      relative.relation = "spouse";
    } else {
      return;
    }
    const std::string value = text_value(line);
    const bool is_reference = has_scheme(value, "urn:") || has_scheme(value, "http");
    (is_reference ? relative.uid : relative.name) = value;
    if (!value.empty()) card_.relatives.push_back(std::move(relative));
  }

  void read_notes(const std::string& note) {
    for (const std::string& line : core::split(note, '\n')) {
      const std::string word = core::ascii_lower(core::trimmed(line));
      if (is_one_of(word, note_flags)) {
        card_.notes.emplace_back(word, "");
        card_.deceased = card_.deceased || word == "deceased";
        continue;
      }
      const std::size_t colon = line.find(':');
      if (colon == std::string::npos) continue;
      const std::string key =
          core::ascii_lower(core::trimmed(std::string_view(line).substr(0, colon)));
      const std::string value(core::trimmed(std::string_view(line).substr(colon + 1)));
      if (!is_one_of(key, note_keys) || value.empty()) continue;
      card_.notes.emplace_back(key, value);
      if (key == "hobby") card_.interests.push_back(value);
    }
  }

  /// What the rep typed into the note beats what stands elsewhere on the card.
  void add_typed_dates() {
    for (const auto& [key, value] : card_.notes) {
      if (key == "birthday") {
        if (const auto when = parse_typed_date(value)) replace_dates("birthday", "", *when);
      }
      if (key != "child") continue;
      const std::size_t space = value.rfind(' ');
      const std::string last = space == std::string::npos ? value : value.substr(space + 1);
      const auto when = parse_typed_date(last);
      const std::string name(core::trimmed(
          when ? std::string_view(value).substr(0, value.size() - last.size()) : value));
      if (when) replace_dates("child", name, *when);
      if (!name.empty()) card_.relatives.push_back({name, "", "child"});
    }
  }

  void replace_dates(const std::string& kind, const std::string& label, domain::PartialDate when) {
    const auto is_old = [&](const domain::CardDate& date) {
      return date.kind == kind && core::folded(date.label) == core::folded(label);
    };
    card_.dates.erase(std::remove_if(card_.dates.begin(), card_.dates.end(), is_old),
                      card_.dates.end());
    card_.dates.push_back({kind, label, std::move(when)});
  }

  const std::vector<ContentLine>& lines_;
  std::map<std::string, std::string> labels_;  ///< by group
  Card card_;
  std::string name_of_parts_;
};

/// The lines of one card, and the first damage in it.
struct RawCard {
  std::size_t number = 0;
  std::vector<ContentLine> lines;
  std::string damage;
};

core::Result<Card> card_of(const RawCard& raw, std::string_view place) {
  const auto bad = [&](std::string text) {
    return core::fail(core::Fault::protocol, std::string(place), std::move(text));
  };
  if (!raw.damage.empty()) return bad(raw.damage);
  Card card = CardReader(raw.lines).read();
  if (card.name.empty()) {
    return bad(at_line(raw.number, "a card without a name, expected a line FN:Meg Alvarez"));
  }
  return card;
}

bool is_mark(const ContentLine& line, std::string_view name) {
  return line.name == name && core::iequals(core::trimmed(line.value), "VCARD");
}

}  // namespace

core::Result<CardFile> read_cards(std::string_view bytes, std::string_view place) {
  CardFile file;
  LineReader reader(bytes, Dialect::vcard);
  std::optional<RawCard> open;
  std::size_t nested = 0;  // cards inside the card (AGENT of vCard 2.1)
  bool in_blob = false;
  const auto close = [&](std::string damage) {
    if (open->damage.empty()) open->damage = std::move(damage);
    auto card = card_of(*open, place);
    if (card) {
      file.cards.push_back(*std::move(card));
    } else if (file.faults.size() < fault_limit) {
      file.faults.push_back(std::move(card.error()));
    }
    open.reset();
  };
  const auto is_cut = [&] {
    return at_line(open->number,
                   "BEGIN:VCARD has no END:VCARD; the file is cut or was being "
                   "written");
  };
  ContentLine line;
  std::string before;  // the property of the line before
  while (reader.next(line)) {
    const std::string previous = std::exchange(before, line.name);
    if (is_mark(line, "BEGIN")) {
      if (open && previous == "AGENT") {
        ++nested;
        continue;
      }
      if (open) close(is_cut());
      open = RawCard{line.number, {}, {}};
      nested = 0;
      in_blob = false;
    } else if (!open) {
      continue;
    } else if (is_mark(line, "END")) {
      if (nested > 0) {
        --nested;
      } else {
        close({});
      }
    } else if (line.name.empty()) {
      // Old programs write the lines of a picture without folding them.
      if (!in_blob && open->damage.empty()) {
        open->damage =
            at_line(line.number, "found " + quoted(line.value) + ", expected a property such as " +
                                     "FN:Meg Alvarez");
      }
    } else if (nested == 0) {
      in_blob = is_blob(line);
      if (open->lines.size() < line_limit) open->lines.push_back(line);
    }
  }
  if (open) close(is_cut());
  if (!file.cards.empty()) return file;
  if (!file.faults.empty()) return tl::unexpected(file.faults.front());
  return core::fail(core::Fault::protocol, std::string(place),
                    "found no BEGIN:VCARD, expected an address-book card (RFC 6350)");
}

}  // namespace ioud::formats
