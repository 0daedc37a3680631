#include "app/config_manual.hpp"

#include <algorithm>
#include <cstdio>
#include <map>

#include "app/clients_file.hpp"
#include "app/command_line.hpp"
#include "app/config_table.hpp"
#include "app/exit_code.hpp"
#include "app/policy_section.hpp"
#include "core/text.hpp"

namespace ioud::app {
namespace {

using connectors::Option;
using connectors::OptionType;

/// Values for keys that have no default, so that the file of all keys is a config that works.
const std::map<std::string, std::string>& examples() {
  static const std::map<std::string, std::string> values = {
      {"rep.name", "\"Tom Reyes\""},
      {"rep.addresses", "[\"tom@example.com\"]"},
      {"rep.time_zone", "\"America/Chicago\""},
      {"identity.address", "\"tom+ioud@example.com\""},
  };
  return values;
}

std::string bare(double number) {
  std::array<char, 32> buffer{};
  std::snprintf(buffer.data(), buffer.size(), "%.10g", number);
  return buffer.data();
}

/// "1 to 60", "feb28 or mar1", "" where anything goes.
std::string allowed(const Option& option) {
  if (option.lowest && option.highest) return bare(*option.lowest) + " to " + bare(*option.highest);
  std::string text;
  for (const std::string& word : option.words) {
    if (!text.empty()) text += &word == &option.words.back() ? " or " : ", ";
    text += word.empty() ? "\"\"" : word;
  }
  return text;
}

std::string comment_of(const Option& option) {
  const std::string range = allowed(option);
  return option.help + (range.empty() ? "" : "; " + range) + (option.required ? " (required)" : "");
}

std::string last_key(const std::string& path) { return path.substr(path.rfind('.') + 1); }
bool is_table(const Option& option) {
  return option.type == OptionType::table || option.type == OptionType::table_list;
}
bool is_catalogue(const Option& option) {
  return option.path.starts_with("policy.asks") || option.path.starts_with("policy.favours");
}

std::string toml_line(const Option& option) {
  const auto example = examples().find(option.path);
  const std::string value = example == examples().end() ? option.fallback : example->second;
  if (value.empty()) return "# " + last_key(option.path) + " = …\n";
  return last_key(option.path) + " = " + value + "\n";
}

std::string asks_toml(const domain::Catalogue& catalogue) {
  std::string out;
  for (const auto& [kind, ask] : catalogue.asks)
    out += "\n[policy.asks." + kind + "]\nsize = " + as_toml(std::string(domain::name(ask.size))) +
           "\nminutes = " + as_toml(ask.minutes) + "\ntopic = " + as_toml(ask.topic) +
           "\nstages = " + as_toml(ask.stages) + "\nneeds = " + as_toml(ask.needs) +
           "\ncooldown_days = " + as_toml(ask.cooldown_days) + "\nplace = " + as_toml(ask.place) +
           "\nprompts = " + as_toml(ask.prompts) + "\n";
  return out;
}

std::string favours_toml(const domain::Catalogue& catalogue) {
  std::string out;
  for (const auto& [kind, favour] : catalogue.favours)
    out += "\n[policy.favours." + kind + "]\nwords = " + as_toml(favour.words) +
           "\nminutes = " + as_toml(favour.minutes) +
           "\nsize = " + as_toml(std::string(domain::name(favour.size))) +
           "\nasks = " + as_toml(favour.asks) + "\nbanked_first = " + as_toml(favour.banked_first) +
           "\nfree = " + as_toml(favour.free) + "\n";
  return out;
}

/// The keys of `policy.asks.*` or `policy.favours.*` as a comment before the shipped kinds.
std::string catalogue_comment(const std::vector<ConfigRow>& rows, const std::string& table) {
  std::string out = "\n";
  for (const ConfigRow& row : rows) {
    if (row.option.path == table) out += "# " + row.option.help + "\n";
    if (row.option.path.starts_with(table + ".*.") && !is_table(row.option))
      out += "#   " + last_key(row.option.path) + ": " + comment_of(row.option) + "\n";
  }
  return out;
}

std::string kind_toml(const KindKeys& kind) {
  std::string out = "\n# " + kind.help + "\n# [[connector]]\n";
  for (const Option& option : kind.options) {
    const std::string value = option.path == "type"     ? as_toml(kind.name)
                              : option.fallback.empty() ? std::string()
                                                        : option.fallback;
    out += "# " + option.path + " = " + (value.empty() ? "…" : value) + "  # " +
           comment_of(option) + "\n";
  }
  return out;
}

/// One key of the manual as a definition.
std::string man_entry(const Option& option, const std::string& name) {
  std::string out = "**" + name + "** = *" + connectors::describe(option.type) + "*";
  const std::string range = allowed(option);
  if (!range.empty()) out += ", " + range;
  if (!option.fallback.empty()) out += "; default `" + option.fallback + "`";
  if (option.required) out += "; required";
  return out + "\n:   " + option.help + "\n\n";
}

std::string man_table(const std::vector<ConfigRow>& rows, const Option& table) {
  std::string out = "## [" + table.path + "]\n\n" + table.help + "\n\n";
  for (const ConfigRow& row : rows) {
    const std::string& path = row.option.path;
    if (is_table(row.option) || !path.starts_with(table.path + ".")) continue;
    if (path.find('.', table.path.size() + 1) == std::string::npos)
      out += man_entry(row.option, last_key(path));
  }
  return out;
}

constexpr const char* man_head = R"(% IOUD.TOML(5) | ioud

# NAME

ioud.toml - configuration of ioud(8)

# DESCRIPTION

One TOML file, and every `conf.d/*.toml` beside it in the order of their names. A key stands once
among all of them; `[[connector]]` may stand in each. Relative paths start at the folder of
ioud.toml, and `~/` is the home folder. ioud never writes a file of this folder. `ioud check` lists
everything that is wrong at once, each with file, line and column.

Dates are TOML dates (2026-05-25), hours are `"08:30"`. "Days" are calendar days unless the text
says business days: Monday to Friday without holidays.

# SECRETS

A secret never stands in the config; a reference to it does:

`{ credential = "imap" }`
:   the file of that name in `$CREDENTIALS_DIRECTORY`, as systemd's LoadCredential= puts it there

`{ command = ["pass", "show", "mail"] }`
:   the first line that this program prints; started without a shell

`{ file = "~/.secrets/imap" }`
:   the first line of that file, which only its owner may read

`{ keyring = "imap" }`
:   the attribute `ioud` of that value in the desktop's keyring, by secret-tool(1)

# KEYS

)";

constexpr const char* man_files = R"(# FILES

`$XDG_CONFIG_HOME/ioud/ioud.toml`, else `~/.config/ioud/ioud.toml`
:   read when no `-c` is given

`all_keys.toml`
:   every key with its default, shipped beside the examples

# SEE ALSO

ioud(8)
)";

}  // namespace

