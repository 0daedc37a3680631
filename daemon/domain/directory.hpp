#pragma once
// Who is who: the clients file and the address books put together into people and clients. Cards of
// one person in several books are one person; note lines on a card beat the clients file. Values
// only; books are never written, and special facts (religion, health, …) never get in here.

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/civil_time.hpp"
#include "core/result.hpp"
#include "domain/person.hpp"

namespace ioud::domain {

/// One thing worth knowing before a talk, care A or B: ("hobby", "sailing").
struct Fact {
  std::string key;
  std::string text;
  friend bool operator==(const Fact&, const Fact&) = default;
};

/// A person: one or more cards, or only an address in the clients file.
struct Person {
  std::string id;           ///< stable: the main address, else "name:" and the folded name
  std::string name;         ///< never empty; from the address where no card gives one
  std::string first_name;   ///< first word of the name
  std::string family_name;  ///< last word of the name
  std::vector<std::string> addresses;  ///< lower case; the first is where to write
  std::vector<std::string> phones;
  std::vector<std::string> cards;  ///< UIDs of the cards this person was put together from
  std::string client;              ///< name of the client, "" for other people
  std::string organisation;
  std::string title;
  std::string zone;      ///< TZ of a card, as written
  std::string language;  ///< LANG of a card, as written
  std::string country;
  /// Birthday, wedding, work, child (label: first name) and custom dates; one of a kind and label.
  std::vector<CardDate> dates;
  std::vector<Relative> relatives;
  std::vector<Fact> facts;
  std::string gifts;  ///< none, small or ok; "" when unsaid
  bool deceased = false;
  bool no_birthday = false;  ///< the card opts out of birthday calendars
  bool no_greetings = false;

  /// The address to write to, "" when none is known.
  std::string address() const { return addresses.empty() ? std::string() : addresses.front(); }
};

/// People and clients with their lookups. Pointers handed out live as long as the directory and are
/// null where nothing fits. Made once a pass; never changed.
class Directory {
 public:
  Directory() = default;

  const std::vector<Client>& clients() const { return clients_; }  ///< by name
  const std::vector<Person>& people() const { return people_; }    ///< by id

  const Client* client(std::string_view name) const;     ///< exact name
  const Person* person(std::string_view address) const;  ///< any of their addresses, any case
  /// The client whose contact has that address, or null.
  const Client* client_of(std::string_view address) const;
  /// The client's contacts in the order of the file, the dead left out.
  std::vector<const Person*> contacts(const Client& client) const;
  /// Whom we talk to when nobody is named: the first of contacts(), or null.
  const Person* main_contact(const Client& client) const;
  /// Contacts of clients that `text` names by address, full name, first name or client name (then
  /// its main contact), any case. With `forgiving`, one typing slip in a name is allowed.
  std::vector<const Person*> named(std::string_view text, bool forgiving = false) const;

  /// Note lines and categories nobody can read: place is the card's UID, text says what was found
  /// and what to write instead. Everything else of that card still counts.
  const std::vector<core::Error>& complaints() const { return complaints_; }

 private:
  friend class DirectoryMaker;
  std::vector<Client> clients_;
  std::vector<Person> people_;
  std::map<std::string, std::size_t, std::less<>> client_index_;                ///< by name
  std::map<std::string, std::size_t, std::less<>> address_index_;               ///< into people_
  std::map<std::string, std::vector<std::size_t>, std::less<>> contact_index_;  ///< by client
  std::vector<core::Error> complaints_;
};

/// Puts the clients file and all cards together. The same input in any order gives the same result.
/// A client's purchases are those of the file and of `bought:` lines; the first makes a prospect a
/// customer. Client::contacts is complete afterwards: file first, then marked cards by address.
Directory make_directory(std::vector<Client> file, std::vector<Card> cards);

/// At most `count` facts as short lines, "hobby: sailing", for a prep; never special ones.
std::vector<std::string> facts_for_prep(const Person& person, int count);

}  // namespace ioud::domain
