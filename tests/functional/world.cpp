#include "functional/world.hpp"

#include <unistd.h>

#include <algorithm>
#include <filesystem>

#include "app/session.hpp"
#include "core/text.hpp"
#include "detection/scorer.hpp"
#include "fakes/run_task.hpp"
#include "fakes/sample_config.hpp"
#include "formats/mime.hpp"
#include "store/record.hpp"
#include "store/sqlite_ledger.hpp"

namespace ioud::functional {
namespace {

namespace fs = std::filesystem;

const std::string config = fakes::sample_config(R"([clients]
file = "clients.toml"
)" + fakes::favours_alone + R"(
[[connector]]
name = "disk"
type = "local"
calendars = [
  { name = "work", path = "calendars/work", use = ["read", "meetings"] },
  { name = "private", path = "calendars/private", use = ["busy"] },
  { name = "IOUs", path = "calendars/ious", use = ["proposals"] },
  { name = "Client dates", path = "calendars/dates", use = ["occasions"] },
]
contacts = [ { name = "cards", path = "contacts/cards" } ]
mail = { path = "mail", send = "outbox" }
)");

constexpr const char* clients = R"([[client]]
name = "Acme Press"
stage = "customer"
tier = "gold"
contacts = ["meg@acme.test", "karen@acme.test"]
time_zone = "America/Chicago"
history = { trust = 3, delivered = 1 }
purchases = [ { date = 2025-06-01, what = "press" } ]

[[client]]
name = "Initech"
stage = "customer"
contacts = ["omar@initech.test"]
history = { trust = 3, delivered = 1 }
purchases = [ { date = 2025-05-01, what = "service contract" } ]
)";

std::string card(const std::string& name, const std::string& address, const std::string& more) {
  return "BEGIN:VCARD\r\nVERSION:4.0\r\nUID:" + address + "\r\nFN:" + name +
         "\r\nEMAIL:" + address + "\r\n" + more + "END:VCARD\r\n";
}

/// Memory where the machine has such a folder: thousands of syncs are not worth a disk.
fs::path quick_folder() {
  const fs::path memory = "/dev/shm";
  return ::access(memory.c_str(), W_OK) == 0 ? memory : fs::temp_directory_path();
}

bool is_state(const fs::path& path, const fs::path& root) {
  return *fs::relative(path, root).begin() == "state";
}

/// Folders made where they are missing, files as further names of the same ones; but databases are
/// written in place and are copied.
void copy_world(const fs::path& from, const fs::path& to) {
  for (const auto& entry : fs::recursive_directory_iterator(from)) {
    const fs::path path = to / fs::relative(entry.path(), from);
    if (entry.is_directory())
      fs::create_directories(path);
    else if (is_state(entry.path(), from))
      fs::copy_file(entry.path(), path);
    else
      fs::create_hard_link(entry.path(), path);
  }
}

std::string unfolded(std::string text) {
  for (const char* fold : {"\r\n ", "\r\n\t"})
    for (auto at = text.find(fold); at != std::string::npos; at = text.find(fold, at))
      text.erase(at, 3);
  return text;
}

void replace(std::string& text, const std::string& from, const std::string& to) {
  const auto at = text.find(from);
  if (at == std::string::npos) throw std::runtime_error("\"" + from + "\" is not in the file");
  text.replace(at, from.size(), to);
}

/// The value of the first content line that begins with `name` and ":" or ";".
std::string value_of(const std::string& text, const std::string& name) {
  for (const std::string& line : core::split(unfolded(text), '\n'))
    if (line.starts_with(name + ":") || line.starts_with(name + ";"))
      return std::string(core::trimmed(std::string_view(line).substr(line.find(':') + 1)));
  return {};
}

template <class Row>
void add_rows(Picture& picture, const char* table, const std::map<std::string, Row>& rows) {
  for (const auto& [id, row] : rows)
    picture.push_back("ledger " + std::string(table) + " " + id + " " + store::to_record(row));
}

domain::Ledger without_versions(domain::Ledger ledger) {
  for (auto& [uid, item] : ledger.items) {
    item.etag.clear();
    item.href.clear();
  }
  for (auto& [id, draft] : ledger.drafts) {
    draft.etag.clear();
    draft.href.clear();
  }
  return ledger;
}

/// Reading words keeps no state and is dear to set up, so that one does for every pass.
const detection::Detector& detector() {
  static const detection::LearnedScorer scorer = detection::LearnedScorer::built_in().value();
  static const domain::Catalogue catalogue = domain::Catalogue::standard();
  static const detection::Detector detector(scorer, catalogue, detection::Thresholds());
  return detector;
}

std::unique_ptr<store::LedgerStore> ledger_in(const fs::path& state) {
  static core::NoSteps steps;
  auto ledger = store::open_ledger({state, std::nullopt}, steps);
  if (!ledger) throw std::runtime_error(ledger.error().text);
  return std::move(*ledger);
}

}  // namespace

