#include "connectors/local/connector.hpp"
#include "contract/subject.hpp"
#include "fakes/setting_tree.hpp"
#include "fakes/temporary_folder.hpp"

namespace ioud::contract {
namespace {

namespace fs = std::filesystem;

class LocalSubject final : public Subject {
 public:
  LocalSubject() {
    for (const char* folder : {"IOUs", "work", "cards", "mail/cur", "mail/new", "mail/tmp"}) {
      fs::create_directories(files_.path() / folder);
    }
    fakes::SettingTree tree;
    const auto calendar = [&](const std::string& name, const std::string& use) {
      return tree.table(
          {{"name", tree.text(name)}, {"path", tree.text(name)}, {"use", tree.texts({use})}});
    };
    const auto settings = tree.table(
        {{"name", tree.text("disk")},
         {"type", tree.text("local")},
         {"calendars", tree.list({calendar("IOUs", "proposals"), calendar("work", "read")})},
         {"contacts",
          tree.list({tree.table({{"name", tree.text("cards")}, {"path", tree.text("cards")}})})},
         {"mail", tree.table({{"path", tree.text("mail")}, {"send", tree.text("outbox")}})}});
    connectors::Surroundings surroundings;
    surroundings.folder = files_.path();
    connector = connectors::local::kind().make(settings, surroundings).value();
  }

  void plant(const std::string& collection, const std::string& name,
             const std::string& bytes) override {
    // As calendar programs do it: whole, under another name first.
    files_.write(collection + "/.other.tmp", bytes);
    fs::rename(files_.path() / collection / ".other.tmp", files_.path() / collection / name);
  }
  void erase(const std::string& collection, const std::string& name) override {
    fs::remove(files_.path() / collection / name);
  }
  void rename(const std::string& collection, const std::string& name,
              const std::string& to) override {
    fs::rename(files_.path() / collection / name, files_.path() / collection / to);
  }
  void spoil(const std::string& collection, const std::string& name) override {
    const std::string bytes = files_.read(collection + "/" + name);
    files_.write(collection + "/" + name, bytes.substr(0, bytes.size() / 2));
  }
  void lose(const std::string& collection) override {
    fs::rename(files_.path() / collection, files_.path() / (collection + "-away"));
  }
  std::optional<std::string> bytes_of(const std::string& collection,
                                      const std::string& href) override {
    if (!fs::exists(files_.path() / collection / href)) return std::nullopt;
    return files_.read(collection + "/" + href);
  }
  void deliver(const std::string& folder, const std::string& name,
               const std::string& bytes) override {
    const std::string place = folder == "inbox" ? "new/" + name : "cur/" + name + ":2,S";
    fs::path path = "mail";
    if (folder != "inbox") path /= "." + folder;
    files_.write(path / place, bytes);
  }
  void lose_mail() override { fs::rename(files_.path() / "mail", files_.path() / "mail-away"); }
  std::vector<std::string> outgoing() override { return all_in("outbox"); }
  std::vector<std::string> drafts() override { return all_in("mail/.Drafts/cur"); }

 private:
  std::vector<std::string> all_in(const fs::path& folder) {
    std::vector<std::string> bytes;
    for (const std::string& name : files_.names(folder)) {
      bytes.push_back(files_.read(folder / name));
    }
    return bytes;
  }

  fakes::TemporaryFolder files_;
};

}  // namespace

std::unique_ptr<Subject> local_subject() { return std::make_unique<LocalSubject>(); }

}  // namespace ioud::contract