std::string all_keys_toml(std::span<const KindKeys> kinds) {
  const std::vector<ConfigRow> rows = config_rows();
  std::string out =
      "# Every key of ioud.toml with its default. Made by `ioud document all_keys`; a config "
      "needs\n"
      "# only the keys that differ.\n";
  for (const ConfigRow& row : rows) {
    const Option& option = row.option;
    if (is_catalogue(option) || option.path == "connector" || option.path == "policy") continue;
    if (is_table(option))
      out += "\n# " + option.help + "\n[" + option.path + "]\n";
    else
      out += "# " + comment_of(option) + "\n" + toml_line(option);
  }
  const domain::Catalogue catalogue = domain::Catalogue::standard();
  out += catalogue_comment(rows, "policy.asks") + asks_toml(catalogue);
  out += catalogue_comment(rows, "policy.favours") + favours_toml(catalogue);
  for (const KindKeys& kind : kinds) out += kind_toml(kind);
  return out;
}

std::string config_man_page(std::span<const KindKeys> kinds) {
  const std::vector<ConfigRow> rows = config_rows();
  std::string out = man_head;
  for (const ConfigRow& row : rows)
    if (row.option.type == OptionType::table && row.option.path != "policy" &&
        row.option.path != "policy.asks" && row.option.path != "policy.favours")
      out += man_table(rows, row.option);
  for (const KindKeys& kind : kinds) {
    out += "## [[connector]] of type " + kind.name + "\n\n" + kind.help + "\n\n";
    for (const Option& option : kind.options) out += man_entry(option, option.path);
  }
  out +=
      "# CLIENTS FILE\n\nA TOML file of one `[[client]]` an organisation or person. A bad entry "
      "is reported and left\nout; the others count.\n\n";
  for (const Option& option : client_options()) out += man_entry(option, option.path);
  return out + man_files;
}

std::string command_man_page() {
  std::string out =
      "% IOUD(8) | ioud\n\n# NAME\n\nioud - notices the favours a sales rep promises and books the "
      "sit-down that pays them back\n\n# SYNOPSIS\n\n**ioud** [**--at** *TIME*] [**-c** *FILE*] "
      "*COMMAND* [*ARGUMENTS*]\n\n# COMMANDS\n\n";
  for (const CommandRow& row : commands())
    out += "**" + std::string(row.name) + "**" +
           (row.arguments.empty() ? "" : " " + std::string(row.arguments)) +
           "\n:   " + std::string(row.help) + "\n\n";
  out +=
      "# OPTIONS\n\n**-c**, **--config** *FILE*\n:   the config; see ioud.toml(5)\n\n"
      "**--at** *TIME*\n:   decide as if it were this RFC 3339 time; the environment variable "
      "`IOUD_AT` says the same\n\n**--log** *LEVEL*\n:   debug, info, warning or error\n\n"
      "**-h**, **--help**, **-V**, **--version**\n:   help, also of one command; the version\n\n"
      "# SIGNALS\n\n**SIGTERM**, **SIGINT**\n:   `ioud run` finishes what it is writing and ends "
      "within two seconds\n\n**SIGHUP**\n:   `ioud run` checks the config and takes it over; a "
      "bad one is reported and the old one stays\n\n# EXIT CODES\n\n";
  for (const ExitMeaning& row : exit_meanings)
    out += "**" + std::to_string(number(row.code)) + "**\n:   " + std::string(row.meaning) + "\n\n";
  return out + "# SEE ALSO\n\nioud.toml(5)\n";
}

}  // namespace ioud::app
