#include "app/command_line.hpp"

#include <algorithm>
#include <array>

#include "app/exit_code.hpp"
#include "core/nearest.hpp"
#include "core/text.hpp"

namespace ioud::app {
namespace {

using core::Fault;
using core::Result;

constexpr std::size_t any_number = 1'000'000;
constexpr std::size_t column = 20;  ///< where help begins, behind a synopsis or below a longer one

constexpr std::array<CommandRow, 13> rows = {{
    {Command::run, "run", "", 0, 0,
     "the daemon: works until SIGTERM; SIGHUP reads the config again"},
    {Command::once, "once", "", 0, 0,
     "one full pass: read every source, decide, write every change out, then end"},
    {Command::check, "check", "[--offline]", 0, 0,
     "check the config, then try each connector without writing anything"},
    {Command::login, "login", "[CONNECTOR]", 0, 1,
     "sign in to a connector's account with a browser; for accounts that want OAuth"},
    {Command::status, "status", "[--json]", 0, 0, "health of each connector and what waits"},
    {Command::ledger, "ledger", "[--json]", 0, 0, "favours, IOUs, effort, trust and touches"},
    {Command::explain, "explain", "ID", 1, 1,
     "why a favour or IOU exists and all that became of it; also explains a config key"},
    {Command::learning, "learning", "[--json|--reset]", 0, 0,
     "what declined and accepted proposals taught: counters, no words; --reset forgets them"},
    {Command::accept_loss, "accept-loss", "CONNECTOR [COLLECTION]", 1, 2,
     "believe that what is suddenly missing there (a calendar, a book, mail) was removed; status "
     "names it"},
    {Command::forget, "forget", "ADDRESS", 1, 1,
     "erase a person for good and keep them out; reports counts only"},
    {Command::export_, "export", "ADDRESS", 1, 1,
     "everything held on a person, and on nobody else, as one JSON object"},
    {Command::detect, "detect", "[--jsonl|--mail|--event] [--rep ADDRESS] [--model FILE] [FILE...]",
     0, any_number,
     "detections in given text (standard input without FILE) as JSON lines; no config, no state"},
    {Command::demo, "demo", "[DIR]", 0, 1,
     "the main job on sample data, with no server and no account"},
}};

constexpr CommandRow document_row = {Command::document,
                                     "document",
                                     "all_keys|man|commands",
                                     1,
                                     1,
                                     "print the generated manual of the config"};

const CommandRow* row_named(std::string_view name) {
  if (name == document_row.name) return &document_row;
  const auto found = std::find_if(rows.begin(), rows.end(),
                                  [name](const CommandRow& r) { return r.name == name; });
  return found == rows.end() ? nullptr : &*found;
}

std::vector<std::string> command_names() {
  std::vector<std::string> names;
  for (const CommandRow& row : rows) names.emplace_back(row.name);
  return names;
}

tl::unexpected<core::Error> usage(std::string text) {
  return core::fail(Fault::config, "command line", std::move(text));
}

/// Where options of one command are misspelt, or belong to another.
const std::array<std::string_view, 14> option_names = {
    "--at",    "--config",  "--log",  "--help",  "--version", "--json",  "--rep",
    "--model", "--offline", "--mail", "--event", "--jsonl",   "--reset", "--verbose"};

Result<core::Level> level_named(std::string_view word) {
  if (word == "debug") return core::Level::debug;
  if (word == "info") return core::Level::info;
  if (word == "warning") return core::Level::warning;
  if (word == "error") return core::Level::error;
  const std::string near = core::nearest(word, {"debug", "info", "warning", "error"});
  return usage("--log: found \"" + std::string(word) +
               "\", expected debug, info, warning or error" +
               (near.empty() ? "" : "; did you mean \"" + near + "\"?"));
}

Result<core::Instant> instant_of(std::string_view source, std::string_view text) {
  const auto at = core::parse_rfc3339(text);
  if (at) return *at;
  return usage(std::string(source) + ": found \"" + std::string(text) +
               "\", expected a time with its offset such as 2026-03-04T14:25:00-06:00");
}

/// Walks the arguments once; options may stand before or after the command.
class Parser {
 public:
  explicit Parser(const std::vector<std::string>& arguments) : arguments_(arguments) {}