std::string difference(const Picture& expected, const Picture& found) {
  std::string text;
  const auto add = [&text](const Picture& lines, const Picture& others, const char* sign) {
    Picture only;
    std::set_difference(lines.begin(), lines.end(), others.begin(), others.end(),
                        std::back_inserter(only));
    for (const std::string& line : only) text += sign + line + "\n";
  };
  add(expected, found, "- ");
  add(found, expected, "+ ");
  return text;
}

const std::string& empty_ledger() {
  static const std::string bytes = [] {
    const fakes::TemporaryFolder folder;
    ledger_in(folder.path() / "state").reset();
    return folder.read("state/ledger.db");
  }();
  return bytes;
}

World::World(const std::vector<std::string>& features, const std::string& policy)
    : folder_(quick_folder()), remembered_(quick_folder()) {
  std::string own = config + policy;
  for (const std::string& feature : features)
    replace(own, "\n" + feature + " = false", "\n" + feature + " = true");
  folder_.write("ioud.toml", own);
  folder_.write("clients.toml", clients);
  folder_.write("state/ledger.db", empty_ledger());
  fs::permissions(root() / "state/ledger.db", fs::perms::owner_read | fs::perms::owner_write);
  fs::permissions(root() / "state", fs::perms::owner_all);
  for (const char* name :
       {"calendars/work", "calendars/private", "calendars/ious", "calendars/dates", "mail/cur",
        "mail/new", "mail/tmp", "mail/.Sent/cur", "mail/.Drafts/cur", "outbox"})
    fs::create_directories(root() / name);
  folder_.write("contacts/cards/meg.vcf",
                card("Meg Alvarez", "meg@acme.test", "BDAY:19850412\r\n"));
  folder_.write("contacts/cards/karen.vcf", card("Karen Bright", "karen@acme.test", ""));
  folder_.write("contacts/cards/omar.vcf",
                card("Omar Haddad", "omar@initech.test", "BDAY:--0229\r\n"));
}

engine::PassReport World::pass(core::Instant at, core::Steps& steps) {
  core::NoLog log;
  const net::FrozenClock clock(at);
  connectors::Surroundings surroundings;
  surroundings.clock = &clock;
  surroundings.log = &log;
  surroundings.steps = &steps;
  app::SetupReading read = app::read_setup({root() / "ioud.toml", root(), {}}, surroundings);
  if (!read.config_complaints.empty()) throw std::runtime_error("the config is not right");
  auto setting = app::setting_of(read.setup.config).value();
  engine::name_calendars(setting, read.setup.connectors);
  const fs::path state = read.setup.config.state_directory;
  const auto ledger = store::open_ledger({state, std::nullopt}, steps).value();
  const auto mirror =
      store::Mirror::open({state / "cache" / "mirror.db", "test", std::nullopt}, log, steps)
          .value();
  engine::Engine engine({setting, read.setup.clients, {}},
                        {read.setup.connectors, *ledger, *mirror, detector(), clock, log, steps});
  const auto report = fakes::run(engine.pass());
  if (!report) {
    ADD_FAILURE() << report.error().text;
    return {};
  }
  return *report;
}

/// As programs do: the old file stays whole until the new one stands in its place.
void World::put_file(const std::string& path, const std::string& bytes) const {
  folder_.write(".new", bytes);
  fs::rename(root() / ".new", root() / path);
}

void World::remember() {
  const fs::path to = remembered_.path() / "world";
  fs::remove_all(to);
  copy_world(root(), to);
}

