#include "detection/model_file.hpp"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>

extern "C" {
// Placed in read-only data by embedded_model.S.
extern const std::byte ioud_embedded_model_begin[];
extern const std::byte ioud_embedded_model_end[];
}

namespace ioud::detection {
namespace {

constexpr std::array<char, 8> magic{'i', 'o', 'u', 'd', 'm', 'o', 'd', 'l'};
constexpr std::size_t alignment = 64;
constexpr std::size_t most_sections = 64;

struct Header {
  std::array<char, 8> magic;
  std::uint32_t version;
  std::uint32_t sections;
  std::uint64_t size;      ///< of the whole file
  std::uint64_t checksum;  ///< of everything behind the header
};
static_assert(sizeof(Header) == 32);

struct Entry {
  std::array<char, 32> name;
  std::uint64_t begin;
  std::uint64_t size;
};
static_assert(sizeof(Entry) == 48);

// Four lanes of multiply and rotate: as fast as memory, good against torn and
// altered files.
std::uint64_t checksum_of(std::span<const std::byte> bytes) {
  std::array<std::uint64_t, 4> lanes{0x9E3779B97F4A7C15ULL, 0xBF58476D1CE4E5B9ULL,
                                     0x94D049BB133111EBULL, 0x2545F4914F6CDD1DULL};
  std::array<std::uint64_t, 4> block{};
  for (std::size_t at = 0; at < bytes.size(); at += sizeof block) {
    const std::size_t some = std::min(sizeof block, bytes.size() - at);
    if (some < sizeof block) block = {};
    std::memcpy(block.data(), bytes.data() + at, some);
    for (std::size_t i = 0; i < 4; ++i) {
      const std::uint64_t h = (lanes[i] ^ block[i]) * 0x9FB21C651E98DF25ULL;
      lanes[i] = (h << 31U) | (h >> 33U);
    }
  }
  std::uint64_t sum = bytes.size();
  for (const std::uint64_t lane : lanes) sum = (sum ^ lane) * 0xD6E8FEB86659FD93ULL ^ (sum >> 32U);
  return sum;
}

std::size_t aligned(std::size_t at) { return (at + alignment - 1) / alignment * alignment; }

// A file mapped read-only until the last user goes.
struct Mapping {
  void* at = MAP_FAILED;
  std::size_t size = 0;
  Mapping() = default;
  Mapping(const Mapping&) = delete;
  Mapping& operator=(const Mapping&) = delete;
  ~Mapping() {
    if (at != MAP_FAILED) ::munmap(at, size);
  }
};

tl::unexpected<core::Error> refuse(const std::string& place, const std::string& what) {
  return core::fail(core::Fault::config, place,
                    what +
                        "; point detector.model at a model made for this version of ioud, or "
                        "remove the key to use the built-in one");
}

}  // namespace

core::Result<ModelFile> ModelFile::embedded() {
  const auto size = static_cast<std::size_t>(ioud_embedded_model_end - ioud_embedded_model_begin);
  return checked({ioud_embedded_model_begin, size}, "built-in model", nullptr, false);
}

core::Result<ModelFile> ModelFile::open(const std::string& path) {
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) return refuse(path, std::string("cannot be opened: ") + std::strerror(errno));
  struct stat status{};
  const bool known = ::fstat(descriptor, &status) == 0 && S_ISREG(status.st_mode);
  auto mapping = std::make_shared<Mapping>();
  if (known && status.st_size > 0) {
    mapping->size = static_cast<std::size_t>(status.st_size);
    mapping->at = ::mmap(nullptr, mapping->size, PROT_READ, MAP_PRIVATE, descriptor, 0);
  }
  ::close(descriptor);
  if (!known) return refuse(path, "is not a regular file");
  if (mapping->at == MAP_FAILED) return refuse(path, "is empty or cannot be mapped");
  const std::span bytes(static_cast<const std::byte*>(mapping->at), mapping->size);
  return checked(bytes, path, mapping, true);
}

core::Result<ModelFile> ModelFile::over(std::span<const std::byte> bytes, std::string place) {
  return checked(bytes, std::move(place), nullptr, true);
}

core::Result<ModelFile> ModelFile::checked(std::span<const std::byte> bytes, std::string place,
                                           std::shared_ptr<const void> owner, bool whole) {
  Header header{};
  if (bytes.size() < sizeof header) return refuse(place, "is too short for a model");
  std::memcpy(&header, bytes.data(), sizeof header);
  if (header.magic != magic) return refuse(place, "is not a model of ioud");
  if (header.version != model_version) {
    return refuse(place, "is a model of version " + std::to_string(header.version) +
                             ", this program reads version " + std::to_string(model_version));
  }
  if (header.size != bytes.size()) {
    return refuse(place, "is " + std::to_string(bytes.size()) +
                             " bytes long where its header says " + std::to_string(header.size));
  }
  const std::size_t table_end = sizeof header + header.sections * sizeof(Entry);
  if (header.sections > most_sections || table_end > bytes.size()) {
    return refuse(place, "has a broken table of sections");
  }
  if (whole && checksum_of(bytes.subspan(sizeof header)) != header.checksum) {
    return refuse(place, "is damaged: its checksum does not fit");
  }
  ModelFile file;
  for (std::size_t i = 0; i < header.sections; ++i) {
    Entry entry{};
    std::memcpy(&entry, bytes.data() + sizeof header + i * sizeof entry, sizeof entry);
    if (entry.begin > bytes.size() || entry.size > bytes.size() - entry.begin ||
        entry.begin % alignment != 0) {
      return refuse(place, "has a section that lies outside of it");
    }
    const auto end = std::find(entry.name.begin(), entry.name.end(), '\0');
    file.sections_.push_back({std::string(entry.name.begin(), end), entry.begin, entry.size});
  }
  file.bytes_ = bytes;
  file.place_ = std::move(place);
  file.owner_ = std::move(owner);
  file.checksum_ = header.checksum;
  return file;
}

std::span<const std::byte> ModelFile::section(std::string_view name) const {
  const auto found = std::find_if(sections_.begin(), sections_.end(),
                                  [&](const Section& section) { return section.name == name; });
  return found == sections_.end() ? std::span<const std::byte>{}
                                  : bytes_.subspan(found->begin, found->size);
}

void ModelWriter::add(std::string name, std::span<const std::byte> bytes) {
  sections_.push_back({std::move(name), {bytes.begin(), bytes.end()}});
}

std::vector<std::byte> ModelWriter::finish() const {
  std::size_t at = aligned(sizeof(Header) + sections_.size() * sizeof(Entry));
  std::vector<Entry> entries;
  for (const Section& section : sections_) {
    Entry entry{{}, at, section.bytes.size()};
    std::copy_n(section.name.begin(), std::min(section.name.size(), entry.name.size() - 1),
                entry.name.begin());
    entries.push_back(entry);
    at = aligned(at + section.bytes.size());
  }
  std::vector<std::byte> out(at);
  std::memcpy(out.data() + sizeof(Header), entries.data(), entries.size() * sizeof(Entry));
  for (std::size_t i = 0; i < sections_.size(); ++i) {
    if (sections_[i].bytes.empty()) continue;
    std::memcpy(out.data() + entries[i].begin, sections_[i].bytes.data(),
                sections_[i].bytes.size());
  }
  Header header{magic, model_version, static_cast<std::uint32_t>(sections_.size()), at, 0};
  header.checksum = checksum_of(std::span(out).subspan(sizeof header));
  std::memcpy(out.data(), &header, sizeof header);
  return out;
}

}  // namespace ioud::detection
