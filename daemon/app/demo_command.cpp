#include "app/demo_command.hpp"

#include <fstream>
#include <iterator>
#include <ostream>

#include "app/agenda_view.hpp"
#include "app/demo_files.hpp"
#include "app/state_commands.hpp"
#include "formats/ical.hpp"
#include "formats/recurrence.hpp"

namespace ioud::app {
namespace {

namespace fs = std::filesystem;

constexpr const char* marker = ".ioud-demo";
constexpr const char* default_folder = "ioud-demo";
constexpr int shown_days = 14;

/// Folders that programs expect though nothing lies in them yet.
constexpr const char* empty_folders[] = {
    "calendars/ious", "calendars/dates",  "mail/cur",         "mail/tmp",         "mail/.Sent/new",
    "mail/.Sent/tmp", "mail/.Drafts/cur", "mail/.Drafts/new", "mail/.Drafts/tmp", "outbox"};

std::string bytes_of(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  return std::string(std::istreambuf_iterator<char>(in), {});
}

core::Result<void> write_file(const fs::path& file, std::string_view bytes) {
  fs::create_directories(file.parent_path());
  std::ofstream out(file, std::ios::binary | std::ios::trunc);
  out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  out.close();
  if (!out)
    return core::fail(core::Fault::transient, file.string(),
                      "cannot be written; give another folder, or make room");
  return {};
}

/// Lays the sample data out in an empty folder, or anew in one of an earlier demo.
core::Result<void> lay_out(const fs::path& folder) {
  if (fs::exists(folder) && !fs::is_empty(folder)) {
    if (!fs::exists(folder / marker))
      return core::fail(core::Fault::rejected, folder.string(),
                        "holds something that is no demo; give an empty or a new folder");
    fs::remove_all(folder);
  }
  for (const DemoFile& file : demo_files())
    if (auto written = write_file(folder / file.path, file.bytes); !written) return written;
  for (const char* name : empty_folders) fs::create_directories(folder / name);
  return write_file(folder / marker, "ioud demo lays this folder out anew each time it runs\n");
}

void add_lines(const domain::Series& series, const core::Zone& zone, core::Date first, bool is_ours,
               std::vector<AgendaLine>& lines) {
  const auto instances = formats::expand(
      series, core::instant_in(zone, first, core::TimeOfDay(0)),
      core::instant_in(zone, core::add_days(first, shown_days), core::TimeOfDay(0)), zone, 1000);
  if (!instances) return;
  for (const formats::Instance& one : *instances) {
    AgendaLine line;
    line.title = one.part->summary;
    line.is_ours = is_ours;
    if (one.all_day) {
      line.day = one.first_day;
    } else {
      const core::LocalTime start = zone.to_local(one.start);
      line.day = core::date_of(start);
      line.from = core::time_of(start);
      line.to = core::time_of(zone.to_local(one.end));
    }
    lines.push_back(std::move(line));
  }
}

/// Everything that stands in the demo's calendars from that day on.
std::vector<AgendaLine> agenda(const fs::path& folder, const core::Zone& zone, core::Date first) {
  std::vector<AgendaLine> lines;
  for (const char* name : {"work", "private", "ious", "dates"}) {
    const fs::path calendar = folder / "calendars" / name;
    if (!fs::exists(calendar)) continue;
    const bool is_ours = std::string_view(name) == "ious" || std::string_view(name) == "dates";
    for (const fs::directory_entry& entry : fs::directory_iterator(calendar)) {
      const auto read = formats::read_calendar(bytes_of(entry.path()), entry.path().string());
      if (!read) continue;
      for (const domain::Series& series : read->series)
        add_lines(series, zone, first, is_ours, lines);
    }
  }
  return lines;
}

void show_places(const fs::path& folder, std::ostream& out) {
  out << "Open these folders in any calendar and mail program:\n";
  for (const auto& [path, what] :
       {std::pair("calendars/ious", "what ioud put into the week (one .ics file an event)"),
        std::pair("calendars/dates", "birthdays and anniversaries"),
        std::pair("calendars/work", "the rep's own calendar, untouched"),
        std::pair("mail/.Drafts", "replies for the rep to send, change or delete"),
        std::pair("outbox", "what left: nothing before the rep approves"),
        std::pair("ioud.toml", "all that ioud was told")})
    out << "  " << (folder / path).string() << "\n      " << what << "\n";
  out << "Answer a sit-down as you would an invitation (accept, decline, move, delete), then run\n"
      << "  ioud --at 2026-03-09T09:00:00-04:00 -c " << (folder / "ioud.toml").string()
      << " once\nand look again.\n";
}

}  // namespace

ExitCode demo(const DemoWish& wish, core::Log& log, Terminal terminal) {
  const fs::path folder =
      fs::absolute(wish.folder.empty() ? fs::path(default_folder) : wish.folder);
  if (auto laid = lay_out(folder); !laid) return complain(laid.error(), terminal);
  const core::Instant at = wish.at.value_or(*core::parse_rfc3339(demo_time));
  const net::FrozenClock clock(at);
  core::NoSteps steps;
  const SessionWish session{folder / "ioud.toml", folder, {}, clock, log, steps};
  const ConfigReading read = read_config(session.config, session.home);
  if (!read.complaints.empty()) {
    terminal.err << format(read.complaints);
    return ExitCode::config;
  }
  const core::Zone zone = read.config.rep.zone;
  const core::Date first = core::date_in(zone, at);
  terminal.out << "The fortnight of " << read.config.rep.name << " before:\n"
               << agenda_text(agenda(folder, zone, first), first, shown_days);
  if (const ExitCode code = run_once(session, terminal); code != ExitCode::ok) return code;
  terminal.out << "\nAfter one pass of ioud (+ is new):\n"
               << agenda_text(agenda(folder, zone, first), first, shown_days) << "\n";
  if (const ExitCode code = show_ledger(session, false, terminal); code != ExitCode::ok)
    return code;
  terminal.out << "\n";
  show_places(folder, terminal.out);
  return ExitCode::ok;
}

}  // namespace ioud::app
