// CalDAV and CardDAV against real servers, which tests/servers/dav has started.

#include <unistd.h>

#include <atomic>

#include "connectors/caldav/connector.hpp"
#include "connectors/carddav/connector.hpp"
#include "contract/subject.hpp"
#include "fakes/dav_hands.hpp"
#include "fakes/setting_tree.hpp"

namespace ioud::contract {
namespace {

using connectors::Setting;
using fakes::DavHands;
using fakes::SettingTree;

constexpr int item_limit_kib = 64;

net::Task<core::Secret> password(std::string text) { co_return core::Secret(std::move(text)); }

/// Test programs run beside each other at one server: each has collections of its own.
std::string unique_name() {
  static std::atomic<int> count{0};
  return "t" + std::to_string(::getpid()) + "-" + std::to_string(count++);
}

class DavSubject final : public Subject {
 public:
  explicit DavSubject(const fakes::DavServer& server) : hands_(server) {
    const std::string run = unique_name();
    for (const char* name : {"IOUs", "work"}) {
      urls_[name] = hands_.calendars() + run + "-" + name + "/";
      hands_.make_calendar(urls_[name], run + "-" + name);
    }
    urls_["cards"] = hands_.books() + run + "-cards/";
    hands_.make_book(urls_["cards"], run + "-cards");

    SettingTree tree;
    const auto collection = [&](const std::string& name) { return tree.text(run + "-" + name); };
    const auto calendar = [&](const std::string& name, const std::string& use) {
      return tree.table({{"name", tree.text(name)},
                         {"collection", collection(name)},
                         {"use", tree.texts({use})}});
    };
    Setting calendars = tree.list({calendar("IOUs", "proposals"), calendar("work", "read")});
    Setting books = tree.list(
        {tree.table({{"name", tree.text("cards")}, {"collection", collection("cards")}})});
    connector = make(connectors::caldav::kind(), "caldav", "calendars", calendars, tree);
    connector.contact_source =
        make(connectors::carddav::kind(), "carddav", "contacts", books, tree).contact_source;
  }
  ~DavSubject() override {
    for (const auto& [name, url] : urls_) hands_.ask("DELETE", url);
  }

  void plant(const std::string& collection, const std::string& name,
             const std::string& bytes) override {
    hands_.put(urls_.at(collection) + name, bytes);
  }
  void erase(const std::string& collection, const std::string& name) override {
    hands_.remove(urls_.at(collection) + name);
  }
  void rename(const std::string& collection, const std::string& name,
              const std::string& to) override {
    const auto bytes = hands_.get(urls_.at(collection) + name);
    erase(collection, name);
    plant(collection, to, *bytes);
  }
  /// Blows it up beyond what the connector may read.
  void spoil(const std::string& collection, const std::string& name) override {
    std::string bytes = *hands_.get(urls_.at(collection) + name);
    const std::string_view before = collection == "cards" ? "END:VCARD" : "END:VEVENT";
    const std::string_view property = collection == "cards" ? "NOTE:" : "DESCRIPTION:";
    std::string line = std::string(property) + std::string(70, 'x') + "\r\n";
    for (int i = 0; i < item_limit_kib * 16; ++i) line += " " + std::string(70, 'x') + "\r\n";
    bytes.insert(bytes.find(before), line);
    plant(collection, name, bytes);
  }
  void lose(const std::string& collection) override { hands_.remove(urls_.at(collection)); }
  std::optional<std::string> bytes_of(const std::string& collection,
                                      const std::string& href) override {
    return hands_.get(urls_.at(collection) + href);
  }
  bool is_same(const std::string& sent, const std::string& stored) const override {
    return fakes::same_object(sent, stored);
  }

  void deliver(const std::string&, const std::string&, const std::string&) override {}
  void lose_mail() override {}
  std::vector<std::string> outgoing() override { return {}; }
  std::vector<std::string> drafts() override { return {}; }

 private:
  connectors::Connector make(const connectors::Kind& kind, const std::string& type,
                             const std::string& key, const Setting& list, SettingTree& tree) {
    const fakes::DavServer& server = hands_.server();
    const bool is_tls = server.url.starts_with("https");
    std::vector<std::pair<std::string, Setting>> entries = {
        {"name", tree.text(server.name)},
        {"type", tree.text(type)},
        {"server", tree.text(server.url)},
        {"user", tree.text(server.user)},
        {"password", tree.table({{"credential", tree.text(server.password)}})},
        {"item_limit_kib", tree.value(std::int64_t{item_limit_kib})},
        {key, list}};
    if (is_tls) entries.emplace_back("ca_file", tree.text(server.ca_file));
    if (!is_tls) entries.emplace_back("plain_loopback", tree.value(true));
    connectors::Surroundings surroundings;
    surroundings.folder = "/";
    surroundings.clock = &clock_;
    surroundings.find_secret = [](Setting reference) {
      return password(reference.text("credential"));
    };
    return kind.make(tree.table(std::move(entries)), surroundings).value();
  }

  DavHands hands_;
  net::SystemClock clock_;
  std::map<std::string, std::string> urls_;
};

}  // namespace

std::unique_ptr<Subject> dav_subject(const std::string& server) {
  const auto started = fakes::dav_server(server);
  if (!started) return nullptr;
  return std::make_unique<DavSubject>(*started);
}

}  // namespace ioud::contract
