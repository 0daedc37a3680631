#pragma once
// The `key: value` lines a rep writes into the note of a card (specification 3.2), read one by one,
// and what may be kept of them: care A and B, never religion, health, politics and the like.

#include <optional>
#include <string>
#include <string_view>

#include "domain/person.hpp"

namespace ioud::domain {

std::optional<Stage> read_stage(std::string_view text);
std::optional<Tier> read_tier(std::string_view text);
/// friend, family, communal: true; exchange, business: false.
std::optional<bool> read_is_communal(std::string_view text);

/// "2015-06-01", "1979-05", "06-01", "--06-01", "2015", with "chinese" or "hebrew" behind it where
/// the parts are of that calendar ("8-15 chinese", "5780-1-1 hebrew").
std::optional<PartialDate> read_partial_date(std::string_view text);

/// "2026-02-11 starter kit"; the thing may be missing.
std::optional<Purchase> read_purchase(std::string_view text);

/// "Nora 2015-06-01": a child's name, first name only, and the date where one is given.
std::optional<CardDate> read_child(std::string_view text);

/// Whether lines of that key are worth knowing before a talk ("hobby", "team", "goals").
bool is_fact_key(std::string_view key);

/// Words of care C: religion, politics, health, sexuality, union, ethnicity, judgements, money,
/// law, divorce. Errs on the side of dropping.
bool is_special(std::string_view text);

}  // namespace ioud::domain
