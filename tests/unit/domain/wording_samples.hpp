#pragma once
// People, favours and talks that the wording tests share.

#include "domain/wording.hpp"

namespace ioud::domain::samples {

inline core::Zone chicago() { return *core::Zone::find("America/Chicago"); }

inline core::Date day(int year, unsigned month, unsigned date) {
  return core::Date{std::chrono::year{year}, std::chrono::month{month}, std::chrono::day{date}};
}

inline core::Instant at(int year, unsigned month, unsigned date, int hour, int minute = 0) {
  return core::instant_in(chicago(), day(year, month, date), core::TimeOfDay(hour, minute));
}

inline FavourWords favour(std::string kind, std::string thing, std::string text = "") {
  FavourWords words;
  words.favour.kind = std::move(kind);
  words.favour.thing = std::move(thing);
  words.favour.text = std::move(text);
  words.favour.offered_at = at(2026, 3, 4, 14, 25);
  words.favour.due.date = day(2026, 3, 7);
  words.favour.due_stated = true;
  words.favour.evidence = {{"mail", "promise@rep.test", "I'll drop the belt off Saturday",
                            "Re: Press down", at(2026, 3, 4, 14, 25)}};
  return words;
}

/// Tom and Meg about one ask of the standard catalogue, with the favours given.
inline Talk talk(const std::string& ask, std::vector<FavourWords> favours) {
  Talk talk;
  talk.rep = "Tom Reyes";
  talk.contact = "Meg Alvarez";
  talk.client = "Acme Press";
  talk.ask = Catalogue::standard().asks.at(ask);
  talk.ask_kind = ask;
  talk.minutes = talk.ask.minutes;
  talk.favours = std::move(favours);
  talk.others = {"Initech", "Omar Haddad", "Joburg Signs", "Kabelo Mokoena"};
  talk.rep_zone = chicago();
  talk.client_zone = chicago();
  return talk;
}

}  // namespace ioud::domain::samples