  Result<Invocation> parse() {
    while (next_ < arguments_.size()) {
      const std::string& argument = arguments_[next_++];
      const bool is_option = !only_words_ && argument.size() > 1 && argument.front() == '-';
      const Result<bool> taken = is_option ? take_option(argument) : take_word(argument);
      if (!taken) return tl::unexpected(taken.error());
    }
    return finish();
  }

 private:
  Result<bool> take_word(const std::string& word) {
    if (row_ != nullptr) {
      found_.words.push_back(word);
      return true;
    }
    if (word == "help") return wants_help_ = true;
    row_ = row_named(word);
    if (row_ != nullptr) return true;
    const std::string near = core::nearest(word, command_names());
    return usage("there is no command \"" + word + "\"" +
                 (near.empty() ? "" : "; did you mean \"" + near + "\"?") +
                 " (ioud --help lists them)");
  }

  Result<bool> take_option(const std::string& argument) {
    const auto equals = argument.starts_with("--") ? argument.find('=') : std::string::npos;
    const std::string name = argument.substr(0, equals);
    if (argument == "--") return only_words_ = true;
    if (name == "--help" || name == "-h") return wants_help_ = true;
    if (name == "--version" || name == "-V") return wants_version_ = true;
    if (name == "-c" || name == "--config") return take_value(name, equals, found_.config);
    if (name == "--rep") return take_value(name, equals, found_.rep);
    if (name == "--model") return take_value(name, equals, found_.model);
    if (name == "--at") return take_at(name, equals);
    if (name == "--log") return take_level(name, equals);
    if (name == "--json") return found_.json = true;
    if (name == "--offline") return found_.offline = true;
    if (name == "--reset") return found_.reset = true;
    if (name == "--jsonl") return take_input(DetectInput::jsonl);
    if (name == "--mail") return take_input(DetectInput::mail);
    if (name == "--event") return take_input(DetectInput::event);
    const std::string near =
        core::nearest(name, std::vector<std::string>(option_names.begin(), option_names.end()));
    return usage("there is no option \"" + name + "\"" +
                 (near.empty() ? "" : "; did you mean \"" + near + "\"?"));
  }

  Result<bool> take_value(const std::string& name, std::size_t equals, std::string& into) {
    const std::string& argument = arguments_[next_ - 1];
    if (equals != std::string::npos)
      into = argument.substr(equals + 1);
    else if (next_ < arguments_.size())
      into = arguments_[next_++];
    if (into.empty()) return usage(name + " needs a value after it");
    return true;
  }

  Result<bool> take_at(const std::string& name, std::size_t equals) {
    std::string text;
    const Result<bool> taken = take_value(name, equals, text);
    if (!taken) return taken;
    const Result<core::Instant> at = instant_of(name, text);
    if (!at) return tl::unexpected(at.error());
    found_.at = *at;
    return true;
  }

  Result<bool> take_level(const std::string& name, std::size_t equals) {
    std::string text;
    const Result<bool> taken = take_value(name, equals, text);
    if (!taken) return taken;
    const Result<core::Level> level = level_named(text);
    if (!level) return tl::unexpected(level.error());
    found_.lowest = *level;
    return true;
  }

  Result<bool> take_input(DetectInput input) {
    if (has_input_ && found_.detect_input != input)
      return usage("--jsonl, --mail and --event exclude each other");
    has_input_ = true;
    found_.detect_input = input;
    return true;
  }

  Result<Invocation> finish() {
    if (wants_version_) {
      found_.command = Command::version;
      return found_;
    }
    if (wants_help_) {
      found_.command = Command::help;
      found_.words.clear();
      if (row_ != nullptr) found_.words.emplace_back(row_->name);
      return found_;
    }
    if (row_ == nullptr) return usage("a command is missing (ioud --help lists them)");
    found_.command = row_->command;
    return checked();
  }

