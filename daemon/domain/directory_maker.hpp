#pragma once
// The one-time work of putting a Directory together; only directory.cpp includes it. Reads cards in
// an order of their own, so that the result never depends on how files were listed.

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "domain/directory.hpp"

namespace ioud::domain {

class DirectoryMaker {
 public:
  DirectoryMaker(std::vector<Client> file, std::vector<Card> cards)
      : file_(std::move(file)), cards_(std::move(cards)) {}
  Directory make();

 private:
  using Line = std::pair<std::string, std::string>;

  /// What the note lines and categories of one person's cards say about the client.
  struct Marks {
    std::vector<Line> lines;
    std::string place;  ///< UID of the card, for complaints
    bool makes_client = false;
  };
  struct Draft {
    Person person;
    Marks marks;
  };

  void take_clients();
  Draft drafted(const std::vector<Card>& cards);
  void take_note(Draft& draft, const Line& line);
  void find_client(Draft& draft);
  void add_missing_contacts();
  void apply_marks(const Draft& draft);
  void apply_line(Client& client, const Draft& draft, const Line& line);
  void share_children();
  void finish();
  std::string client_with_address(const Person& person) const;
  void complain(const std::string& place, std::string text);

  std::vector<Client> file_;
  std::vector<Card> cards_;
  std::map<std::string, Client> clients_;
  std::map<std::string, std::string> client_by_address_;
  std::map<std::string, std::vector<std::string>>
      said_;  ///< keys a card already settled, by client
  std::vector<Draft> drafts_;
  Directory made_;
};

}  // namespace ioud::domain
