// ioud_train: makes the model file from the text in this folder, or measures
// how well it does on authors it has not read. Not installed; see
// text/README.md for the text.

#include <cstdio>
#include <cstring>
#include <fstream>
#include <string>
#include <vector>

#include "detection/train/make_model.hpp"
#include "detection/train/measure.hpp"

namespace {

namespace train = ioud::detection::train;

constexpr const char* usage =
    "ioud_train make TEXT VECTORS OUT [AUTHOR]\n"
    "                                        trains on all of TEXT (but on nothing of AUTHOR)\n"
    "                                        and writes the model to OUT\n"
    "ioud_train measure TEXT VECTORS AUTHOR...\n"
    "                                        trains without each AUTHOR (the beginning of\n"
    "                                        a file's name) and prints how well the model\n"
    "                                        reads him\n";

// Where an event comes by itself (`detector.floor`).
constexpr double automatic_floor = 0.80;

int complain(const ioud::core::Error& error) {
  std::fprintf(stderr, "%s: %s\n", error.place.c_str(), error.text.c_str());
  return 1;
}

int make(const train::Prepared& prepared, const std::string& path) {
  const auto model = train::make_model(prepared, train::Settings{});
  if (!model) return complain(model.error());
  std::ofstream out(path, std::ios::binary);
  out.write(reinterpret_cast<const char*>(model->data()),
            static_cast<std::streamsize>(model->size()));
  if (!out.flush()) {
    std::fprintf(stderr, "%s: cannot be written\n", path.c_str());
    return 1;
  }
  std::printf("%s: %zu bytes from %zu sentences\n", path.c_str(), model->size(),
              prepared.corpus.size());
  return 0;
}

}  // namespace

int main(int count, char** values) {
  const std::vector<std::string> arguments(values + 1, values + count);
  const bool makes = !arguments.empty() && arguments[0] == "make" &&
                     (arguments.size() == 4 || arguments.size() == 5);
  const bool measures = arguments.size() >= 4 && arguments[0] == "measure";
  if (!makes && !measures) {
    std::fputs(usage, stderr);
    return 64;
  }
  if (makes) {
    const std::string without = arguments.size() == 5 ? arguments[4] : std::string();
    const auto prepared = train::prepare_without(without, arguments[1], arguments[2]);
    if (!prepared) return complain(prepared.error());
    return make(*prepared, arguments[3]);
  }
  const std::vector<std::string> groups(arguments.begin() + 3, arguments.end());
  const auto results =
      train::measure(arguments[1], arguments[2], train::Settings{}, groups, automatic_floor);
  if (!results) return complain(results.error());
  std::fputs(train::table(*results).c_str(), stdout);
  return 0;
}
