#include "connectors/imap/response.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include "core/text.hpp"

namespace ioud::connectors::imap {
namespace {

constexpr std::size_t deepest = 64;
constexpr std::size_t most_values = 2'000'000;

std::string ascii_upper(std::string_view text) {
  std::string out(text);
  for (char& c : out)
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  return out;
}

tl::unexpected<core::Error> unreadable(const std::string& what) {
  return core::fail(core::Fault::protocol, "imap", "the server's answer " + what);
}

std::optional<std::uint64_t> number_in(std::string_view text) {
  std::uint64_t number = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
  const bool is_all = read.ec == std::errc() && read.ptr == text.data() + text.size();
  return is_all && !text.empty() ? std::optional(number) : std::nullopt;
}

class Reader {
 public:
  explicit Reader(Frame& frame) : frame_(frame), rest_(frame.line) {}

  std::string_view rest() const { return rest_; }
  bool is_done() const { return rest_.empty(); }

  /// Up to the next space.
  std::string_view word() {
    const std::string_view found = rest_.substr(0, rest_.find(' '));
    rest_.remove_prefix(std::min(rest_.size(), found.size() + 1));
    return found;
  }

  bool take(char c) {
    if (!rest_.starts_with(c)) return false;
    rest_.remove_prefix(1);
    return true;
  }

  void skip_spaces() {
    while (take(' ')) {
    }
  }

  /// Values up to `end`, which is taken; '\0' is the end of the line.
  core::Result<std::vector<Value>> values(char end, std::size_t depth) {
    std::vector<Value> all;
    for (;;) {
      skip_spaces();
      if (is_done()) {
        if (end == '\0') return all;
        return unreadable("ends within a list");
      }
      if (end != '\0' && take(end)) return all;
      if (++count_ > most_values) return unreadable("holds too many values");
      auto one = value(end, depth);
      if (!one) return tl::unexpected(one.error());
      all.push_back(std::move(*one));
    }
  }

 private:
  core::Result<Value> value(char end, std::size_t depth) {
    Value value;
    if (take('(')) {
      if (depth >= deepest) return unreadable("is nested too deep");
      auto items = values(')', depth + 1);
      if (!items) return tl::unexpected(items.error());
      value.kind = Value::Kind::list;
      value.items = std::move(*items);
      return value;
    }
    if (rest_.starts_with('"')) return quoted();
    if (rest_.starts_with('{') || rest_.starts_with("~{")) return literal();
    return atom(end);
  }

  core::Result<Value> quoted() {
    Value value;
    value.kind = Value::Kind::text;
    for (std::size_t i = 1; i < rest_.size(); ++i) {
      if (rest_[i] == '"') {
        rest_.remove_prefix(i + 1);
        return value;
      }
      if (rest_[i] == '\\' && i + 1 < rest_.size()) ++i;
      value.text += rest_[i];
    }
    return unreadable("ends within a text");
  }

  core::Result<Value> literal() {
    const auto close = rest_.find('}');
    if (close == std::string_view::npos || next_literal_ >= frame_.literals.size())
      return unreadable("holds a brace where none may be");
    rest_.remove_prefix(close + 1);
    Value value;
    value.kind = Value::Kind::text;
    value.text = std::move(frame_.literals[next_literal_++]);
    return value;
  }

  /// An atom ends at a space or parenthesis, but not within brackets: "BODY[HEADER.FIELDS (TO)]".
  core::Result<Value> atom(char end) {
    std::size_t size = 0;
    std::size_t brackets = 0;
    for (; size < rest_.size(); ++size) {
      const char c = rest_[size];
      if (brackets == 0 && (c == ' ' || c == '(' || c == ')' || (c == ']' && end == ']'))) break;
      if (c == '[') ++brackets;
      if (c == ']' && brackets > 0) --brackets;
    }
    if (size == 0) return unreadable("holds a parenthesis where none may be");
    Value value;
    value.kind = Value::Kind::atom;
    value.text = rest_.substr(0, size);
    rest_.remove_prefix(size);
    if (core::iequals(value.text, "NIL")) value.kind = Value::Kind::nil;
    return value;
  }

  Frame& frame_;
  std::string_view rest_;
  std::size_t next_literal_ = 0;
  std::size_t count_ = 0;
};

Status status_in(std::string_view word) {
  constexpr std::array<std::pair<std::string_view, Status>, 5> words = {{
      {"OK", Status::ok},
      {"NO", Status::no},
      {"BAD", Status::bad},
      {"BYE", Status::bye},
      {"PREAUTH", Status::preauth},
  }};
  for (const auto& [text, status] : words)
    if (core::iequals(text, word)) return status;
  return Status::none;
}

/// "[CODE values] text". A code that cannot be read is no reason to lose the status.
core::Result<Response> with_status(Reader& reader, Response response) {
  reader.skip_spaces();
  if (reader.take('[')) {
    if (auto values = reader.values(']', 0); values && !values->empty()) {
      response.code = ascii_upper(values->front().text);
      values->erase(values->begin());
      response.code_values = std::move(*values);
    }
  }
  reader.skip_spaces();
  response.text = reader.rest();
  return response;
}

core::Result<Response> untagged(Reader& reader) {
  Response response;
  const std::string_view first = reader.word();
  response.status = status_in(first);
  if (response.status != Status::none) return with_status(reader, std::move(response));
  if (const auto number = number_in(first)) {
    response.number = *number;
    response.name = ascii_upper(reader.word());
  } else {
    response.name = ascii_upper(first);
  }
  if (response.name.empty()) return unreadable("is empty");
  auto values = reader.values('\0', 0);
  if (!values) return tl::unexpected(values.error());
  response.values = std::move(*values);
  return response;
}

}  // namespace

bool Value::is(std::string_view word) const {
  return (kind == Kind::atom || kind == Kind::text) && core::iequals(text, word);
}

std::optional<std::uint64_t> Value::number() const {
  return is_list() ? std::nullopt : number_in(text);
}

core::Result<Response> read_response(Frame frame) {
  Reader reader(frame);
  if (reader.rest().starts_with('+')) {
    Response response;
    response.kind = Response::Kind::continuation;
    reader.take('+');
    reader.skip_spaces();
    response.text = reader.rest();
    return response;
  }
  const std::string_view tag = reader.word();
  if (tag == "*") return untagged(reader);
  if (tag.empty()) return unreadable("has no tag");
  Response response;
  response.kind = Response::Kind::tagged;
  response.tag = tag;
  response.status = status_in(reader.word());
  if (response.status == Status::none) return unreadable("has a tag and no status");
  return with_status(reader, std::move(response));
}

const Value* find_pair(const std::vector<Value>& pairs, std::string_view key) {
  for (std::size_t i = 0; i + 1 < pairs.size(); i += 2)
    if (pairs[i].is(key)) return &pairs[i + 1];
  return nullptr;
}

}  // namespace ioud::connectors::imap
