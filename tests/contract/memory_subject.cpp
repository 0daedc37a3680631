#include "connectors/memory/connector.hpp"
#include "contract/subject.hpp"

namespace ioud::contract {
namespace {

using connectors::memory::Collection;
using connectors::memory::Store;
using domain::Box;

Box box_named(const std::string& folder) {
  if (folder == "inbox") return Box::inbox;
  if (folder == "Sent") return Box::sent;
  return folder == "Drafts" ? Box::drafts : Box::other;
}

class MemorySubject final : public Subject {
 public:
  MemorySubject() {
    connector = connectors::memory::connect(
        "memory", {{"IOUs", {connectors::Use::proposals}}, {"work", {connectors::Use::read}}},
        {"cards"}, store_);
  }

  void plant(const std::string& collection, const std::string& name,
             const std::string& bytes) override {
    store_->plant(find(collection), name, bytes);
  }
  void erase(const std::string& collection, const std::string& name) override {
    store_->erase(find(collection), name);
  }
  void rename(const std::string& collection, const std::string& name,
              const std::string& to) override {
    store_->rename(find(collection), name, to);
  }
  void spoil(const std::string& collection, const std::string& name) override {
    find(collection).unreadable.insert(name);
  }
  void lose(const std::string& collection) override { find(collection).is_missing = true; }
  std::optional<std::string> bytes_of(const std::string& collection,
                                      const std::string& href) override {
    const auto& objects = find(collection).objects;
    const auto found = objects.find(href);
    return found == objects.end() ? std::nullopt : std::optional(found->second.bytes);
  }
  void deliver(const std::string& folder, const std::string& name,
               const std::string& bytes) override {
    if (folder == "Junk") return;  // a server that is never asked for it
    store_->plant(store_->mail, folder + "/" + name, bytes, box_named(folder),
                  core::Instant::max());
  }
  void lose_mail() override { store_->mail.is_missing = true; }
  std::vector<std::string> outgoing() override {
    std::vector<std::string> bytes;
    for (const auto& sent : store_->sent) bytes.push_back(sent.bytes);
    return bytes;
  }
  std::vector<std::string> drafts() override {
    std::vector<std::string> bytes;
    for (const auto& [href, object] : store_->mail.objects) {
      if (object.box == Box::drafts) bytes.push_back(object.bytes);
    }
    return bytes;
  }

 private:
  Collection& find(const std::string& name) {
    return name == "cards" ? store_->books.at(name) : store_->calendars.at(name);
  }

  std::shared_ptr<Store> store_ = std::make_shared<Store>();
};

}  // namespace

std::unique_ptr<Subject> memory_subject() { return std::make_unique<MemorySubject>(); }

}  // namespace ioud::contract
