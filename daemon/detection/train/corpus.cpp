#include "detection/train/corpus.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <set>
#include <unordered_set>

#include "detection/jsonl.hpp"

namespace ioud::detection::train {
namespace {

core::Result<std::string> contents(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) return core::fail(core::Fault::config, path, "cannot be opened");
  return std::string(std::istreambuf_iterator<char>(in), {});
}

std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    lines.push_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

core::Result<void> read_labelled(const std::string& path, const std::string& stem,
                                 std::vector<Example>& out) {
  const auto text = contents(path);
  if (!text) return tl::unexpected(text.error());
  std::size_t number = 0;
  for (const std::string_view line : lines_of(*text)) {
    ++number;
    if (line.empty()) continue;
    auto row = read_row(line, number);
    if (!row)
      return core::fail(core::Fault::config, path, row.error().place + " " + row.error().text);
    if (!row->label) {
      return core::fail(core::Fault::config, path,
                        "line " + std::to_string(number) + " has no label, or one unknown");
    }
    Example example;
    example.author_group = stem.starts_with("gold") ? "gold-" + row->batch : stem;
    example.label = static_cast<int>(*row->label);
    example.sentence = std::move(row->sentence);
    out.push_back(std::move(example));
  }
  return {};
}

// Other people's mail, played as mail the rep sent; a known part of it is
// requests, none favours.
core::Result<void> read_unflagged(const std::string& path, std::vector<Example>& out) {
  const auto text = contents(path);
  if (!text) return tl::unexpected(text.error());
  std::size_t number = 0;
  for (const std::string_view line : lines_of(*text)) {
    Example example;
    example.author_group = "enron-" + std::to_string(number++ % 4);
    example.sentence.text = line.substr(0, line.find('\t'));
    example.sentence.rep = "Tom Reyes";
    example.sentence.client = "Meg Alvarez";
    example.sentence.client_org = "Acme Press";
    example.weight = 1.0F;
    if (!example.sentence.text.empty()) out.push_back(std::move(example));
  }
  return {};
}

}  // namespace

core::Result<std::vector<Example>> read_corpus(const std::string& folder) {
  std::vector<std::filesystem::path> files;
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator(folder, error)) {
    const auto kind = entry.path().extension();
    if (kind == ".jsonl" || kind == ".tsv") files.push_back(entry.path());
  }
  if (error || files.empty()) {
    return core::fail(core::Fault::config, folder, "holds no *.jsonl or *.tsv text");
  }
  std::sort(files.begin(), files.end());
  std::vector<Example> corpus;
  for (const auto& file : files) {
    const auto read = file.extension() == ".tsv"
                          ? read_unflagged(file.string(), corpus)
                          : read_labelled(file.string(), file.stem().string(), corpus);
    if (!read) return tl::unexpected(read.error());
  }
  return corpus;
}

void prepare(std::vector<Example>& corpus, const Extractor& extractor) {
  Recall recall;
  for (Example& example : corpus) example.features = extractor.extract(example.sentence, recall);
}

core::Result<Vectors> read_vectors(const std::string& folder, const std::vector<Example>& corpus) {
  const auto names = contents(folder + "/words40k.txt");
  if (!names) return tl::unexpected(names.error());
  const auto bytes = contents(folder + "/vec40k.int8");
  if (!bytes) return tl::unexpected(bytes.error());
  std::vector<std::string> listed;
  for (const std::string_view line : lines_of(*names)) listed.emplace_back(line);
  if (bytes->size() != listed.size() * Vectors::width) {
    return core::fail(core::Fault::config, folder, "words and vectors differ in number");
  }
  const std::unordered_set<std::string> known(listed.begin(), listed.end());
  std::map<std::string, std::set<std::string>> users;
  for (const Example& example : corpus) {
    for (const Token& token : example.features.tokens) {
      if (token.kind != TokenKind::person && !known.contains(token.text)) {
        users[token.text].insert(
            example.author_group.substr(0, 5) == "enron" ? "enron" : example.author_group);
      }
    }
  }
  Vectors out;
  out.words.emplace_back("");
  out.words.emplace_back(mask(TokenKind::person));
  for (const auto& [word, groups] : users) {
    if (groups.size() >= 2 && word != out.words[1]) out.words.push_back(word);
  }
  out.own_words = out.words.size();
  out.words.insert(out.words.end(), listed.begin(), listed.end());
  out.rows.assign(out.words.size() * Vectors::width, 0.0F);
  for (std::size_t i = 0; i < listed.size(); ++i) {
    float* row = out.rows.data() + (out.own_words + i) * Vectors::width;
    float square = 0;
    for (std::size_t d = 0; d < Vectors::width; ++d) {
      row[d] = static_cast<float>(static_cast<signed char>((*bytes)[i * Vectors::width + d]));
      square += row[d] * row[d];
    }
    const float length = std::sqrt(square);
    for (std::size_t d = 0; d < Vectors::width; ++d) row[d] /= length > 0 ? length : 1.0F;
  }
  return out;
}

void look_up(std::vector<Example>& corpus, const Vocabulary& vocabulary) {
  for (Example& example : corpus) {
    const auto rows = [&](const std::vector<Token>& tokens) {
      std::vector<std::uint16_t> found(std::min(tokens.size(), window));
      for (std::size_t i = 0; i < found.size(); ++i) found[i] = vocabulary.row(tokens[i]);
      return found;
    };
    example.rows = rows(example.features.tokens);
    example.before_rows = rows(example.features.before_tokens);
  }
}

}  // namespace ioud::detection::train
