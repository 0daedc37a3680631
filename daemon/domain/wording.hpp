#pragma once
// The words ioud writes: what every text is made of, and the small phrases all of them share. Each
// sentence is a template of this room or names something the ledger holds evidence for; nothing is
// guessed, and no text ever advises the rep to refuse help. Every function is pure. The texts are
// in wording_talk, wording_draft, wording_care and wording_review, their lint in wording_lint.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/civil_time.hpp"
#include "domain/catalogue.hpp"
#include "domain/ledger.hpp"

namespace ioud::domain {

/// A title and a body: SUMMARY and DESCRIPTION of an event, or subject and text of a mail. Lines
/// end in "\n" except the last.
struct Text {
  std::string title;
  std::string body;
  friend bool operator==(const Text&, const Text&) = default;
};

/// A favour with what a text may add to it.
struct FavourWords {
  Favour favour;
  std::string beneficiary;             ///< name of another person who is helped; private texts only
  std::optional<core::Date> asked_on;  ///< set where the client asked for it in writing, else empty
};

/// Everything the texts of one talk are made of. The first favour is the one a title names.
struct Talk {
  std::string rep;      ///< full name
  std::string contact;  ///< full name of the person the talk is with
  std::string client;   ///< name of the client; private texts only
  AskKind ask;
  std::string ask_kind;              ///< its name in the catalogue
  int minutes = 0;                   ///< of the talk itself; the ask's own are in `ask`
  std::vector<FavourWords> favours;  ///< none for referral and after-sale asks
  std::vector<std::string> others;   ///< names of all other clients and their people
  std::string hours;  ///< "early" or "late" where found only outside the usual hours, else ""
  core::Zone rep_zone;
  core::Zone client_zone;
};

/// The title of a talk whose person was forgotten, or whose calendar shows nothing but busy time.
inline constexpr std::string_view neutral_title = "Sit-down";

/// "45 min", "2 h", "6 h 10", "0 min"; a minus sign in front where it is negative.
std::string duration_words(int minutes);
/// "one" to "ten", digits above.
std::string number_words(int number);
/// "1 favour", "4 favours": the plural adds an s.
std::string counted(int number, std::string_view noun);
/// How somebody is greeted: the first name of "Anke Vogel", "Dr. Anke Vogel" and "Vogel, Anke".
std::string first_name(std::string_view full_name);
/// "Hello Meg," and an empty line; "Hello," where the name is empty.
std::string greeting_words(std::string_view full_name);
/// An empty line, "Kind regards," and the name; short enough to follow a closing question.
std::string sign_off(std::string_view rep);
/// "10:00 to 10:20" on that zone's clock.
std::string span_words(core::Instant start, int minutes, const core::Zone& zone);
/// "Thursday 12 Mar, 10:00 to 10:20" on that zone's clock.
std::string when_words(core::Instant start, int minutes, const core::Zone& zone);

/// The thing of a favour in at most three words, without article or owner: "the sample boards from
/// the depot" is "sample boards". Empty where no thing is known or it is a pronoun.
std::string few_words(const Favour& favour);

/// The thing as a client may read it ("the belt", "your rollout plan"). Empty where none is known,
/// or where its words are no client's to read: a beneficiary, another client, a forbidden word.
std::string client_thing(const FavourWords& favour, const std::vector<std::string>& others);

/// The thing as the rep reads it ("belt", "their rollout plan"); the kind's own word ("delivery")
/// or the act where no thing is known. Never empty.
std::string rep_thing(const Favour& favour);

/// "because you asked about the belt on 4 Mar", or where nobody asked in writing "because the belt
/// came up on 4 Mar"; without the thing where client_thing() is empty. Client-safe, no full stop.
std::string because_line(const FavourWords& favour, const std::vector<std::string>& others,
                         const core::Zone& zone);

/// The ask's topic as titles and clients' texts name it; "a short talk" where an admin's own topic
/// holds words that no client may read.
std::string client_topic(const AskKind& ask);

/// The ask as the end of a sentence that begins "Could you spare 20 minutes": "to talk about
/// introductions", "to set up an ordering schedule". Client-safe.
std::string purpose_words(const AskKind& ask);

/// Their benefit, "so that …", from the favour's kind ("" for none) and the ask's. No full stop.
std::string benefit_line(std::string_view favour_kind, std::string_view ask_kind);

}  // namespace ioud::domain
