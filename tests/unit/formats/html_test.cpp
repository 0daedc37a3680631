#include "formats/html.hpp"

#include <gtest/gtest.h>

#include <chrono>

#include "core/text.hpp"

namespace ioud::formats {
namespace {

TEST(Html, BlocksBecomeLines) {
  EXPECT_EQ(html_to_text("<p>Hi Meg,</p><p>I&rsquo;ll drop the<br>part off&nbsp;Saturday &#8212; "
                         "ok?</p><div>Tom</div>"),
            "Hi Meg,\n\nI’ll drop the\npart off Saturday — ok?\n\nTom\n");
  EXPECT_EQ(html_to_text("plain  words\n here"), "plain words here\n");
  EXPECT_EQ(html_to_text(""), "");
}

TEST(Html, ListsAndTables) {
  EXPECT_EQ(html_to_text("<ul><li>one<li>two</ul><table><tr><td>a</td><td>b</td></tr><tr><td>c"),
            "- one\n- two\n\na b\nc\n");
}

TEST(Html, NothingThatIsNotShown) {
  EXPECT_EQ(html_to_text("<html><head><title>T</title><style>p{}</style></head><body>"
                         "<script>alert('x < y')</script><div style='display: none'>preheader</div>"
                         "<!-- comment -->a<span>b</span>\xE2\x80\x8B"
                         "c&shy;d</body></html>"),
            "abcd\n");
}

TEST(Html, PreformattedTextKeepsItsShape) {
  EXPECT_EQ(html_to_text("<pre>a  b\n  c</pre>"), "a  b\n  c\n");
}

TEST(Html, QuotesOfEveryProgram) {
  for (const char* open :
       {"<blockquote type=cite>", "<div class=\"gmail_quote gmail_quote_container\">",
        "<div class='yahoo_quoted'>", "<div class=protonmail_quote>", "<div name=quote>",
        "<div id=yahoo_quoted_123>", "<div class=moz-cite-prefix>"}) {
    const std::string close = open[1] == 'b' ? "</blockquote>" : "</div>";
    EXPECT_EQ(
        html_to_text("<div>mine</div>" + std::string(open) + "theirs<br>more" + close + "mine"),
        "mine\n\n> theirs\n> more\n\nmine\n")
        << open;
  }
  EXPECT_EQ(html_to_text("a<blockquote>b<blockquote>c</blockquote>d</blockquote>"),
            "a\n\n> b\n\n> > c\n\n> d\n");
}

TEST(Html, EverythingBelowOutlooksHeaderIsQuoted) {
  EXPECT_EQ(html_to_text("<div>mine</div><hr><div id=\"divRplyFwdMsg\"><b>From:</b> Meg<br>"
                         "<b>Sent:</b> Monday</div><div>theirs</div>"),
            "mine\n\n> From: Meg\n> Sent: Monday\n> theirs\n");
  for (const char* word : {"From", "Von", "De&nbsp;", "Från"}) {
    const std::string text = html_to_text(
        "<p>mine</p><div><div style='border:none;border-top:solid #E1E1E1 "
        "1.0pt;padding:3pt'><p><b>" +
        std::string(word) + ":</b> Meg</p></div></div><p>theirs</p>");
    EXPECT_EQ(text.substr(0, 8), "mine\n\n> ") << text;
    EXPECT_NE(text.find("\n> theirs\n"), std::string::npos) << text;
  }
}

TEST(Html, ALineAboveOtherWordsIsNoReply) {
  EXPECT_EQ(
      html_to_text("<div style='border-top: solid 1px'><p>Total: 5</p><p>From: x</p></div>end"),
      "Total: 5\n\nFrom: x\n\nend\n");
  EXPECT_EQ(html_to_text("<div style='border-top:solid 1px'>No colon</div><div>From: Meg</div>"),
            "No colon\nFrom: Meg\n");
}

TEST(Html, TheStatedCharsetIsIgnored) {
  EXPECT_EQ(html_to_text("<meta charset=iso-8859-1><p>café ’ €</p>"), "café ’ €\n");
  EXPECT_EQ(html_to_text("<?xml version='1.0' encoding='latin1'?><p>caf\xE9 é</p>"),
            "caf\xEF\xBF\xBD é\n");
}

TEST(Html, HostileInputEndsFast) {
  const auto start = std::chrono::steady_clock::now();
  for (const char* piece : {"<div>", "<blockquote>", "<b><i>", "<table><tr><td>", "</div>", "&",
                            "<", "<p", "<!--", "<div style='border-top:solid'>", "<li>a"}) {
    std::string html;
    for (int i = 0; i < 50'000; ++i) html += piece;
    html_to_text(html + "x");
  }
  html_to_text(std::string(1'000'000, '\0') + "<p>" + std::string(2'000'000, ' '));
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds{60});
}

TEST(Html, NothingIsLoaded) {
  EXPECT_EQ(html_to_text("<!DOCTYPE html SYSTEM 'file:///etc/passwd' [<!ENTITY x SYSTEM "
                         "'file:///etc/passwd'>]><p>a&x;b</p>")
                .find("root"),
            std::string::npos);
}

}  // namespace
}  // namespace ioud::formats