void World::come_back() {
  const fs::path from = remembered_.path() / "world";
  std::vector<fs::path> new_folders;
  std::vector<fs::path> files;
  for (const auto& entry : fs::recursive_directory_iterator(root())) {
    if (!entry.is_directory())
      files.push_back(entry.path());
    else if (!fs::exists(from / fs::relative(entry.path(), root())))
      new_folders.push_back(entry.path());
  }
  for (const fs::path& path : files) fs::remove(path);
  for (const fs::path& path : new_folders) fs::remove_all(path);
  copy_world(from, root());
}

void World::put_mail(const std::string& folder, const std::string& id, const std::string& from,
                     const std::string& to, const std::string& date, const std::string& more,
                     const std::string& text) {
  put_file("mail/" + folder + "cur/" + id + ":2,S",
           "From: " + from + "\r\nTo: " + to + "\r\nDate: " + date + "\r\nMessage-ID: <" + id +
               "@post.test>\r\n" + more + "MIME-Version: 1.0\r\n" + text);
}

namespace {

std::string threading(const std::string& answers) {
  if (answers.empty()) return "Subject: Press\r\n";
  const std::string id = "<" + answers + "@post.test>\r\n";
  return "Subject: Re: Press\r\nIn-Reply-To: " + id + "References: " + id;
}

std::string plain(const std::string& text) {
  return "Content-Type: text/plain; charset=utf-8\r\n\r\n" + text + "\r\n";
}

}  // namespace

void World::add_to_card(const std::string& address, const std::string& lines) {
  const std::string path = "contacts/cards/" + address.substr(0, address.find('@')) + ".vcf";
  std::string text = folder_.read(path);
  replace(text, "END:VCARD", lines + "END:VCARD");
  put_file(path, text);
}

void World::mail_from(const std::string& address, const std::string& id, const std::string& date,
                      const std::string& text, const std::string& answers) {
  put_mail("", id, address, "Tom Reyes <tom@rep.test>", date, threading(answers), plain(text));
}

void World::mail_to(const std::string& address, const std::string& id, const std::string& date,
                    const std::string& text, const std::string& answers) {
  put_mail(".Sent/", id, "Tom Reyes <tom@rep.test>", address, date, threading(answers),
           plain(text));
}

void World::meeting(const std::string& name, const std::string& start, const std::string& end,
                    const std::string& title, const std::string& more) {
  folder_.write(
      "calendars/work/" + name + ".ics",
      "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//test//\r\nBEGIN:VEVENT\r\nUID:" + name +
          "@work.test\r\nDTSTAMP:20260301T000000Z\r\nDTSTART:" + start + "\r\nDTEND:" + end +
          "\r\nSUMMARY:" + title + "\r\n" + more + "END:VEVENT\r\nEND:VCALENDAR\r\n");
}

std::pair<std::string, std::string> World::event_of(const std::string& calendar,
                                                    const std::string& uid) const {
  std::pair<std::string, std::string> found;
  for (const std::string& name : folder_.names("calendars/" + calendar)) {
    const std::string path = "calendars/" + calendar + "/" + name;
    const std::string text = unfolded(folder_.read(path));
    if (!value_of(text, "UID").starts_with(uid)) continue;
    if (!found.first.empty()) throw std::runtime_error("two events " + uid + " in " + calendar);
    found = {path, text};
  }
  if (found.first.empty()) throw std::runtime_error("no event " + uid + " in " + calendar);
  return found;
}

void World::answer_sitdown(const std::string& partstat) {
  auto [path, text] = event_of("ious", "iou-");
  replace(text, "PARTSTAT=NEEDS-ACTION", "PARTSTAT=" + partstat);
  put_file(path, text);
}

void World::drag_sitdown(const std::string& start, const std::string& end) {
  auto [path, text] = event_of("ious", "iou-");
  replace(text, value_of(text, "DTSTART;TZID=America/Chicago"), start);
  replace(text, value_of(text, "DTEND;TZID=America/Chicago"), end);
  put_file(path, text);
}

void World::say_on_meeting(const std::string& word) {
  auto [path, text] = event_of("work", "mtg-");
  replace(text, "\nSUMMARY:", "\nSUMMARY:" + word + " ");
  put_file(path, text);
}

void World::place_meeting(const std::string& place) {
  auto [path, text] = event_of("work", "mtg-");
  replace(text, "\nSUMMARY:", "\nLOCATION:" + place + "\r\nSUMMARY:");
  put_file(path, text);
}

