#pragma once
// Dates of address-book cards in all their spellings (specification 3.4) and what a label such as
// "_$!<Anniversary>!$_" makes of one. A date that says too little is no date; nothing is guessed.

#include <optional>
#include <string>
#include <string_view>

#include "domain/person.hpp"

namespace ioud::formats {

/// "19850412", "1985-04-12", either with a time, "--0412", "--04-12", "--04", "1985-04", "1985".
/// A year of 1604, 0000 or `omitted_year` is unknown.
std::optional<domain::PartialDate> parse_card_date(std::string_view text,
                                                   std::string_view omitted_year = {});

/// As people type it in a note: "2015-06-01", "6-1", "8-15 chinese".
std::optional<domain::PartialDate> parse_typed_date(std::string_view text);

/// The label between Apple's "_$!<" and ">!$_", or the label itself.
std::string_view plain_label(std::string_view label);

/// Kind and label of a labelled date: "Anniversary" is a wedding, "Kid Nora" a child named Nora.
domain::CardDate labelled_date(std::string_view label, domain::PartialDate when);

}  // namespace ioud::formats
