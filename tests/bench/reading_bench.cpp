// What it costs to read mail, bytes in, findings out: MIME, zones, sentences, speakers, scores,
// slots, joining. A mail holds 19 sentences of other people's business mail and one of the labelled
// text, of which every third is flagged: more favours than any mailbox has. Prints one table of
// processor time.
//   ioud_bench_reading [MAILS]     default: 10,000 mails of 20 sentences

#include <cstdio>
#include <ctime>
#include <fstream>
#include <string>
#include <vector>

#include "app/passages.hpp"
#include "detection/detector.hpp"
#include "detection/jsonl.hpp"
#include "detection/scorer.hpp"
#include "formats/mime.hpp"

namespace {

using ioud::detection::Detector;

constexpr std::size_t sentences_a_mail = 20;

std::vector<std::string> labelled(const char* path) {
  std::vector<std::string> sentences;
  std::ifstream in(path);
  std::size_t number = 0;
  for (std::string line; std::getline(in, line);)
    if (const auto row = ioud::detection::read_row(line, ++number))
      sentences.push_back(row->sentence.text);
  return sentences;
}

/// The first column of a file of tab separated columns.
std::vector<std::string> ordinary(const char* path) {
  std::vector<std::string> sentences;
  std::ifstream in(path);
  for (std::string line; std::getline(in, line);)
    sentences.push_back(line.substr(0, line.find('\t')));
  return sentences;
}

/// Paragraphs of five sentences under a greeting, with a quoted line and a signature.
std::string mail_of(const std::vector<std::string>& ordinary,
                    const std::vector<std::string>& labelled, std::size_t number) {
  ioud::domain::OutgoingMail mail;
  mail.message_id = "bench-" + std::to_string(number) + "@rep.test";
  mail.from = {"Tom Reyes", "tom@rep.test"};
  mail.to = {{"Meg Alvarez", "meg@acme.test"}};
  mail.subject = "Press " + std::to_string(number);
  mail.body = "Hi Meg,\n\n";
  for (std::size_t i = 0; i < sentences_a_mail; ++i) {
    mail.body +=
        i == 9 ? labelled[number % labelled.size()] : ordinary[(number * 19 + i) % ordinary.size()];
    mail.body += i % 5 == 4 ? "\n\n" : " ";
  }
  mail.body += "Tom\n\nOn Tue, Mar 3, 2026 at 9:14 AM Meg Alvarez wrote:\n> Can you have a look?\n";
  mail.date = *ioud::core::parse_rfc3339("2026-03-04T14:25:00-06:00");
  mail.zone = *ioud::core::Zone::find("America/Chicago");
  return ioud::formats::build_mail(mail);
}

double seconds_since(std::clock_t began) {
  return static_cast<double>(std::clock() - began) / CLOCKS_PER_SEC;
}

void row(const char* piece, double value, const char* unit, const char* limit) {
  std::printf("| %-44s | %10.2f %-4s | %-8s |\n", piece, value, unit, limit);
}

}  // namespace

int main(int count, char** values) {
  const std::size_t mails = count > 1 ? std::stoul(values[1]) : 10'000;
  const auto favours = labelled(IOUD_BENCH_TEXT);
  const auto others = ordinary(IOUD_BENCH_MAIL);
  const auto scorer = ioud::detection::LearnedScorer::built_in();
  if (favours.empty() || others.empty() || !scorer) {
    std::fputs("no sentences, or no model\n", stderr);
    return 1;
  }
  const Detector detector(*scorer, ioud::domain::Catalogue::standard());
  std::vector<std::string> written;
  for (std::size_t i = 0; i < mails; ++i) written.push_back(mail_of(others, favours, i));

  const std::clock_t began = std::clock();
  std::vector<ioud::formats::ParsedMail> parsed;
  for (const std::string& bytes : written)
    if (auto mail = ioud::formats::parse_mail(bytes)) parsed.push_back(std::move(*mail));
  const double parsing = seconds_since(began);

  const std::clock_t then = std::clock();
  std::size_t found = 0;
  for (const auto& mail : parsed)
    for (const auto& passage : ioud::app::passages_of(mail, "tom@rep.test"))
      found += detector.read(passage).findings.size();
  const double reading = seconds_since(then);

  const auto all = static_cast<double>(mails * sentences_a_mail);
  std::printf("%zu mails of %zu sentences, %zu findings\n\n", parsed.size(), sentences_a_mail,
              found);
  std::printf("| %-44s | %15s | %-8s |\n", "piece", "processor time", "limit");
  std::printf("| %.44s | %.15s | %.8s |\n", "--------------------------------------------",
              "---------------", "--------");
  row("MIME, one mail", 1e6 * parsing / static_cast<double>(mails), "us", "");
  row("whole pipeline after MIME, one sentence", 1e6 * reading / all, "us", "60");
  row("all mails, MIME included", parsing + reading, "s", mails == 10'000 ? "15" : "");
  return 0;
}
