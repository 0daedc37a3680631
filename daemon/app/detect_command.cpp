#include "app/detect_command.hpp"

#include <cmath>
#include <istream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <ostream>
#include <sstream>

#include "app/passages.hpp"
#include "app/toml_file.hpp"
#include "core/text.hpp"
#include "detection/detector.hpp"
#include "detection/jsonl.hpp"
#include "detection/scorer.hpp"
#include "formats/ical.hpp"

namespace ioud::app {
namespace {

using detection::Passage;
using domain::Finding;
using Json = nlohmann::ordered_json;

/// A file's name and bytes; "-" is standard input.
struct Given {
  std::string name;
  std::string bytes;
};

class DetectRun {
 public:
  DetectRun(const DetectWish& wish, Terminal terminal, const detection::SentenceScorer& scorer)
      : wish_(wish),
        terminal_(terminal),
        scorer_(scorer),
        detector_(scorer, domain::Catalogue::standard()) {}

  ExitCode run() {
    std::vector<std::string> files = wish_.files;
    if (files.empty()) files.emplace_back("-");
    for (const std::string& name : files) {
      const auto given = read(name);
      if (!given)
        complain(given.error());
      else if (wish_.input == DetectInput::jsonl)
        lines(*given);
      else
        document(*given);
    }
    return is_clean_ ? ExitCode::ok : ExitCode::data;
  }

 private:
  void complain(const core::Error& error) {
    is_clean_ = false;
    terminal_.err << error.place << ": " << error.text << "\n";
  }

  core::Result<Given> read(const std::string& name) const {
    if (name == "-")
      return Given{name, std::string(std::istreambuf_iterator<char>(terminal_.in), {})};
    auto bytes = read_text(name);
    if (!bytes) return tl::unexpected(bytes.error().front());
    return Given{name, std::move(*bytes)};
  }

  void lines(const Given& given) {
    std::istringstream in(given.bytes);
    std::string line;
    for (std::size_t number = 1; std::getline(in, line); ++number) {
      if (core::trimmed(line).empty()) continue;
      const core::Result<std::string> answered = detection::answer(line, number, scorer_);
      if (answered)
        terminal_.out << *answered << "\n";
      else
        complain({answered.error().fault, given.name + ": " + answered.error().place,
                  answered.error().text, std::nullopt});
    }
  }

  void document(const Given& given) {
    Json detections = Json::array();
    for (const Passage& passage : passages(given))
      for (const Finding& finding : detector_.read(passage).findings)
        add(detections, passage, finding);
    const Json out = {{"file", given.name}, {"detections", std::move(detections)}};
    terminal_.out << out.dump(-1, ' ', false, Json::error_handler_t::replace) << "\n";
  }

  std::vector<Passage> passages(const Given& given) {
    if (wish_.input == DetectInput::mail) {
      const auto mail = formats::parse_mail(given.bytes, given.name);
      if (mail) return passages_of(*mail, wish_.rep);
      complain(mail.error());
      return {};
    }
    std::vector<Passage> all;
    const auto object = formats::read_calendar(given.bytes, given.name);
    if (!object) {
      complain(object.error());
      return {};
    }
    for (const core::Error& fault : object->faults) complain(fault);
    for (const domain::Series& series : object->series) {
      std::vector<Passage> more = passages_of(series, object->method, wish_.rep);
      std::move(more.begin(), more.end(), std::back_inserter(all));
    }
    return all;
  }

  /// When it is to happen, as exact as the words. What the rep notes down in an appointment without
  /// naming a time is done at that appointment.
  static Json time_of(const Passage& passage, const Finding& finding) {
    if (!finding.slots.time_value.empty()) return finding.slots.time_value;
    const bool is_done_there = finding.label == domain::Label::rep_favour &&
                               passage.context == detection::Context::event_description;
    if (!is_done_there) return nullptr;
    return core::format(core::date_of(passage.base));
  }

  static void add(Json& detections, const Passage& passage, const Finding& finding) {
    using domain::Label;
    if (finding.label != Label::rep_favour && finding.label != Label::client_iou &&
        finding.label != Label::favour_request)
      return;
    detections.push_back({{"label", detection::name(finding.label)},
                          {"text", finding.quote},
                          {"time", time_of(passage, finding)},
                          {"score", std::round(finding.score * 1e4) / 1e4}});
  }

  const DetectWish& wish_;
  Terminal terminal_;
  const detection::SentenceScorer& scorer_;
  detection::Detector detector_;
  bool is_clean_ = true;
};

}  // namespace

ExitCode detect(const DetectWish& wish, Terminal terminal) {
  const auto scorer = detection::LearnedScorer::open(wish.model);
  if (!scorer) {
    terminal.err << scorer.error().place << ": " << scorer.error().text << "\n";
    return wish.model.empty() ? ExitCode::internal : ExitCode::data;
  }
  return DetectRun(wish, terminal, *scorer).run();
}

}  // namespace ioud::app
