#include "detection/counterpart.hpp"

#include <algorithm>
#include <array>

#include "core/text.hpp"
#include "detection/tokens.hpp"

namespace ioud::detection {
namespace {

// What mailboxes of programs and mass mailers are called.
constexpr std::array<std::string_view, 33> machine_words{
    "alerts",        "auto",       "automatic", "bot",          "bulletin",      "confirmation",
    "confirmations", "daily",      "desk",      "digest",       "donotreply",    "events",
    "helpdesk",      "hr",         "jira",      "magazine",     "mailer",        "marketing",
    "newsletter",    "no",         "noreply",   "notification", "notifications", "offers",
    "orders",        "promotions", "reply",     "reservations", "robot",         "subscriptions",
    "ticketing",     "updates",    "weekly"};
constexpr std::array<std::string_view, 11> circle_words{
    "colleague", "colleagues", "family", "friend",   "friends", "home",
    "house",     "internal",   "office", "personal", "private"};

std::vector<std::string> name_words(std::string_view name) {
  std::vector<std::string> words;
  std::string word;
  for (const char c : lowered(name) + " ") {
    const bool letter = (c >= 'a' && c <= 'z') || static_cast<unsigned char>(c) >= 0x80;
    if (letter) {
      word.push_back(c);
    } else if (!word.empty()) {
      words.push_back(std::move(word));
      word.clear();
    }
  }
  return words;
}

template <class Table>
bool any_listed(const std::vector<std::string>& words, const Table& table) {
  return std::any_of(words.begin(), words.end(), [&](const std::string& word) {
    return std::binary_search(table.begin(), table.end(), std::string_view(word));
  });
}

}  // namespace

Counterpart counterpart(const Sentence& sentence) {
  const auto client = name_words(sentence.client);
  const auto org = name_words(sentence.client_org);
  if (org.size() == 1 && any_listed(org, circle_words)) return Counterpart::circle;
  if (any_listed(client, machine_words)) return Counterpart::machine;
  const bool mail =
      sentence.context == Context::mail_sent || sentence.context == Context::mail_received;
  if (!client.empty() && (client == org || (mail && client.size() == 1 && !org.empty()))) {
    return Counterpart::firm;
  }
  return Counterpart::person;
}

}  // namespace ioud::detection
