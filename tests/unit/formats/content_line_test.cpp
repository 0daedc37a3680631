#include "formats/content_line.hpp"

#include <gtest/gtest.h>

#include <random>

#include "core/text.hpp"
#include "formats/component.hpp"
#include "formats/encoding.hpp"

namespace ioud::formats {
namespace {

std::vector<ContentLine> lines_of(std::string_view bytes, Dialect dialect = Dialect::icalendar) {
  LineReader reader(bytes, dialect);
  std::vector<ContentLine> lines;
  ContentLine line;
  while (reader.next(line)) lines.push_back(line);
  return lines;
}

/// Every byte belongs to exactly one line, or to what leads the first one.
void expect_covered(std::string_view bytes, Dialect dialect = Dialect::icalendar) {
  LineReader reader(bytes, dialect);
  std::size_t at = reader.leading();
  ContentLine line;
  while (reader.next(line)) {
    ASSERT_EQ(line.begin, at);
    ASSERT_GT(line.end, line.begin);
    at = line.end;
  }
  EXPECT_EQ(at, bytes.size());
}

TEST(ContentLine, ReadsNameParametersAndValue) {
  const auto lines = lines_of("attendee;CN=\"Alvarez, Meg\";ROLE=REQ-PARTICIPANT:mailto:meg@x\r\n");
  ASSERT_EQ(lines.size(), 1U);
  EXPECT_EQ(lines[0].name, "ATTENDEE");
  EXPECT_EQ(lines[0].parameter("CN"), "Alvarez, Meg");
  EXPECT_TRUE(lines[0].has("ROLE", "req-participant"));
  EXPECT_FALSE(lines[0].has("ROLE", "CHAIR"));
  EXPECT_EQ(lines[0].parameter("RSVP"), std::nullopt);
  EXPECT_EQ(lines[0].value, "mailto:meg@x");
}

TEST(ContentLine, UnfoldsSpacesTabsAndMixedLineEnds) {
  const auto lines = lines_of("SUMMARY:a\r\n b\n\tc\r\n  d\r\r\n e\nUID:1");
  ASSERT_EQ(lines.size(), 2U);
  EXPECT_EQ(lines[0].value, "abc de");
  EXPECT_EQ(lines[1].value, "1");
  EXPECT_EQ(lines[1].number, 6U);
}

TEST(ContentLine, JoinsACharacterThatAFoldCut) {
  const auto lines = lines_of("SUMMARY:caf\xC3\r\n \xA9\r\n");
  EXPECT_EQ(lines[0].value, "café");
}

TEST(ContentLine, DecodesParametersOfRfc6868) {
  const auto lines = lines_of("ATTENDEE;CN=George ^'Bob^' ^^ ^nx ^q:mailto:b@x\r\n");
  EXPECT_EQ(lines[0].parameter("CN"), "George \"Bob\" ^ \nx ^q");
  EXPECT_EQ(parameter_text("CN", "George \"Bob\" ^\n"), ";CN=\"George ^'Bob^' ^^^n\"");
}

TEST(ContentLine, QuotedParametersHideSeparators) {
  const auto lines = lines_of("DTSTART;TZID=\"(UTC-06:00) Central; US\":20260304T090000\n");
  EXPECT_EQ(lines[0].parameter("TZID"), "(UTC-06:00) Central; US");
  EXPECT_EQ(lines[0].value, "20260304T090000");
}

TEST(ContentLine, AQuoteThatNeverClosesDoesNotSwallowTheValue) {
  const auto lines = lines_of("ATTENDEE;CN=\"Meg:mailto:meg@x\nUID:1\n");
  EXPECT_EQ(lines[0].value, "mailto:meg@x");
  EXPECT_EQ(lines[1].name, "UID");
}

TEST(ContentLine, LinesWithoutANameKeepTheirTextAndSpan) {
  const auto lines = lines_of("SUMMARY\nFOO BAR:x\n:y\n");
  ASSERT_EQ(lines.size(), 3U);
  for (const ContentLine& line : lines) EXPECT_EQ(line.name, "");
  EXPECT_EQ(lines[1].value, "FOO BAR:x");
}

TEST(ContentLine, GroupsAndBareTypesOfCards) {
  const auto lines =
      lines_of("item1.X-ABDATE;type=pref:2020-01-02\r\nTEL;HOME;VOICE;QUOTED-PRINTABLE:1\r\n",
               Dialect::vcard);
  EXPECT_EQ(lines[0].group, "item1");
  EXPECT_EQ(lines[0].name, "X-ABDATE");
  EXPECT_TRUE(lines[1].has("TYPE", "voice"));
  EXPECT_EQ(lines[1].parameter("ENCODING"), "QUOTED-PRINTABLE");
}

TEST(ContentLine, SoftBreaksOfQuotedPrintableJoinLines) {
  const auto lines = lines_of(
      "NOTE;ENCODING=QUOTED-PRINTABLE;CHARSET=UTF-8:caf=C3=\r\n=A9 und =\r\nmehr\r\nFN:x=\r\nEND:y",
      Dialect::vcard);
  ASSERT_EQ(lines.size(), 3U);
  EXPECT_EQ(decode_quoted_printable(lines[0].value), "café und mehr");
  EXPECT_EQ(lines[1].value, "x=");
}

TEST(ContentLine, CoversEveryByte) {
  for (const char* text : {"", "\r\n\r\n", "\xEF\xBB\xBF\x41:1\r\n\r\n B\r\n\n\nC:2", "no colon",
                           "A:1\r", "\r", " starts folded\nB:1", "A=\n=\n=", "\n\rA:1\n"}) {
    expect_covered(text);
    expect_covered(text, Dialect::vcard);
  }
  std::mt19937 random(7);
  constexpr std::string_view alphabet = "A:;=\"\r\n \t\\^,.x\xC3";
  for (int round = 0; round < 2000; ++round) {
    std::string text;
    for (auto i = random() % 40; i > 0; --i) text += alphabet[random() % alphabet.size()];
    expect_covered(text);
    expect_covered(text, Dialect::vcard);
  }
}

TEST(ContentLine, HugeLinesTakeLinearTime) {
  const std::string one = "ATTACH;ENCODING=BASE64:" + std::string(20U << 20U, 'A') + "\r\n";
  EXPECT_EQ(lines_of(one)[0].value.size(), 20U << 20U);
  std::string folds = "NOTE;QUOTED-PRINTABLE:";
  for (int i = 0; i < 300'000; ++i) folds += "=\r\n";
  EXPECT_EQ(lines_of(folds, Dialect::vcard).size(), 1U);
}

TEST(ContentLine, TextEscapesBothWays) {
  const std::string text = "a, b; c\\d\ne\tf";
  EXPECT_EQ(escape_text(text), "a\\, b\\; c\\\\d\\ne\tf");
  EXPECT_EQ(unescape_text(escape_text(text)), text);
  EXPECT_EQ(unescape_text("x\\Ny\\:z\\"), "x\ny:z\\");
  EXPECT_EQ(escape_text("a\r\nb\x01"), "a\\nb");
  EXPECT_EQ(split_list("a\\,b,c,,d", ','), (std::vector<std::string>{"a\\,b", "c", "", "d"}));
}

TEST(ContentLine, FoldsNeverCutACharacter) {
  std::string line = "DESCRIPTION:";
  for (int i = 0; i < 200; ++i) line += i % 3 == 0 ? "€" : i % 3 == 1 ? "é" : "x";
  const std::string folded = fold_line(line, "\r\n");
  std::size_t begin = 0;
  while (begin < folded.size()) {
    const std::size_t end = folded.find("\r\n", begin);
    EXPECT_LE(end - begin, 75U);
    EXPECT_TRUE(core::is_utf8(std::string_view(folded).substr(begin, end - begin)));
    begin = end + 2;
  }
  const auto lines = lines_of(folded);
  ASSERT_EQ(lines.size(), 1U);
  EXPECT_EQ("DESCRIPTION:" + lines[0].value, line);
  EXPECT_EQ(fold_line("A:" + std::string(73, 'x'), "\n"), "A:" + std::string(73, 'x') + "\n");
  EXPECT_EQ(fold_line(std::string(200, '\xBF'), "\n").size(), 200U + 3 + 2);
}

TEST(ContentLine, EditsLeaveTheRestAlone) {
  EXPECT_EQ(edited("0123456789", {{8, 9, "x"}, {2, 4, ""}, {5, 5, "a"}, {5, 5, "b"}}),
            "014ab567x9");
  EXPECT_EQ(edited("abc", {{3, 3, "d"}}), "abcd");
  EXPECT_EQ(line_end_of("a\nb\r\n"), "\n");
  EXPECT_EQ(line_end_of("a\r\nb\n"), "\r\n");
  EXPECT_EQ(line_end_of("a"), "\r\n");
}

TEST(Component, ReadsTreesWithSpans) {
  const std::string file =
      "BEGIN:VCALENDAR\nMETHOD:request\nBEGIN:VEVENT\nUID:1\nBEGIN:VALARM\nACTION:DISPLAY\n"
      "END:VALARM\nSUMMARY:x\nEND:VEVENT\nEND:VCALENDAR\n";
  ComponentReader reader(file);
  const auto event = reader.next();
  ASSERT_TRUE(event);
  EXPECT_EQ(event->damage, "");
  EXPECT_EQ(event->find("SUMMARY")->value, "x");
  EXPECT_EQ(event->find("ACTION"), nullptr);
  ASSERT_EQ(event->children.size(), 1U);
  EXPECT_EQ(file.substr(event->closing), "END:VEVENT\nEND:VCALENDAR\n");
  EXPECT_EQ(file.substr(event->children[0].begin, 12), "BEGIN:VALARM");
  EXPECT_EQ(file.substr(event->begin, 12), "BEGIN:VEVENT");
  EXPECT_FALSE(reader.next());
  EXPECT_TRUE(reader.is_closed());
  EXPECT_EQ(reader.method(), "REQUEST");
}

TEST(Component, ACutComponentDoesNotTakeTheNextWithIt) {
  const std::string file =
      "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:1\nBEGIN:VALARM\nBEGIN:VEVENT\nUID:2\nEND:VEVENT\n"
      "BEGIN:VEVENT\nUID:3\nEND:VCALENDAR\nBEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:4\nEND:VALARM\n";
  ComponentReader reader(file);
  const auto first = reader.next();
  EXPECT_NE(first->damage.find("line 4: VALARM begins here"), std::string::npos) << first->damage;
  EXPECT_EQ(reader.next()->damage, "");
  EXPECT_NE(reader.next()->damage, "");
  EXPECT_NE(reader.next()->damage.find("found END:VALARM, expected END:VEVENT"), std::string::npos);
  EXPECT_FALSE(reader.next());
  EXPECT_FALSE(reader.is_closed());
}

TEST(Component, HostileNestingIsCounted) {
  std::string file = "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:deep\n";
  for (int i = 0; i < 100'000; ++i) file += "BEGIN:X-A\n";
  for (int i = 0; i < 100'000; ++i) file += "END:X-A\n";
  file += "END:VEVENT\nEND:VCALENDAR\n";
  ComponentReader reader(file);
  const auto event = reader.next();
  ASSERT_TRUE(event);
  EXPECT_EQ(event->damage, "");
  EXPECT_TRUE(reader.is_closed() || !reader.next());
}

TEST(Encoding, ValidUtf8WinsOverItsLabel) {
  EXPECT_EQ(to_utf8("caf\xC3\xA9", "us-ascii"), "café");
  EXPECT_EQ(to_utf8("caf\xC3\xA9", "iso-8859-1"), "café");
}

TEST(Encoding, Latin1IsReadAsWindows1252) {
  EXPECT_EQ(to_utf8("it\x92s \x80", "iso-8859-1"), "it’s €");
  EXPECT_EQ(to_utf8("it\x92s", ""), "it’s");
  EXPECT_EQ(to_utf8("it\x92s", "x-no-such-charset"), "it’s");
}

TEST(Encoding, OtherCharsets) {
  EXPECT_EQ(to_utf8("\xC5\xBE\xE1\xE9\xB9", "iso-8859-2"), "Ĺžáéš");
  EXPECT_EQ(to_utf8("\xCF\xF0\xE8", "windows-1251"), "При");
  EXPECT_EQ(to_utf8("\x1B$B$3$s\x1B(B", "iso-2022-jp"), "こん");
  EXPECT_EQ(to_utf8("a\xFF", "utf-8"), "a\xEF\xBF\xBD");
}

TEST(Encoding, QuotedPrintable) {
  EXPECT_EQ(decode_quoted_printable("a=3Db=\r\nc =\t\r\nd=E9=ZZ="), "a=bc d\xE9=ZZ");
  std::string text = "Line with trailing space \n=equals é\n" + std::string(200, 'x') + "\n.\n";
  const std::string encoded = encode_quoted_printable(text);
  for (const std::string& line : core::split(encoded, '\n')) EXPECT_LE(line.size(), 77U);
  EXPECT_EQ(core::replaced(decode_quoted_printable(encoded), "\r\n", "\n"), text);
}

TEST(Encoding, Base64) {
  for (const std::string text : {"", "f", "fo", "foo", "foob", "fooba", "foobar"}) {
    EXPECT_EQ(decode_base64(encode_base64(text, false)), text);
    EXPECT_EQ(decode_base64(encode_base64(text, true)), text);
  }
  EXPECT_EQ(encode_base64("foob", false), "Zm9vYg==");
  EXPECT_EQ(decode_base64("Zm9v\r\n YmE"), "fooba");
  for (const std::string& line : core::split(encode_base64(std::string(500, 'a'), true), '\n')) {
    EXPECT_LE(line.size(), 77U);
  }
}

}  // namespace
}  // namespace ioud::formats