  Result<Invocation> checked() const {
    const std::string name(row_->name);
    if (found_.words.size() < row_->least)
      return usage(name + " needs " + std::string(row_->arguments) + " after it");
    if (found_.words.size() > row_->most)
      return usage(name + ": \"" + found_.words[row_->most] + "\" is one word too many" +
                   (row_->arguments.empty() ? "" : "; expected " + std::string(row_->arguments)));
    const bool detects = found_.command == Command::detect;
    if (!detects && has_input_) return usage("--jsonl, --mail and --event belong to detect");
    if (!detects && !found_.rep.empty()) return usage("--rep belongs to detect");
    if (!detects && !found_.model.empty()) return usage("--model belongs to detect");
    if (found_.offline && found_.command != Command::check)
      return usage("--offline belongs to check");
    if (found_.reset && found_.command != Command::learning)
      return usage("--reset belongs to learning");
    if (found_.reset && found_.json) return usage("--json and --reset exclude each other");
    return found_;
  }

  const std::vector<std::string>& arguments_;
  std::size_t next_ = 0;
  Invocation found_;
  const CommandRow* row_ = nullptr;
  bool only_words_ = false;
  bool wants_help_ = false;
  bool wants_version_ = false;
  bool has_input_ = false;
};

std::string default_config(const Environment& environment) {
  if (!environment.config_home.empty()) return environment.config_home + "/ioud/ioud.toml";
  if (!environment.home.empty()) return environment.home + "/.config/ioud/ioud.toml";
  return "/etc/ioud/ioud.toml";
}

std::string help_of(const CommandRow& row) {
  std::string text = "usage: ioud [--at TIME] [-c FILE] " + std::string(row.name);
  if (!row.arguments.empty()) text.append(" ").append(row.arguments);
  return text.append("\n\n").append(row.help).append("\n");
}

std::string padded(std::string_view text, std::size_t width) {
  std::string out(text);
  return out.append(width > out.size() ? width - out.size() : 0, ' ');
}

}  // namespace

std::span<const CommandRow> commands() { return rows; }

Result<Invocation> parse_command_line(const std::vector<std::string>& arguments,
                                      const Environment& environment) {
  Result<Invocation> found = Parser(arguments).parse();
  if (!found) return found;
  if (found->config.empty()) found->config = default_config(environment);
  if (!found->at && !environment.at.empty()) {
    const Result<core::Instant> at = instant_of("IOUD_AT", environment.at);
    if (!at) return tl::unexpected(at.error());
    found->at = *at;
  }
  return found;
}

std::string help_text(std::string_view command) {
  if (const CommandRow* row = row_named(command)) return help_of(*row);
  std::string text =
      "ioud notices the favours a sales rep promises and books the sit-down that pays them back.\n"
      "\n"
      "usage: ioud [--at TIME] [-c FILE] COMMAND [...]\n"
      "\n"
      "commands:\n";
  for (const CommandRow& row : rows) {
    std::string left(row.name);
    if (!row.arguments.empty()) left.append(" ").append(row.arguments);
    if (left.size() >= column) left.append("\n  ").append(column, ' ');
    text.append("  ").append(padded(left, column)).append(row.help).append("\n");
  }
  text +=
      "\n"
      "options:\n"
      "  -c, --config FILE   the config (default: $XDG_CONFIG_HOME/ioud/ioud.toml,\n"
      "                      else ~/.config/ioud/ioud.toml); conf.d/*.toml beside it is read too\n"
      "  --at TIME           decide as if it were this RFC 3339 time (also: IOUD_AT)\n"
      "  --log LEVEL         debug, info, warning or error; info when unsaid\n"
      "  -h, --help          this text, or after a command its own\n"
      "  -V, --version       name and version\n"
      "\n"
      "exit codes:\n";
  for (const ExitMeaning& row : exit_meanings)
    text.append("  ")
        .append(padded(std::to_string(number(row.code)), 4))
        .append(row.meaning)
        .append("\n");
  return text +
         "\nioud demo shows the whole thing on sample data. Manual: ioud(8), ioud.toml(5).\n";
}

std::string version_text() { return "ioud " IOUD_VERSION "\n"; }

}  // namespace ioud::app
