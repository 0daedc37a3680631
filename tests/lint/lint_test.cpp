#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "lint/checks.hpp"
#include "lint/co_await_rule.hpp"
#include "lint/layers.hpp"

namespace ioud::lint {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

Source source(const char* text, const char* path = "daemon/net/x.cpp") {
  return read_source(path, text);
}

std::vector<std::string> words(const Source& of) {
  std::vector<std::string> out;
  for (const Token& token : of.tokens) out.push_back(token.text);
  return out;
}

TEST(LintSource, CutsCodeIntoTokens) {
  EXPECT_THAT(
      words(source("a::b->c(1'000); // x {\n/* { */ \"}\\\"\" '{' R\"x({\n)x\" d")),
      ElementsAre("a", "::", "b", "->", "c", "(", "1'000", ")", ";", "\"\"", "''", "\"\"", "d"));
}

TEST(LintSource, CountsLinesAcrossCommentsAndRawText) {
  const Source read = source("/*\n\n*/ a\nR\"(\n\n)\" b\n#define X \\\n  {\nc\n");
  ASSERT_THAT(read.tokens, SizeIs(4));
  EXPECT_EQ(read.tokens[0].line, 3);
  EXPECT_EQ(read.tokens[2].line, 6);
  EXPECT_EQ(read.tokens[3].line, 9);
}

TEST(LintSource, ListsIncludes) {
  const Source read = source("#include <curl/curl.h>\n# include \"core/text.hpp\"\n#if 1\n");
  ASSERT_THAT(read.includes, SizeIs(2));
  EXPECT_EQ(read.includes[0].path, "curl/curl.h");
  EXPECT_FALSE(read.includes[0].quoted);
  EXPECT_TRUE(read.includes[1].quoted);
  EXPECT_EQ(read.includes[1].line, 2);
}

TEST(LintSource, ReadsATreeWithoutBuildsAndHiddenFolders) {
  const auto root = std::filesystem::path(testing::TempDir()) / "lint_tree";
  std::filesystem::remove_all(root);
  for (const char* file : {"a/one.cpp", "a/build/two.cpp", "a/.git/three.cpp", "note.md"}) {
    std::filesystem::create_directories((root / file).parent_path());
    std::ofstream(root / file) << "int x;\n";
  }
  std::ofstream(root / "a/picture.bin") << std::string(3, '\0');
  const auto sources = read_tree(root, {"note.md", "a", "missing"});
  ASSERT_THAT(sources, SizeIs(2));
  EXPECT_EQ(sources[0].path, "a/one.cpp");
  EXPECT_EQ(sources[1].path, "note.md");
}

TEST(LintCoAwait, FlagsWhatGcc12Miscompiles) {
  for (const char* text :
       {"Task f() { co_await g(X{1, 2}); }", "Task f() { auto x = co_await g({}); }",
        "Task f() { co_return X{co_await g()}; }", "Task f() { h(X{1}, co_await g()); }",
        "Task f() { co_await g([s] { return s; }); }",
        "Task f() { co_await g([=](int a) { return a; }); }",
        "Task f() { co_await g([x = y()] {}); }", "Task f() { co_await (a ? b() : c()); }",
        "Task f() { if (X{1} == co_await g()) return; }",
        "Task f() { co_await g(std::vector<int>{1}); }",
        "Task f() { for (auto& x : co_await g({1})) h(x); }",
        "Task f() { spawn([&]() -> Task<void> { co_await g({}); }); }"})
    EXPECT_THAT(check_co_await(source(text)), SizeIs(1)) << text;
}

TEST(LintCoAwait, LeavesHarmlessSentencesAlone) {
  for (const char* text :
       {"Task f() { X x{1}; co_await g(x); }",
        "Task f() { if (co_await g()) { h(); } else { co_await i(); } }",
        "Task f() { while (auto m = co_await g()) { h(); } }",
        "Task f() { for (auto& x : co_await g()) { h(x); } }",
        "Task f() { for (int i = 0; i < 3; ++i) { co_await g(i); } }",
        "Task f() { co_await g([&] { return s; }); }",
        "Task f() { co_await g([&s, this] { return X{1}; }); }",
        "Task f() { spawn([&]() -> Task<void> { co_await g(); }, X{1}); }",
        "Task f() { auto l = [s]() -> Task<int> { co_return co_await g(); }; }",
        "Task f() { co_return X{1}; }", "struct A { Task f() { co_await g(); } int b{1}; };",
        "Task f() { a[1] = co_await g(x[2]); }",
        "Task f() { [[maybe_unused]] auto x = co_await g(); }",
        "Task f() { try { co_await g(); } catch (const E& e) { h(X{e}); } }",
        "Task f() { switch (co_await g()) { case 1: { h({}); } } }",
        "namespace a { auto f() -> Task<int> { co_await g(); } }",
        "void f() { return X{[s] { return s; }, a ? b : c}; }"})
    EXPECT_THAT(check_co_await(source(text)), IsEmpty()) << text;
}

TEST(LintCoAwait, SaysWhereAndSurvivesBrokenCode) {
  const auto found = check_co_await(source("Task f() {\n  co_await\n    g({});\n}"));
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_EQ(found[0].line, 2);
  EXPECT_THAT(check_co_await(source("} } { ( co_await")), IsEmpty());
}

constexpr const char* page =
    "# x\n\n| layer | rooms | may include | libraries |\n| --- | --- | --- | --- |\n"
    "| 0 | `daemon/core` | - | tl, date (.cpp) |\n"
    "| 1 | daemon/net | core | boost, curl (.cpp) |\n"
    "| 2 | connectors | core, net/task.hpp | - |\n"
    "| 3 | connectors/* | core, net, connectors, connectors/dav | boost |\n"
    "| 4 | connectors/registry.cpp | core, connectors, connectors/* | - |\n"
    "| 5 | daemon/app, daemon/main.cpp | everything | boost |\n"
    "\n| layer | other | table | here |\n";

std::vector<Complaint> layered(const char* path, const char* text) {
  return check_layers(read_layers(page), {read_source(path, text)});
}

TEST(LintLayers, ReadsTheTable) {
  const auto layers = read_layers(page);
  ASSERT_THAT(layers, SizeIs(6));
  EXPECT_THAT(layers[0].rooms, ElementsAre("daemon/core"));
  EXPECT_THAT(layers[0].libraries, ElementsAre("tl"));
  EXPECT_THAT(layers[0].hidden, ElementsAre("date"));
  EXPECT_THAT(layers[5].rooms, ElementsAre("daemon/app", "daemon/main.cpp"));
  EXPECT_THAT(read_layers("nothing"), IsEmpty());
}

TEST(LintLayers, AllowsWhatTheTableAllows) {
  EXPECT_THAT(layered("daemon/net/a.cpp",
                      "#include \"core/x.hpp\"\n#include \"net/b.hpp\"\n"
                      "#include <curl/curl.h>\n#include <vector>\n"),
              IsEmpty());
  EXPECT_THAT(layered("connectors/imap/a.cpp",
                      "#include \"connectors/imap/b.hpp\"\n#include \"connectors/dav/c.hpp\"\n"
                      "#include \"connectors/capability.hpp\"\n"),
              IsEmpty());
  EXPECT_THAT(layered("connectors/registry.cpp", "#include \"connectors/imap/b.hpp\"\n"),
              IsEmpty());
  EXPECT_THAT(layered("daemon/main.cpp", "#include \"app/x.hpp\"\n"), IsEmpty());
  EXPECT_THAT(layered("daemon/app/demo/a.cpp", "#include \"app/x.hpp\"\n"), IsEmpty());
  EXPECT_THAT(layered("daemon/net/deep/a.cpp", "#include \"net/b.hpp\"\n"), IsEmpty());
  EXPECT_THAT(layered("connectors/capability.hpp", "#include \"net/task.hpp\"\n"), IsEmpty());
}

TEST(LintLayers, RefusesTheRest) {
  EXPECT_THAT(layered("daemon/core/a.cpp", "\n#include \"net/x.hpp\"\n"),
              ElementsAre(Complaint{"daemon/core/a.cpp", 2,
                                    "may not include \"net/x.hpp\" (table in daemon/README.md)"}));
  EXPECT_THAT(layered("connectors/imap/a.cpp", "#include \"connectors/smtp/b.hpp\"\n"), SizeIs(1));
  EXPECT_THAT(layered("connectors/capability.hpp", "#include \"net/clock.hpp\"\n"), SizeIs(1));
  EXPECT_THAT(layered("daemon/net/a.hpp", "#include <curl/curl.h>\n"), SizeIs(1));
  EXPECT_THAT(layered("daemon/core/a.cpp", "#include <curl/curl.h>\n"), SizeIs(1));
  EXPECT_THAT(layered("daemon/elsewhere/a.cpp", ""), SizeIs(1));
}

TEST(LintChecks, TimeComesFromTheClock) {
  for (const char* text :
       {"auto t = std::chrono::system_clock::now();", "x = steady_clock::now()",
        "std::time(nullptr)", "time(0)", "gettimeofday(&t, 0)", "current_zone()"})
    EXPECT_THAT(check_clock(source(text)), SizeIs(1)) << text;
  for (const char* text : {"clock.now()", "item.time(1)", "time_of(x)",
                           "system_clock::time_point t", "// system_clock::now()"})
    EXPECT_THAT(check_clock(source(text)), IsEmpty()) << text;
  EXPECT_THAT(check_clock(source("system_clock::now()", "daemon/net/clock.cpp")), IsEmpty());
}

TEST(LintChecks, NoLoopOverAPartOfWhatIsGone) {
  const auto flagged = [](const char* code) { return check_loops(source(code)).size(); };
  EXPECT_EQ(flagged("for (const auto& one : mirror().collections().value()) use(one);"), 1U);
  EXPECT_EQ(flagged("for (const auto& [k, v] : keywords_of(import).items()) use(k, v);"), 1U);
  EXPECT_EQ(flagged("for (const auto& one : collections.value()) use(one);"), 0U);
  EXPECT_EQ(flagged("for (const auto& [k, v] : json.at(\"a\").items()) use(k, v);"), 0U);
  EXPECT_EQ(flagged("for (const auto& one : (*found).value()) use(one);"), 0U);
  EXPECT_EQ(flagged("for (int i = 0; i < f(g).value(); ++i) use(i);"), 0U);
  EXPECT_EQ(flagged("for (const auto& one : all_of(it)) use(one);"), 0U);
  EXPECT_EQ(flagged("for ("), 0U);
}

TEST(LintChecks, NoRegex) {
  EXPECT_THAT(check_regex(source("#include <regex>\n")), SizeIs(1));
  EXPECT_THAT(check_regex(source("#include <re2/re2.h>\n")), IsEmpty());
}

TEST(LintChecks, NamesSaySomething) {
  EXPECT_THAT(check_names(source("", "daemon/net/http_utils.cpp")), SizeIs(1));
  EXPECT_THAT(check_names(source("class MailManager {};")), SizeIs(1));
  EXPECT_THAT(check_names(source("enum class ErrorInfo { a };")), SizeIs(1));
  EXPECT_THAT(check_names(source("namespace impl {}")), SizeIs(1));
  EXPECT_THAT(check_names(source("struct Database { int data; };", "daemon/store/database.hpp")),
              IsEmpty());
  EXPECT_THAT(check_names(source("", "daemon/store/base.txt")), IsEmpty());
}

TEST(LintChecks, FilesAreShort) {
  std::string text;
  for (int i = 0; i < 500; ++i) text += "int x;\n";
  EXPECT_THAT(check_length(source(text.c_str())), IsEmpty());
  EXPECT_THAT(check_length(source((text + "int y;\n").c_str())), SizeIs(1));
  EXPECT_THAT(check_length(source((text + "y\n").c_str(), "tests/lines.txt")), IsEmpty());
}

TEST(LintChecks, HeadersSayWhatTheyAreFor) {
  const char* path = "daemon/net/x.hpp";
  EXPECT_THAT(check_headers(source("#pragma once\n// What for.\n", path)), IsEmpty());
  EXPECT_THAT(check_headers(source("#pragma once\n\nint x;\n", path)), SizeIs(1));
  EXPECT_THAT(check_headers(source("// What for.\n#pragma once\n", path)), SizeIs(1));
  EXPECT_THAT(check_headers(source("", path)), SizeIs(1));
  EXPECT_THAT(check_headers(source("int x;")), IsEmpty());
}

TEST(LintChecks, NothingIsLeftUnfinished) {
  EXPECT_THAT(check_marks(source((std::string("x // TO") + "DO: y").c_str())), SizeIs(1));
  EXPECT_THAT(check_marks(source("mastodon HACKNEY XXXL")), IsEmpty());
}

TEST(LintChecks, NoPathOfAMachine) {
  EXPECT_THAT(check_paths(source((std::string("see /wo") + "rk/x").c_str())), SizeIs(1));
  EXPECT_THAT(check_paths(source((std::string("dav/calendars/wo") + "rk/").c_str())), IsEmpty());
}

}  // namespace
}  // namespace ioud::lint