void World::send_draft() {
  std::vector<std::string> drafts;
  for (const char* folder : {"mail/.Drafts/cur/", "mail/.Drafts/new/"})
    for (const std::string& name : folder_.names(folder)) drafts.push_back(folder + name);
  if (drafts.size() != 1) throw std::runtime_error("there is not one draft to send");
  const std::string bytes = folder_.read(drafts.front());
  fs::remove(root() / drafts.front());
  put_file("mail/.Sent/cur/sent-draft:2,S", bytes);
}

void World::delete_meeting() { fs::remove(root() / event_of("work", "mtg-").first); }

void World::client_answers(const std::string& address, const std::string& date,
                           const std::string& partstat) {
  const std::vector<std::string> sent = outbox();
  if (sent.empty()) throw std::runtime_error("nothing was sent to answer");
  const auto invitation = formats::parse_mail(sent.back());
  const std::string& asked = invitation->calendar;
  std::string reply =
      "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//test//\r\nMETHOD:REPLY\r\nBEGIN:VEVENT\r\nUID:" +
      value_of(asked, "UID") + "\r\nSEQUENCE:" + value_of(asked, "SEQUENCE") +
      "\r\nDTSTAMP:20260311T120000Z\r\nORGANIZER:mailto:tom@rep.test\r\nATTENDEE;PARTSTAT=" +
      partstat + ":mailto:" + address + "\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";
  put_mail("", "answer-" + core::ascii_lower(partstat), address, "tom@rep.test", date,
           "Subject: " + partstat + "\r\n",
           "Content-Type: text/calendar; method=REPLY; charset=utf-8\r\n\r\n" + reply);
}

std::vector<std::string> World::outbox() const {
  std::vector<std::string> all;
  for (const std::string& name : folder_.names("outbox"))
    all.push_back(folder_.read("outbox/" + name));
  return all;
}

std::size_t World::open_intents() const {
  const auto ledger = ledger_in(root() / "state");
  const auto open = ledger->open_intents();
  return open ? open->size() : std::size_t{999};
}

Picture World::picture() const {
  Picture picture;
  for (const char* calendar : {"work", "private", "ious", "dates"}) {
    const std::string folder = "calendars/" + std::string(calendar);
    for (const std::string& name : folder_.names(folder)) {
      const std::string text = folder_.read(folder + "/" + name);
      picture.push_back(folder + " " + value_of(text, "UID") + "\n" + text);
    }
  }
  for (const char* folder : {"mail/cur", "mail/new", "mail/tmp", "mail/.Sent/cur", "mail/.Sent/new",
                             "mail/.Drafts/cur", "mail/.Drafts/new", "outbox"})
    for (const std::string& name : folder_.names(folder)) {
      const std::string text = folder_.read(std::string(folder) + "/" + name);
      picture.push_back(std::string(folder) + " " + value_of(text, "Message-ID") + "\n" + text);
    }
  const auto store = ledger_in(root() / "state");
  const auto loaded = store->load();
  if (!loaded) throw std::runtime_error(loaded.error().text);
  const domain::Ledger ledger = without_versions(*loaded);
  add_rows(picture, "favours", ledger.favours);
  add_rows(picture, "candidates", ledger.candidates);
  add_rows(picture, "ious", ledger.ious);
  add_rows(picture, "approvals", ledger.approvals);
  add_rows(picture, "meter", ledger.meter);
  add_rows(picture, "trust", ledger.trust);
  add_rows(picture, "touches", ledger.touches);
  add_rows(picture, "review", ledger.review);
  add_rows(picture, "tombstones", ledger.tombstones);
  add_rows(picture, "verdicts", ledger.verdicts);
  add_rows(picture, "items", ledger.items);
  add_rows(picture, "drafts", ledger.drafts);
  add_rows(picture, "sent", ledger.sent);
  add_rows(picture, "baselines", ledger.baselines);
  add_rows(picture, "referrals", ledger.referrals);
  for (const auto& [name, value] : ledger.marks) picture.push_back("mark " + name + " " + value);
  std::sort(picture.begin(), picture.end());
  return picture;
}

std::map<std::string, std::string> World::files() const {
  std::map<std::string, std::string> all;
  for (const auto& entry : fs::recursive_directory_iterator(root())) {
    const std::string path = fs::relative(entry.path(), root()).string();
    if (entry.is_regular_file() && !path.starts_with("state/")) all[path] = folder_.read(path);
  }
  return all;
}

}  // namespace ioud::functional
