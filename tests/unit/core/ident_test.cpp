#include "core/ident.hpp"

#include <gtest/gtest.h>

#include <set>
#include <stdexcept>

namespace ioud::core {
namespace {

TEST(Ident, IsTheSameEverywhere) {
  const std::string id = ident({"favour", "Acme Press", "drop part", "2026-03-04"});
  EXPECT_EQ(id, ident({"favour", "Acme Press", "drop part", "2026-03-04"}));
  EXPECT_EQ(id.size(), 26U);
  EXPECT_EQ(id.find_first_not_of("abcdefghijklmnopqrstuvwxyz234567"), std::string::npos);
}

TEST(Ident, NeverChangesBetweenVersions) {
  // Calendars hold these names: another value here means every event doubles after an update.
  EXPECT_EQ(ident({"a", "b"}), "li4k2qbvdfcfbs4rgthyhmybo7");
  EXPECT_EQ(ident({}), "bzlvdqbg4vb3f2flf2ygbgo2uh");
}

TEST(Ident, TellsPartsApart) {
  const std::set<std::string> ids = {ident({"ab", "c"}), ident({"a", "bc"}), ident({"abc"}),
                                     ident({"abc", ""}), ident({"", "abc"}), ident({"1:a"}),
                                     ident({"a"}),       ident({})};
  EXPECT_EQ(ids.size(), 8U);
}

TEST(SaltedHash, DependsOnSaltAndText) {
  const std::string salt(32, 's');
  const std::string other(32, 't');
  EXPECT_EQ(salted_hash(salt, "meg@acme.test"), salted_hash(salt, "meg@acme.test"));
  EXPECT_NE(salted_hash(salt, "meg@acme.test"), salted_hash(other, "meg@acme.test"));
  EXPECT_NE(salted_hash(salt, "meg@acme.test"), salted_hash(salt, "omar@initech.test"));
  EXPECT_EQ(salted_hash(salt, "").size(), 64U);
}

TEST(SaltedHash, RefusesASaltThatIsTooShortOrTooLong) {
  EXPECT_THROW(salted_hash("short", "x"), std::invalid_argument);
  EXPECT_THROW(salted_hash("", "x"), std::invalid_argument);
  EXPECT_THROW(salted_hash(std::string(65, 's'), "x"), std::invalid_argument);
  EXPECT_NO_THROW(salted_hash(std::string(16, 's'), "x"));
  EXPECT_NO_THROW(salted_hash(std::string(64, 's'), "x"));
}

TEST(ContentHash, SeesEveryByte) {
  EXPECT_EQ(content_hash("BEGIN:VCARD"), content_hash("BEGIN:VCARD"));
  EXPECT_NE(content_hash("BEGIN:VCARD"), content_hash("BEGIN:VCARD\n"));
  EXPECT_NE(content_hash(""), content_hash(std::string_view("\0", 1)));
  // BLAKE2b-256 of nothing, as RFC 7693 implementations give it.
  EXPECT_EQ(content_hash(""), "0e5751c026e543b2e8ab2eb06099daa1d1e5df47778f7787faab45cdf12fe3a8");
}

TEST(NewSalt, IsThirtyTwoFreshBytes) {
  const std::string one = new_salt();
  EXPECT_EQ(one.size(), 32U);
  EXPECT_NE(one, new_salt());
}

}  // namespace
}  // namespace ioud::core
