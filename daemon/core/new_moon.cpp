#include "core/new_moon.hpp"

#include <array>
#include <cmath>
#include <numbers>

namespace ioud::core {
namespace {

constexpr double epoch_julian_day = 2440587.5;  ///< 1970-01-01T00:00Z
constexpr double seconds_in_a_day = 86400;
constexpr double first_of_2000 = 2451550.09766;  ///< the mean new moon of 6 January 2000
constexpr double mean_month = 29.530588861;

double sine(double degrees) { return std::sin(degrees * std::numbers::pi / 180); }

/// One periodic term: days, multiples of the sun's anomaly, the moon's, its argument of latitude,
/// and the power of the earth's eccentricity.
struct Term {
  double days;
  int sun;
  int moon;
  int latitude;
  int eccentricity;
};

constexpr std::array<Term, 24> terms = {
    Term{-0.40720, 0, 1, 0, 0},   Term{0.17241, 1, 0, 0, 1},   Term{0.01608, 0, 2, 0, 0},
    Term{0.01039, 0, 0, 2, 0},    Term{0.00739, -1, 1, 0, 1},  Term{-0.00514, 1, 1, 0, 1},
    Term{0.00208, 2, 0, 0, 2},    Term{-0.00111, 0, 1, -2, 0}, Term{-0.00057, 0, 1, 2, 0},
    Term{0.00056, 1, 2, 0, 1},    Term{-0.00042, 0, 3, 0, 0},  Term{0.00042, 1, 0, 2, 1},
    Term{0.00038, 1, 0, -2, 1},   Term{-0.00024, -1, 2, 0, 1}, Term{-0.00007, 2, 1, 0, 0},
    Term{0.00004, 0, 2, -2, 0},   Term{0.00004, 3, 0, 0, 0},   Term{0.00003, 1, 1, -2, 0},
    Term{0.00003, 0, 2, 2, 0},    Term{-0.00003, 1, 1, 2, 0},  Term{0.00003, -1, 1, 2, 0},
    Term{-0.00002, -1, 1, -2, 0}, Term{-0.00002, 1, 3, 0, 0},  Term{0.00002, 0, 4, 0, 0}};

/// The pull of the planets: days, degrees at k = 0, degrees a month.
struct Planet {
  double days;
  double at_zero;
  double a_month;
};

constexpr std::array<Planet, 13> planets = {
    Planet{0.000165, 251.88, 0.016321},  Planet{0.000164, 251.83, 26.651886},
    Planet{0.000126, 349.42, 36.412478}, Planet{0.000110, 84.66, 18.206239},
    Planet{0.000062, 141.74, 53.303771}, Planet{0.000060, 207.14, 2.453732},
    Planet{0.000056, 154.84, 7.306860},  Planet{0.000047, 34.52, 27.261239},
    Planet{0.000042, 207.19, 0.121824},  Planet{0.000040, 291.34, 1.844379},
    Planet{0.000037, 161.72, 24.198154}, Planet{0.000035, 239.56, 25.513099},
    Planet{0.000023, 331.55, 3.592518}};

/// The Julian ephemeris day of the new moon number k (0: January 2000).
double new_moon(double k) {
  const double t = k / 1236.85;  // centuries
  const double e = 1 - t * (0.002516 + t * 0.0000074);
  const double sun = 2.5534 + 29.10535670 * k - t * t * (0.0000014 + t * 0.00000011);
  const double moon =
      201.5643 + 385.81693528 * k + t * t * (0.0107582 + t * (0.00001238 - t * 0.000000058));
  const double latitude =
      160.7108 + 390.67050284 * k - t * t * (0.0016118 + t * (0.00000227 - t * 0.000000011));
  const double node = 124.7746 - 1.56375588 * k + t * t * (0.0020672 + t * 0.00000215);
  double day =
      first_of_2000 + mean_month * k + t * t * (0.00015437 - t * (0.000000150 - t * 0.00000000073));
  for (const Term& term : terms)
    day += term.days * std::pow(e, term.eccentricity) *
           sine(term.sun * sun + term.moon * moon + term.latitude * latitude);
  day -= 0.00017 * sine(node);
  day += 0.000325 * sine(299.77 + 0.107408 * k - 0.009173 * t * t);
  for (const Planet& planet : planets)
    day += planet.days * sine(planet.at_zero + planet.a_month * k);
  return day;
}

/// How far the even time of astronomers runs ahead of the clock, in seconds (Espenak and Meeus, for
/// 2005 to 2050; near enough for a century around).
double delta_t(double julian_day) {
  const double years = (julian_day - 2451544.5) / 365.25;
  return 62.92 + years * (0.32217 + years * 0.005589);
}

}  // namespace

Instant nearest_new_moon(Instant to) {
  const double julian_day =
      epoch_julian_day + static_cast<double>(to.time_since_epoch().count()) / seconds_in_a_day;
  const double k = std::round((julian_day - first_of_2000) / mean_month);
  double nearest = new_moon(k);
  for (const double other : {new_moon(k - 1), new_moon(k + 1)})
    if (std::abs(other - julian_day) < std::abs(nearest - julian_day)) nearest = other;
  const double seconds = (nearest - epoch_julian_day) * seconds_in_a_day - delta_t(nearest);
  return Instant{std::chrono::seconds{std::llround(seconds)}};
}

}  // namespace ioud::core
