#include "functional/dav_world.hpp"

#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <fstream>

#include "core/text.hpp"
#include "net/url.hpp"

namespace ioud::functional {
namespace {

namespace fs = std::filesystem;

std::string unique_name() {
  static std::atomic<int> count{0};
  return "w" + std::to_string(::getpid()) + "x" + std::to_string(count++);
}

std::string value_of(const std::string& text, const std::string& name) {
  std::string flat = core::replaced(core::replaced(text, "\r\n ", ""), "\n ", "");
  for (const std::string& line : core::split(flat, '\n')) {
    if (!line.starts_with(name + ":") && !line.starts_with(name + ";")) continue;
    return std::string(core::trimmed(std::string_view(line).substr(line.find(':') + 1)));
  }
  return {};
}

/// The lines of the event alone; a zone has lines of the same names.
std::string event_in(const std::string& text) {
  return text.substr(std::min(text.find("BEGIN:VEVENT"), text.size()));
}

}  // namespace

DavWorld::DavWorld(const fakes::DavServer& server, const std::string& address) : hands_(server) {
  const std::string run = unique_name();
  for (const char* name : {"work", "private"}) {
    const std::string collection = run + "-" + name;
    shelves_.push_back(
        {"calendars/" + std::string(name), hands_.calendars() + collection + "/", collection});
    hands_.make_calendar(shelves_.back().url, collection);
  }
  // These two are ioud's own, and it makes them.
  for (const char* name : {"ious", "dates"}) {
    const std::string collection = run + "-" + name;
    shelves_.push_back({"calendars/" + std::string(name),
                        hands_.calendars() + "ioud-" + collection + "/", collection});
  }
  shelves_.push_back({"contacts/cards", hands_.books() + run + "-cards/", run + "-cards"});
  hands_.make_book(shelves_.back().url, run + "-cards");
  write_config(address.empty() ? server.url : address);
}

DavWorld::~DavWorld() {
  for (const Shelf& shelf : shelves_) hands_.ask("DELETE", shelf.url);
}

void DavWorld::write_config(const std::string& address) const {
  const fs::path file = world.root() / "ioud.toml";
  std::ifstream in(file);
  std::string text(std::istreambuf_iterator<char>(in), {});
  text.erase(text.find("[[connector]]"));
  const fakes::DavServer& server = hands_.server();
  std::string login = "server = \"" + address + "\"\nuser = \"" + server.user +
                      "\"\npassword = { file = \"password\" }\n";
  login += address.starts_with("https") ? "ca_file = \"" + server.ca_file + "\"\n"
                                        : "plain_loopback = true\n";
  const auto calendar = [&](std::size_t shelf, const std::string& name, const std::string& use) {
    return "  { name = \"" + name + "\", collection = \"" + shelves_[shelf].collection +
           "\", use = [" + use + "] },\n";
  };
  text += "[[connector]]\nname = \"dav\"\ntype = \"caldav\"\n" + login + "calendars = [\n" +
          calendar(0, "work", R"("read", "meetings")") + calendar(1, "private", R"("busy")") +
          calendar(2, "IOUs", R"("proposals")") + calendar(3, "Client dates", R"("occasions")") +
          "]\n\n" + "[[connector]]\nname = \"people\"\ntype = \"carddav\"\n" + login +
          "contacts = [ { name = \"cards\", collection = \"" + shelves_[4].collection +
          "\" } ]\n\n[[connector]]\nname = \"disk\"\ntype = \"local\"\n"
          "mail = { path = \"mail\", send = \"outbox\" }\n";
  std::ofstream(file) << text;
  std::ofstream(world.root() / "password") << server.password << "\n";
  fs::permissions(world.root() / "password", fs::perms::owner_read | fs::perms::owner_write);
}

engine::PassReport DavWorld::pass(core::Instant at, core::Steps& steps) {
  upload();
  const engine::PassReport report = world.pass(at, steps);
  download();
  return report;
}

void DavWorld::upload() {
  const auto files = world.files();
  for (const Shelf& shelf : shelves_) {
    const auto name_of = [&](const std::string& path) {
      return net::encode_segment(path.substr(shelf.folder.size() + 1));
    };
    for (const auto& [path, bytes] : files) {
      if (!path.starts_with(shelf.folder + "/")) continue;
      const auto before = mirrored_.find(path);
      if (before != mirrored_.end() && before->second == bytes) continue;
      hands_.put(shelf.url + name_of(path), bytes);
      mirrored_[path] = bytes;
    }
    std::erase_if(mirrored_, [&](const auto& one) {
      if (!one.first.starts_with(shelf.folder + "/") || files.contains(one.first)) return false;
      hands_.remove(shelf.url + name_of(one.first));
      return true;
    });
  }
}

void DavWorld::download() {
  for (const Shelf& shelf : shelves_) {
    auto names = hands_.names(shelf.url);
    for (std::string& name : names) name = net::decode_segment(name);
    std::erase_if(mirrored_, [&](const auto& one) {
      if (!one.first.starts_with(shelf.folder + "/")) return false;
      const std::string name = one.first.substr(shelf.folder.size() + 1);
      if (std::find(names.begin(), names.end(), name) != names.end()) return false;
      fs::remove(world.root() / one.first);
      return true;
    });
    for (const std::string& name : names) {
      const std::string path = shelf.folder + "/" + name;
      const auto bytes = hands_.get(shelf.url + net::encode_segment(name));
      if (!bytes || mirrored_[path] == *bytes) continue;
      // Programs that keep files write CRLF, whatever the server gave.
      const std::string lines = core::replaced(core::replaced(*bytes, "\r\n", "\n"), "\n", "\r\n");
      std::ofstream(world.root() / path, std::ios::binary) << lines;
      mirrored_[path] = lines;
    }
  }
}

Picture events_of(const World& world) {
  Picture lines;
  for (const auto& [path, bytes] : world.files()) {
    if (!path.starts_with("calendars/")) continue;
    const std::string event = event_in(bytes);
    lines.push_back(path.substr(0, path.rfind('/')) + " " + value_of(event, "UID") + " " +
                    value_of(event, "DTSTART") + " " + value_of(event, "SUMMARY") + " " +
                    value_of(event, "STATUS"));
  }
  std::sort(lines.begin(), lines.end());
  return lines;
}

}  // namespace ioud::functional
