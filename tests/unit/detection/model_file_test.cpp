#include "detection/model_file.hpp"

#include <gtest/gtest.h>

#include <cstring>
#include <fstream>

#include "detection/scorer.hpp"

namespace ioud::detection {
namespace {

std::vector<std::byte> small_model() {
  ModelWriter writer;
  writer.add_array("numbers", std::vector<float>{1.5F, -2.0F});
  writer.add_array("bytes", std::vector<std::int8_t>{1, 2, 3});
  return writer.finish();
}

std::string refusal(const std::vector<std::byte>& bytes) {
  const auto file = ModelFile::over(bytes, "x.bin");
  if (file) return "";
  EXPECT_EQ(file.error().fault, core::Fault::config);
  EXPECT_EQ(file.error().place, "x.bin");
  return file.error().text;
}

TEST(ModelFile, GivesBackWhatWasWritten) {
  const auto bytes = small_model();
  const auto file = ModelFile::over(bytes, "x.bin");
  ASSERT_TRUE(file.has_value()) << file.error().text;
  const auto numbers = file->array<float>("numbers");
  ASSERT_EQ(numbers.size(), 2U);
  EXPECT_EQ(numbers[1], -2.0F);
  EXPECT_EQ(file->section("bytes").size(), 3U);
  EXPECT_TRUE(file->section("other").empty());
  EXPECT_TRUE(file->array<float>("bytes").empty()) << "three bytes are no floats";
  EXPECT_EQ(file->size(), bytes.size());
}

TEST(ModelFile, WritesTheSameBytesTwice) { EXPECT_EQ(small_model(), small_model()); }

TEST(ModelFile, SaysWhatIsWrong) {
  EXPECT_NE(refusal({}).find("too short"), std::string::npos);
  auto bytes = small_model();
  bytes[0] = std::byte{0};
  EXPECT_NE(refusal(bytes).find("not a model"), std::string::npos);
  bytes = small_model();
  bytes[8] = std::byte{9};
  EXPECT_NE(refusal(bytes).find("version 9"), std::string::npos);
  bytes = small_model();
  bytes.pop_back();
  EXPECT_NE(refusal(bytes).find("bytes long"), std::string::npos);
}

TEST(ModelFile, EveryFlippedBitIsNoticed) {
  const auto good = small_model();
  for (std::size_t i = 0; i < good.size(); ++i) {
    auto bad = good;
    bad[i] ^= std::byte{0x10};
    EXPECT_FALSE(ModelFile::over(bad, "x.bin").has_value()) << "byte " << i;
  }
}

TEST(ModelFile, OpensFilesAndNamesThoseItCannot) {
  const std::string path = testing::TempDir() + "model_file_test.bin";
  const auto bytes = small_model();
  std::ofstream out(path, std::ios::binary);
  for (const std::byte byte : bytes) out.put(static_cast<char>(byte));
  out.close();
  const auto file = ModelFile::open(path);
  ASSERT_TRUE(file.has_value()) << file.error().text;
  EXPECT_EQ(file->array<float>("numbers").size(), 2U);
  const auto missing = ModelFile::open(path + ".missing");
  ASSERT_FALSE(missing.has_value());
  EXPECT_NE(missing.error().text.find("cannot be opened"), std::string::npos);
  EXPECT_NE(missing.error().text.find("detector.model"), std::string::npos);
  EXPECT_FALSE(ModelFile::open(testing::TempDir()).has_value());
  EXPECT_FALSE(ModelFile::open("/dev/null").has_value());
}

TEST(ModelFile, AScorerNeedsAllItsParts) {
  const auto bytes = small_model();
  const auto scorer = LearnedScorer::from(*ModelFile::over(bytes, "x.bin"));
  ASSERT_FALSE(scorer.has_value());
  EXPECT_EQ(scorer.error().fault, core::Fault::config);
}

}  // namespace
}  // namespace ioud::detection
