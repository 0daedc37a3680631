#include "connectors/carddav/connector.hpp"

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
        book_name_row(),
        {.path = "contacts[].collection",
         .fallback = "\"Contacts\"",
         .help = "what it is called on the server, or its path there; the name where absent"},
    };
    made.insert(made.end(), own.begin(), own.end());
    return made;
  }();
  return all;
}

std::vector<dav::Wanted> read_books(const Setting& setting, UsualKeys& keys) {
  std::vector<dav::Wanted> books;
  for (const Setting& item : setting.list("contacts")) {
    dav::Wanted book;
    book.name = keys.book_name(item);
    book.collection = item.text("collection", book.name);
    book.place = item.place;
    books.push_back(std::move(book));
  }
  if (books.empty())
    keys.complain(setting, "the connector has no contacts; give it one book, or remove it");
  return books;
}

tl::expected<Connector, Complaints> make(const Setting& setting, const Surroundings& surroundings) {
  if (Complaints wrong = check(setting, rows()); !wrong.empty()) {
    return tl::unexpected(std::move(wrong));
  }
  UsualKeys keys(surroundings);
  dav::AccountSettings settings = dav::read_account(setting, keys);
  const std::vector<dav::Wanted> books = read_books(setting, keys);
  if (!keys.complaints.empty()) return tl::unexpected(std::move(keys.complaints));

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
