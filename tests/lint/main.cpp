// ioud_lint CHECK ROOT: runs one of the project's own rules over the tree; 1 where it is broken.

#include <fstream>
#include <functional>
#include <iostream>
#include <iterator>
#include <map>

#include "lint/checks.hpp"
#include "lint/co_await_rule.hpp"
#include "lint/layers.hpp"

namespace {

using ioud::lint::Complaint;
using ioud::lint::Source;

using FileCheck = std::function<std::vector<Complaint>(const Source&)>;

struct Rule {
  std::vector<std::string> folders;
  FileCheck check;
};

const std::vector<std::string> program = {"daemon", "connectors"};
const std::vector<std::string> code = {"daemon", "connectors", "tests"};
const std::vector<std::string> everything = {"daemon",
                                             "connectors",
                                             "config",
                                             "systemd",
                                             "tests",
                                             ".ci",
                                             "README.md",
                                             "CHANGELOG.md",
                                             "CONTRIBUTING.md",
                                             "CMakeLists.txt",
                                             "CMakePresets.json"};

std::map<std::string, Rule> rules() {
  using namespace ioud::lint;
  return {{"clock", {program, check_clock}},   {"co_await", {code, check_co_await}},
          {"loops", {code, check_loops}},      {"regex", {code, check_regex}},
          {"names", {code, check_names}},      {"length", {code, check_length}},
          {"headers", {code, check_headers}},  {"marks", {everything, check_marks}},
          {"paths", {everything, check_paths}}};
}

std::vector<Complaint> layering(const std::filesystem::path& root) {
  std::ifstream page(root / "daemon/README.md");
  const std::string markdown{std::istreambuf_iterator<char>(page), {}};
  const auto layers = ioud::lint::read_layers(markdown);
  if (layers.empty()) return {{"daemon/README.md", 1, "holds no table of layers"}};
  return ioud::lint::check_layers(layers, ioud::lint::read_tree(root, program));
}

}  // namespace

int main(int argc, char** argv) {
  const std::vector<std::string> arguments(argv + 1, argv + argc);
  const auto known = rules();
  const bool usable =
      arguments.size() == 2 && (arguments[0] == "layering" || known.contains(arguments[0]));
  if (!usable) {
    std::cerr << "usage: ioud_lint CHECK ROOT, CHECK one of: layering";
    for (const auto& [name, rule] : known) std::cerr << ' ' << name;
    std::cerr << '\n';
    return 2;
  }
  std::vector<Complaint> found;
  if (arguments[0] == "layering") {
    found = layering(arguments[1]);
  } else {
    const Rule& rule = known.at(arguments[0]);
    for (const Source& source : ioud::lint::read_tree(arguments[1], rule.folders)) {
      const auto more = rule.check(source);
      found.insert(found.end(), more.begin(), more.end());
    }
  }
  for (const Complaint& complaint : found)
    std::cout << complaint.path << ':' << complaint.line << ": " << complaint.text << '\n';
  return found.empty() ? 0 : 1;
}
