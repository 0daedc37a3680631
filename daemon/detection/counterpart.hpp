#pragma once
// Who stands on the other side of a sentence, judged by the names alone: a
// person of a firm, a firm without a person, a machine or mass mailer, or the
// rep's own circle (colleagues, family). Only a client can be owed a favour;
// the intake's gates know better where they have addresses and headers.

#include <cstdint>

#include "detection/scoring.hpp"

namespace ioud::detection {

enum class Counterpart : std::uint8_t { person, firm, machine, circle };
inline constexpr std::size_t counterpart_count = 4;

Counterpart counterpart(const Sentence& sentence);

}  // namespace ioud::detection
