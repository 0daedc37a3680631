#include "domain/loss.hpp"

#include <algorithm>
#include <charconv>

#include "core/ident.hpp"
#include "core/text.hpp"
#include "domain/pass.hpp"
#include "domain/review_book.hpp"
#include "domain/wording_review.hpp"

namespace ioud::domain {
namespace {

constexpr std::string_view lost_mark = "lost:";
constexpr std::string_view accepted_mark = "accepted_loss:";
constexpr const char* line_kind = "loss";
constexpr std::size_t name_size = 10;

std::string key(std::string_view mark, const Place& place) {
  return std::string(mark) + place.connector + "/" + place.collection;
}

std::string value(const Loss& loss) {
  std::string text = std::to_string(loss.known);
  for (const std::string& name : loss.names) text += " " + name;
  return text;
}

Loss parsed(std::string_view place, const std::string& text) {
  Loss loss;
  const auto slash = std::min(place.find('/'), place.size());
  loss.place.connector = place.substr(0, slash);
  loss.place.collection = place.substr(std::min(slash + 1, place.size()));
  std::vector<std::string> words = core::split(text, ' ');
  if (words.empty()) return loss;
  std::from_chars(words.front().data(), words.front().data() + words.front().size(), loss.known);
  loss.names.insert(words.begin() + 1, words.end());
  return loss;
}

/// One line a loss: the same one has the same subject, whoever looks.
std::string subject_of(const Loss& loss) {
  return key(lost_mark, loss.place) + " " + core::ident({value(loss)});
}

}  // namespace

std::string shown_place(const std::string& collection) {
  return collection == mail_place ? "mail" : collection;
}

std::string lost_name(const Ledger& ledger, std::string_view href) {
  return core::salted_hash(ledger.salt, href).substr(0, name_size);
}

std::vector<Loss> waiting_losses(const Ledger& ledger) {
  std::vector<Loss> all;
  for (auto mark = ledger.marks.lower_bound(std::string(lost_mark));
       mark != ledger.marks.end() && mark->first.starts_with(lost_mark); ++mark)
    all.push_back(parsed(std::string_view(mark->first).substr(lost_mark.size()), mark->second));
  return all;
}

void accept_loss(Ledger& ledger, const Loss& loss) {
  ledger.marks[key(accepted_mark, loss.place)] = value(loss);
}

bool is_accepted(const Ledger& ledger, const Loss& loss) {
  const auto mark = ledger.marks.find(key(accepted_mark, loss.place));
  if (mark == ledger.marks.end()) return false;
  const Loss accepted = parsed(key("", loss.place), mark->second);
  return std::includes(accepted.names.begin(), accepted.names.end(), loss.names.begin(),
                       loss.names.end());
}

void note_losses(Pass& pass) {
  auto& marks = pass.ledger.marks;
  for (const Place& place : pass.facts.looked_at) {
    marks.erase(key(lost_mark, place));
    if (pass.facts.is_settled) marks.erase(key(accepted_mark, place));
  }
  for (const Loss& loss : pass.facts.losses) marks[key(lost_mark, loss.place)] = value(loss);
  std::set<std::string> waiting;
  for (const Loss& loss : waiting_losses(pass.ledger)) {
    waiting.insert(subject_of(loss));
    add_review_line(pass, line_kind, subject_of(loss), "", loss_line(loss));
  }
  for (auto& [id, line] : pass.ledger.review)
    if (line.kind == line_kind && !line.mailed_at && !waiting.contains(line.about))
      line.done = true;
}

}  // namespace ioud::domain
