#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "detection/scorer.hpp"
#include "detection/train/make_model.hpp"

namespace ioud::detection::train {
namespace {

// A small corpus from the project's own text, so that the test is quick.
Prepared few(std::size_t every) {
  auto prepared = prepare_all(IOUD_TRAIN_TEXT, IOUD_TRAIN_VECTORS);
  EXPECT_TRUE(prepared.has_value()) << prepared.error().text;
  std::vector<Example> some;
  for (std::size_t i = 0; i < prepared->corpus.size(); i += every) {
    some.push_back(prepared->corpus[i]);
  }
  prepared->corpus = std::move(some);
  return std::move(*prepared);
}

Settings quick() {
  Settings settings;
  settings.linear.epochs = 1;
  settings.network.epochs = 1;
  settings.networks = 1;
  return settings;
}

// A sum of the bytes of the reduced model: the same under every compiler and on
// every machine.
TEST(Training, IsTheSameToTheBit) {
  const Prepared prepared = few(23);
  const auto once = make_model(prepared, quick());
  const auto again = make_model(prepared, quick());
  ASSERT_TRUE(once.has_value()) << once.error().text;
  ASSERT_TRUE(again.has_value());
  EXPECT_EQ(*once, *again);
  const auto scorer = LearnedScorer::from(*ModelFile::over(*once, "reduced"));
  ASSERT_TRUE(scorer.has_value()) << scorer.error().text;
  EXPECT_TRUE(scorer->check_test_vector().has_value());
}

// The whole model from the whole text, bit by bit; twelve seconds where the compiler optimises.
TEST(Training, RebuildsTheCommittedModel) {
  auto prepared = prepare_all(IOUD_TRAIN_TEXT, IOUD_TRAIN_VECTORS);
  ASSERT_TRUE(prepared.has_value()) << prepared.error().text;
  const auto model = make_model(*prepared, Settings{});
  ASSERT_TRUE(model.has_value());
  const auto committed = ModelFile::embedded();
  ASSERT_TRUE(committed.has_value());
  const auto made = ModelFile::over(*model, "made");
  ASSERT_TRUE(made.has_value());
  EXPECT_EQ(made->checksum(), committed->checksum());
}

TEST(Training, ATestVectorFromAnotherProgramIsRefused) {
  auto model = make_model(few(97), quick());
  ASSERT_TRUE(model.has_value());
  const auto file = ModelFile::over(*model, "reduced");
  ModelWriter writer;
  for (const char* name : {"blend", "linear.weights", "linear.scale", "words.check", "words.row",
                           "net0.shape", "net0.rows", "net0.step", "net0.weights"}) {
    writer.add(name, file->section(name));
  }
  std::string vector(
      static_cast<const char*>(static_cast<const void*>(file->section("test.vector").data())),
      file->section("test.vector").size());
  vector[vector.find('\t') + 1] = '9';
  writer.add("test.vector", std::as_bytes(std::span(vector.data(), vector.size())));
  const auto changed = writer.finish();
  const auto scorer = LearnedScorer::from(*ModelFile::over(changed, "changed"));
  ASSERT_TRUE(scorer.has_value()) << scorer.error().text;
  const auto checked = scorer->check_test_vector();
  ASSERT_FALSE(checked.has_value());
  EXPECT_NE(checked.error().text.find("test vector"), std::string::npos);
}

TEST(Corpus, NamesFileAndLineThatCannotBeRead) {
  const std::string folder = testing::TempDir() + "corpus_test";
  std::filesystem::remove_all(folder);
  std::filesystem::create_directory(folder);
  EXPECT_NE(read_corpus(folder).error().text.find("no *.jsonl"), std::string::npos);
  std::ofstream(folder + "/a.jsonl") << "{\"text\":\"x\",\"label\":\"other\"}\n{\"text\":\"y\"}\n";
  const auto bad = read_corpus(folder);
  ASSERT_FALSE(bad.has_value());
  EXPECT_NE(bad.error().place.find("a.jsonl"), std::string::npos);
  EXPECT_NE(bad.error().text.find("line 2"), std::string::npos);
  EXPECT_FALSE(read_corpus(folder + "/missing").has_value());
  EXPECT_FALSE(read_vectors(folder, {}).has_value());
}

TEST(Corpus, ReadsEveryFileOfTheProject) {
  const auto corpus = read_corpus(IOUD_TRAIN_TEXT);
  ASSERT_TRUE(corpus.has_value()) << corpus.error().place << corpus.error().text;
  EXPECT_GT(corpus->size(), 9000U);
}

}  // namespace
}  // namespace ioud::detection::train
