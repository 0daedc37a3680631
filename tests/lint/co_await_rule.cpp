#include "lint/co_await_rule.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace ioud::lint {
namespace {

using Tokens = std::vector<Token>;

template <std::size_t N>
bool is_one_of(const std::string& text, const std::array<std::string_view, N>& list) {
  return std::find(list.begin(), list.end(), text) != list.end();
}

/// What has been read of one full expression, bodies of lambdas left out.
struct Sentence {
  Tokens tokens;
  int parentheses = 0;
  bool awaits = false;
  bool braces = false;
  bool captures = false;
  bool conditional = false;
  bool has_lambda = false;
  int line = 0;
};

/// Cuts the tokens of a file into sentences, each `{` being a block, a lambda's body or a value.
class Reader {
 public:
  explicit Reader(const Source& source) : source_(source), tokens_(source.tokens) {}

  std::vector<Complaint> run() {
    while (at_ < tokens_.size()) {
      block();
      ++at_;  // a closing brace too many is the compiler's business
    }
    return std::move(found_);
  }

 private:
  /// Reads sentences up to the brace that closes the block.
  void block() {
    Sentence sentence;
    while (at_ < tokens_.size() && tokens_[at_].text != "}") {
      const Token& token = tokens_[at_];
      if (token.text == ";") {
        finish(sentence);
        sentence = {};
        ++at_;
      } else if (token.text == "{") {
        open_brace(sentence);
      } else {
        take(sentence, token);
      }
    }
    finish(sentence);
  }

  void open_brace(Sentence& sentence) {
    if (!opens_block(sentence)) {
      sentence.braces = true;
      take(sentence, tokens_[at_]);
      value(sentence);
      return;
    }
    const bool lambda_body = sentence.parentheses > 0 || sentence.has_lambda;
    if (!lambda_body) finish(sentence);
    ++at_;
    block();
    ++at_;
    if (lambda_body)
      sentence.has_lambda = sentence.parentheses > 0;
    else
      sentence = {};
  }

  /// The rest of a braced value, which belongs to its sentence.
  void value(Sentence& sentence) {
    while (at_ < tokens_.size() && tokens_[at_].text != "}") {
      if (tokens_[at_].text == "{")
        open_brace(sentence);
      else
        take(sentence, tokens_[at_]);
    }
    if (at_ < tokens_.size()) take(sentence, tokens_[at_]);
  }

  void take(Sentence& sentence, const Token& token) {
    if (token.text == "[" && begins_lambda(sentence)) {
      sentence.has_lambda = true;
      sentence.captures = sentence.captures || captures_values();
    }
    if (token.text == "(") ++sentence.parentheses;
    if (token.text == ")") sentence.parentheses = std::max(0, sentence.parentheses - 1);
    if (token.text == "?") sentence.conditional = true;
    if (token.text == "co_await") {
      if (!sentence.awaits) sentence.line = token.line;
      sentence.awaits = true;
    }
    sentence.tokens.push_back(token);
    ++at_;
  }

  static bool opens_block(const Sentence& sentence) {
    constexpr std::array<std::string_view, 13> before_block = {
        ")",  ";",   "{",     "}",        "]",       ":",       "else",
        "do", "try", "const", "noexcept", "mutable", "override"};
    constexpr std::array<std::string_view, 6> heads = {"namespace", "struct", "class",
                                                       "enum",      "union",  "extern"};
    if (sentence.tokens.empty()) return true;
    if (is_one_of(sentence.tokens.back().text, before_block)) return true;
    if (sentence.parentheses == 0 &&
        std::any_of(sentence.tokens.begin(), sentence.tokens.end(),
                    [&heads](const Token& token) { return is_one_of(token.text, heads); }))
      return true;
    // `-> Task<void> {`: a return type stands between the parameters and the body.
    for (auto token = sentence.tokens.rbegin(); token != sentence.tokens.rend(); ++token) {
      if (token->text == "->") return true;
      if (token->text == ")" || token->text == "=" || token->text == "," || token->text == "(")
        return false;
    }
    return false;
  }

  bool begins_lambda(const Sentence& sentence) const {
    const bool attribute = (at_ + 1 < tokens_.size() && tokens_[at_ + 1].text == "[") ||
                           (at_ > 0 && tokens_[at_ - 1].text == "[");
    if (attribute) return false;
    if (sentence.tokens.empty()) return true;
    constexpr std::array<std::string_view, 4> keywords = {"return", "co_return", "co_await",
                                                          "co_yield"};
    const std::string& before = sentence.tokens.back().text;
    if (is_one_of(before, keywords)) return true;
    const char last = before.back();
    const bool ends_value = last == ')' || last == ']' || last == '_' || last == '"' ||
                            (last >= '0' && last <= '9') || (last >= 'a' && last <= 'z') ||
                            (last >= 'A' && last <= 'Z');
    return !ends_value;
  }

  /// True for `[x]`, `[=]` and `[x = …]`; false for `[]`, `[&]`, `[&x]` and `[this]`.
  bool captures_values() const {
    bool entry_begins = true;
    int depth = 0;
    for (std::size_t i = at_ + 1; i < tokens_.size(); ++i) {
      const std::string& text = tokens_[i].text;
      if (text == "]" && depth == 0) return false;
      if (text == "(" || text == "[" || text == "{") ++depth;
      if (text == ")" || text == "]" || text == "}") --depth;
      if (entry_begins && text != "&" && text != "this") return true;
      entry_begins = text == "," && depth == 0;
    }
    return false;
  }

  void finish(const Sentence& sentence) {
    if (!sentence.awaits) return;
    const auto complain = [&](const char* what) {
      found_.push_back({source_.path, sentence.line,
                        std::string(what) +
                            " in the same full expression as co_await; name it in a statement "
                            "before (GCC 12 miscompiles it)"});
    };
    if (sentence.braces) complain("a braced value");
    if (sentence.captures) complain("a capturing lambda");
    if (sentence.conditional) complain("a ?:");
  }

  const Source& source_;
  const Tokens& tokens_;
  std::size_t at_ = 0;
  std::vector<Complaint> found_;
};

}  // namespace

std::vector<Complaint> check_co_await(const Source& source) { return Reader(source).run(); }

}  // namespace ioud::lint
