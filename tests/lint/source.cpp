#include "lint/source.hpp"

#include <algorithm>
#include <cctype>
#include <fstream>

#include "core/text.hpp"

namespace ioud::lint {
namespace {

bool is_word(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; }

/// Walks a text once, giving tokens and includes.
class Cutter {
 public:
  Cutter(std::string_view text, Source& out) : text_(text), out_(out) {}

  void run() {
    while (at_ < text_.size()) {
      const char c = text_[at_];
      if (c == '\n') {
        ++line_;
        ++at_;
        line_begins_ = true;
      } else if (c == ' ' || c == '\t' || c == '\r') {
        ++at_;
      } else if (starts("//")) {
        skip_to_line_end();
      } else if (starts("/*")) {
        skip_comment();
      } else if (c == '#' && line_begins_) {
        preprocessor_line();
      } else {
        line_begins_ = false;
        token(c);
      }
    }
  }

 private:
  bool starts(std::string_view what) const { return text_.substr(at_).starts_with(what); }

  void skip_to_line_end() {
    while (at_ < text_.size() && text_[at_] != '\n') ++at_;
  }

  void skip_comment() {
    const auto end = text_.find("*/", at_ + 2);
    const auto stop = end == std::string_view::npos ? text_.size() : end + 2;
    for (; at_ < stop; ++at_)
      if (text_[at_] == '\n') ++line_;
  }

  void preprocessor_line() {
    const int first_line = line_;
    std::string whole;
    while (at_ < text_.size() && text_[at_] != '\n') {
      if (text_[at_] == '\\' && at_ + 1 < text_.size() && text_[at_ + 1] == '\n') {
        ++line_;
        ++at_;
      }
      whole += text_[at_++];
    }
    const auto directive = core::trimmed(std::string_view(whole).substr(1));
    if (!directive.starts_with("include")) return;
    const auto open = directive.find_first_of("<\"");
    if (open == std::string_view::npos) return;
    const auto close = directive.find_first_of(">\"", open + 1);
    out_.includes.push_back({std::string(directive.substr(open + 1, close - open - 1)),
                             directive[open] == '"', first_line});
  }

  void token(char c) {
    if (starts("R\"")) return raw_literal();
    if (c == '"' || c == '\'') return literal(c);
    if (is_word(c)) return word();
    const std::size_t size = starts("::") || starts("->") ? 2 : 1;
    out_.tokens.push_back({std::string(text_.substr(at_, size)), line_});
    at_ += size;
  }

  void word() {
    const std::size_t begin = at_;
    const bool number = std::isdigit(static_cast<unsigned char>(text_[at_])) != 0;
    while (at_ < text_.size() && (is_word(text_[at_]) || (number && text_[at_] == '\''))) ++at_;
    out_.tokens.push_back({std::string(text_.substr(begin, at_ - begin)), line_});
  }

  void literal(char quote) {
    const int line = line_;
    for (++at_; at_ < text_.size() && text_[at_] != quote && text_[at_] != '\n'; ++at_)
      if (text_[at_] == '\\') ++at_;
    if (at_ < text_.size() && text_[at_] == quote) ++at_;
    out_.tokens.push_back({std::string(2, quote), line});
  }

  void raw_literal() {
    const int line = line_;
    const auto open = text_.find('(', at_);
    const std::string close = ")" + std::string(text_.substr(at_ + 2, open - at_ - 2)) + "\"";
    const auto end = open == std::string_view::npos ? open : text_.find(close, open);
    const auto stop = end == std::string_view::npos ? text_.size() : end + close.size();
    for (; at_ < stop; ++at_)
      if (text_[at_] == '\n') ++line_;
    out_.tokens.push_back({"\"\"", line});
  }

  std::string_view text_;
  Source& out_;
  std::size_t at_ = 0;
  int line_ = 1;
  bool line_begins_ = true;
};

std::string content(const std::filesystem::path& file) {
  std::string bytes(std::filesystem::file_size(file), '\0');
  std::ifstream in(file, std::ios::binary);
  in.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  return bytes;
}

bool is_left_out(const std::filesystem::path& folder) {
  const std::string name = folder.filename().string();
  return name.starts_with("build") || (name.starts_with('.') && name != ".ci");
}

}  // namespace

Source read_source(std::string path, std::string_view text) {
  Source source;
  source.path = std::move(path);
  source.lines = core::split(text, '\n');
  if (!source.lines.empty() && source.lines.back().empty()) source.lines.pop_back();
  if (is_code(source)) Cutter(text, source).run();
  return source;
}

std::vector<Source> read_tree(const std::filesystem::path& root,
                              const std::vector<std::string>& folders) {
  std::vector<Source> sources;
  const auto add = [&](const std::filesystem::path& file) {
    const std::string text = content(file);
    if (text.find('\0') != std::string::npos) return;
    sources.push_back(read_source(file.lexically_relative(root).generic_string(), text));
  };
  for (const std::string& folder : folders) {
    const std::filesystem::path top = root / folder;
    if (std::filesystem::is_regular_file(top)) add(top);
    if (!std::filesystem::is_directory(top)) continue;
    for (auto item = std::filesystem::recursive_directory_iterator(top);
         item != std::filesystem::recursive_directory_iterator(); ++item) {
      if (item->is_directory() && is_left_out(item->path())) item.disable_recursion_pending();
      if (item->is_regular_file()) add(item->path());
    }
  }
  std::sort(sources.begin(), sources.end(),
            [](const Source& a, const Source& b) { return a.path < b.path; });
  return sources;
}

bool is_header(const Source& source) { return source.path.ends_with(".hpp"); }
bool is_code(const Source& source) { return is_header(source) || source.path.ends_with(".cpp"); }

}  // namespace ioud::lint
