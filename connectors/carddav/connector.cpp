#include "connectors/carddav/connector.hpp"

#include <map>

#include "connectors/dav/probe.hpp"

namespace ioud::connectors::carddav {
namespace {

class Books final : public ContactSource {
 public:
  explicit Books(std::shared_ptr<dav::Shelf> shelf) : shelf_(std::move(shelf)) {}
  Task<Changes<Item>> pull(std::string collection, Position from) override {
    return shelf_->pull(std::move(collection), std::move(from));
  }

 private:
  std::shared_ptr<dav::Shelf> shelf_;
};

const std::vector<Option>& rows() {
  static const std::vector<Option> all = [] {
    std::vector<Option> made = dav::account_rows("carddav");
    const std::vector<Option> own = {
        {.path = "contacts",
         .type = OptionType::table_list,
         .fallback = "[]",
         .help = "address books of the account; never written",
         .required = true},
        {.path = "contacts[].name",
         .fallback = "\"cards\"",
         .help = "the address book's name",
         .required = true},
        {.path = "contacts[].collection",
         .fallback = "\"Contacts\"",
         .help = "what it is called on the server, or its path there; the name where absent"},
    };
    made.insert(made.end(), own.begin(), own.end());
    return made;
  }();
  return all;
}

std::vector<dav::Wanted> read_books(const Setting& setting, Complaints& complaints) {
  std::vector<dav::Wanted> books;
  std::map<std::string, Place> names;
  for (const Setting& item : setting.list("contacts")) {
    dav::Wanted book;
    book.name = item.text("name");
    book.collection = item.text("collection", book.name);
    book.place = item.place;
    const auto [first, is_new] = names.emplace(book.name, item.place);
    if (book.name.empty()) {
      complaints.push_back(complaint(item.place, "`name` is empty; give it a word"));
    } else if (!is_new) {
      complaints.push_back(complaint(item.place, "there is an address book named \"" + book.name +
                                                     "\" already, at " + format(first->second) +
                                                     "; names must differ"));
    }
    books.push_back(std::move(book));
  }
  if (books.empty()) {
    complaints.push_back(
        complaint(setting.place, "the connector has no contacts; give it one book, or remove it"));
  }
  return books;
}

tl::expected<Connector, Complaints> make(const Setting& setting, const Surroundings& surroundings) {
  if (Complaints wrong = check(setting, rows()); !wrong.empty()) {
    return tl::unexpected(std::move(wrong));
  }
  Complaints complaints;
  dav::AccountSettings settings = dav::read_account(setting, surroundings, complaints);
  const std::vector<dav::Wanted> books = read_books(setting, complaints);
  if (!complaints.empty()) return tl::unexpected(std::move(complaints));

  Connector connector;
  connector.name = settings.name;
  std::vector<dav::ProbeWish> wishes;
  for (const dav::Wanted& book : books) {
    connector.books.push_back(book.name);
    wishes.push_back({book, false});
  }
  const auto account = std::make_shared<dav::Account>(std::move(settings), surroundings);
  const auto shelf = std::make_shared<dav::Shelf>(account, dav::Holds::cards, books);
  connector.contact_source = std::make_unique<Books>(shelf);
  connector.probe = [account, shelf, wishes] { return dav::probe(account, shelf, wishes); };
  return connector;
}

}  // namespace

Kind kind() {
  return Kind{"carddav", "address books on a CardDAV server; never written", rows(), make};
}

}  // namespace ioud::connectors::carddav
