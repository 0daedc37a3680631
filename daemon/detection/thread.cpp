#include <algorithm>
#include <optional>
#include <set>

#include "core/text.hpp"
#include "detection/joiner.hpp"
#include "detection/likeness.hpp"

namespace ioud::detection {
namespace {

using domain::Finding;
using domain::Label;
using domain::Reading;
using domain::Signal;
using domain::SignalKind;

/// Where a finding stands among the mails of the thread.
struct Place {
  std::size_t mail = 0;
  std::size_t finding = 0;
};

const Signal* yes_in(const Reading& reading) {
  const auto found =
      std::find_if(reading.signals.begin(), reading.signals.end(),
                   [](const Signal& one) { return one.kind == SignalKind::acceptance; });
  return found == reading.signals.end() ? nullptr : &*found;
}

bool says(const Reading& reading, SignalKind kind) {
  return std::any_of(reading.signals.begin(), reading.signals.end(),
                     [kind](const Signal& one) { return one.kind == kind; });
}

bool has(const Reading& reading, Label label) {
  return std::any_of(reading.findings.begin(), reading.findings.end(),
                     [label](const Finding& one) { return one.label == label; });
}

class Thread {
 public:
  explicit Thread(const std::vector<ThreadMail>& mails) : mails_(mails) {
    for (const ThreadMail& mail : mails) readings_.push_back(mail.mail->reading);
  }

  std::vector<Reading> join() {
    for (std::size_t i = 0; i < mails_.size(); ++i) {
      if (mails_[i].by_rep)
        read_rep(i);
      else
        read_client(i);
    }
    return std::move(readings_);
  }

 private:
  Finding& at(const Place& place) { return readings_[place.mail].findings[place.finding]; }

  void read_rep(std::size_t i) {
    Reading& reading = readings_[i];
    drop_repeated(reading);
    if (!requests_.empty()) answer(reading);
    lend_spoken(reading);
    offers_.clear();
    for (std::size_t f = 0; f < reading.findings.size(); ++f) {
      if (reading.findings[f].label == Label::rep_favour) promises_.push_back({i, f});
      if (reading.findings[f].label == Label::rep_question) offers_.push_back({i, f});
    }
  }

  void read_client(std::size_t i) {
    Reading& reading = readings_[i];
    const Signal* yes = yes_in(reading);
    if (yes != nullptr && !offers_.empty() && !says(reading, SignalKind::no_longer_needed))
      accept_offers(reading, *yes);
    if (!offers_.empty() && yes != nullptr) offers_.clear();
    for (std::size_t f = 0; f < reading.findings.size(); ++f)
      if (reading.findings[f].label == Label::favour_request) requests_.push_back({i, f});
    for (std::size_t f = 0; f < reading.findings.size(); ++f)
      if (reading.findings[f].label == Label::rep_favour) promises_.push_back({i, f});
  }

  /// A promise told again without a new time or thing is no second one.
  void drop_repeated(Reading& reading) {
    std::erase_if(reading.findings, [&](const Finding& finding) {
      return finding.label == Label::rep_favour &&
             std::any_of(promises_.begin(), promises_.end(), [&](const Place& place) {
               const domain::Slots& known = at(place).slots;
               const bool adds = finding.slots.due && finding.slots.due != known.due;
               return known.lemma == finding.slots.lemma && !known.lemma.empty() && !adds;
             });
    });
  }

  /// The rep's words after a request: a promise completes itself from it, a bare yes becomes one.
  void answer(Reading& reading) {
    const bool refuses = says(reading, SignalKind::cancel);
    if (has(reading, Label::rep_favour)) {
      complete_promises(reading);
    } else if (const Signal* yes = yes_in(reading); yes != nullptr && !refuses) {
      const std::string quote = yes->quote;
      for (const Place& place : last_requests()) reading.findings.push_back(promised(place, quote));
    } else if (!refuses) {
      return;
    }
    for (const Place& place : requests_) at(place).answered = true;
    requests_.clear();
  }

  /// Each promise takes what it leaves open from the request it fits best; requests may stay over.
  void complete_promises(Reading& reading) {
    std::vector<Place> open = last_requests();
    for (Finding& finding : reading.findings) {
      if (finding.label != Label::rep_favour || open.empty()) continue;
      const auto fits =
          std::max_element(open.begin(), open.end(), [&](const Place& a, const Place& b) {
            return likeness(finding.slots, at(a).slots) < likeness(finding.slots, at(b).slots);
          });
      const bool alone = open.size() == 1 && is_thin(finding.slots);
      if (!alone && likeness(finding.slots, at(*fits).slots) == 0) continue;
      complete(finding.slots, at(*fits).slots);
      finding.reasons.push_back("answers a request of the client");
      if (open.size() > 1) open.erase(fits);
    }
  }

  /// How much speaks for a promise answering this request.
  static int likeness(const domain::Slots& promise, const domain::Slots& request) {
    int points = 0;
    if (!promise.kind.empty() && promise.kind == request.kind) points += 2;
    const bool both_errands = (promise.kind == "errand" || promise.kind == "rush") &&
                              (request.kind == "errand" || request.kind == "rush");
    if (both_errands) points += 2;
    std::set<std::string> words;
    for (const std::string& word : core::split(promise.lemma, ' ')) words.insert(word);
    for (const std::string& word : core::split(request.lemma, ' '))
      points += words.contains(word) ? 2 : 0;
    if (is_thin(promise)) ++points;
    return points;
  }

  /// The open requests of the mail that was answered last.
  std::vector<Place> last_requests() const {
    std::vector<Place> last;
    for (const Place& place : requests_)
      if (place.mail == requests_.back().mail) last.push_back(place);
    return last;
  }

  Finding promised(const Place& place, const std::string& quote) {
    const Finding& request = at(place);
    Finding finding;
    finding.label = Label::rep_favour;
    finding.score = request.score;
    finding.quote = quote;
    finding.slots = request.slots;
    finding.slots.shape = "yes to " + request.slots.lemma.substr(0, request.slots.lemma.find(' '));
    finding.reasons = request.reasons;
    finding.reasons.push_back("a yes to a request of the client");
    return finding;
  }

  void accept_offers(Reading& reading, const Signal& yes) {
    const std::string quote = yes.quote;
    for (const Place& place : offers_) {
      const Finding& offer = at(place);
      Finding finding = offer;
      finding.label = Label::rep_favour;
      finding.quote = quote;
      finding.begin = 0;
      finding.end = 0;
      finding.reasons.push_back("the client's yes to an offer of the rep");
      reading.findings.push_back(std::move(finding));
    }
  }

  /// An ask spoken in a mail without a favour belongs to the last one promised.
  void lend_spoken(Reading& reading) {
    if (!reading.spoken || promises_.empty() || has(reading, Label::rep_favour)) return;
    Finding& promise = at(promises_.back());
    if (!promise.spoken) promise.spoken = reading.spoken;
  }

  const std::vector<ThreadMail>& mails_;
  std::vector<Reading> readings_;
  std::vector<Place> requests_;  ///< not answered yet
  std::vector<Place> offers_;    ///< of the rep's last mail
  std::vector<Place> promises_;
};

}  // namespace

std::vector<Reading> join_thread(const std::vector<ThreadMail>& by_date) {
  return Thread(by_date).join();
}

}  // namespace ioud::detection
