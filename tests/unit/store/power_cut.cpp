#include "unit/store/power_cut.hpp"

#include <sqlite3.h>

#include <algorithm>
#include <cstring>
#include <map>
#include <random>
#include <string>
#include <vector>

#include "unit/store/scratch.hpp"

namespace ioud::store {
namespace {

constexpr std::size_t sector = 512;

/// A write of one sector at most, or a truncation when there are no bytes.
struct Pending {
  std::size_t offset = 0;
  std::string bytes;
};

struct Watched {
  std::string durable;
  std::vector<Pending> pending;
};

void apply(std::string& content, const Pending& change) {
  if (change.bytes.empty()) {
    content.resize(change.offset);
    return;
  }
  content.resize(std::max(content.size(), change.offset + change.bytes.size()));
  content.replace(change.offset, change.bytes.size(), change.bytes);
}

struct Disk {
  sqlite3_vfs* real = nullptr;
  sqlite3_vfs own{};
  std::map<std::string, Watched> files;
  std::function<void()> listener;

  void operation() const {
    if (listener) listener();
  }
};

// SQLite knows its disks by plain functions, so the one disk stands here.
Disk& disk() {
  static Disk the_disk;
  return the_disk;
}

/// What SQLite allocates for a file of ours; the real one follows it in memory.
struct File {
  sqlite3_file head;
  Watched* watched;
  sqlite3_file* real() { return reinterpret_cast<sqlite3_file*>(this + 1); }
};

File& of(sqlite3_file* file) { return *reinterpret_cast<File*>(file); }

int close(sqlite3_file* file) { return of(file).real()->pMethods->xClose(of(file).real()); }

int read(sqlite3_file* file, void* into, int size, sqlite3_int64 offset) {
  return of(file).real()->pMethods->xRead(of(file).real(), into, size, offset);
}

int write(sqlite3_file* file, const void* from, int size, sqlite3_int64 offset) {
  disk().operation();
  if (Watched* watched = of(file).watched; watched != nullptr) {
    const std::string bytes(static_cast<const char*>(from), static_cast<std::size_t>(size));
    for (std::size_t at = 0; at < bytes.size();) {
      const std::size_t where = static_cast<std::size_t>(offset) + at;
      const std::size_t length = sector - where % sector;
      watched->pending.push_back({where, bytes.substr(at, length)});
      at += length;
    }
  }
  return of(file).real()->pMethods->xWrite(of(file).real(), from, size, offset);
}

int truncate(sqlite3_file* file, sqlite3_int64 size) {
  disk().operation();
  if (of(file).watched != nullptr)
    of(file).watched->pending.push_back({static_cast<std::size_t>(size), ""});
  return of(file).real()->pMethods->xTruncate(of(file).real(), size);
}

int sync(sqlite3_file* file, int) {
  disk().operation();
  // The test's own disk need not be kept waiting: what counts as durable is noted here.
  if (Watched* watched = of(file).watched; watched != nullptr) {
    for (const Pending& change : watched->pending) apply(watched->durable, change);
    watched->pending.clear();
  }
  return SQLITE_OK;
}

int file_size(sqlite3_file* file, sqlite3_int64* size) {
  return of(file).real()->pMethods->xFileSize(of(file).real(), size);
}
int lock(sqlite3_file* file, int level) {
  return of(file).real()->pMethods->xLock(of(file).real(), level);
}
int unlock(sqlite3_file* file, int level) {
  return of(file).real()->pMethods->xUnlock(of(file).real(), level);
}
int check_reserved(sqlite3_file* file, int* out) {
  return of(file).real()->pMethods->xCheckReservedLock(of(file).real(), out);
}
int control(sqlite3_file* file, int what, void* value) {
  return of(file).real()->pMethods->xFileControl(of(file).real(), what, value);
}
int sector_size(sqlite3_file* file) {
  return of(file).real()->pMethods->xSectorSize(of(file).real());
}
/// No promises beyond a sector.
int characteristics(sqlite3_file*) { return 0; }
int shm_map(sqlite3_file* file, int page, int size, int extend, void volatile** at) {
  return of(file).real()->pMethods->xShmMap(of(file).real(), page, size, extend, at);
}
int shm_lock(sqlite3_file* file, int offset, int count, int flags) {
  return of(file).real()->pMethods->xShmLock(of(file).real(), offset, count, flags);
}
void shm_barrier(sqlite3_file* file) { of(file).real()->pMethods->xShmBarrier(of(file).real()); }
int shm_unmap(sqlite3_file* file, int remove) {
  return of(file).real()->pMethods->xShmUnmap(of(file).real(), remove);
}

// Version 2: no memory mapping, which would pass these by.
constexpr sqlite3_io_methods methods = {2,
                                        close,
                                        read,
                                        write,
                                        truncate,
                                        sync,
                                        file_size,
                                        lock,
                                        unlock,
                                        check_reserved,
                                        control,
                                        sector_size,
                                        characteristics,
                                        shm_map,
                                        shm_lock,
                                        shm_barrier,
                                        shm_unmap,
                                        nullptr,
                                        nullptr};

int open(sqlite3_vfs*, sqlite3_filename name, sqlite3_file* file, int flags, int* out_flags) {
  File& opened = of(file);
  opened.head.pMethods = nullptr;
  opened.watched = nullptr;
  const int code = disk().real->xOpen(disk().real, name, opened.real(), flags, out_flags);
  if (code != SQLITE_OK) return code;
  opened.head.pMethods = &methods;
  if (name == nullptr || !disk().listener) return code;
  const bool is_known = disk().files.contains(name);
  opened.watched = &disk().files[name];
  if (!is_known) opened.watched->durable = bytes_of(name);
  return code;
}

int remove(sqlite3_vfs*, const char* name, int sync_directory) {
  disk().operation();
  disk().files.erase(name);
  return disk().real->xDelete(disk().real, name, sync_directory);
}

}  // namespace

PowerCut::PowerCut() {
  Disk& the_disk = disk();
  the_disk.real = sqlite3_vfs_find(nullptr);
  the_disk.own = *the_disk.real;
  the_disk.own.zName = "power_cut";
  the_disk.own.pNext = nullptr;
  the_disk.own.szOsFile = static_cast<int>(sizeof(File)) + the_disk.real->szOsFile;
  the_disk.own.xOpen = open;
  the_disk.own.xDelete = remove;
  sqlite3_vfs_register(&the_disk.own, 1);
}

PowerCut::~PowerCut() {
  Disk& the_disk = disk();
  sqlite3_vfs_register(the_disk.real, 1);
  sqlite3_vfs_unregister(&the_disk.own);
  the_disk.files.clear();
  the_disk.listener = nullptr;
}

void PowerCut::on_operation(std::function<void()> listener) {
  disk().listener = std::move(listener);
}

void PowerCut::picture(const std::filesystem::path& from, const std::filesystem::path& to,
                       unsigned coin) const {
  std::mt19937 toss(coin);
  for (const auto& [name, watched] : disk().files) {
    std::string content = watched.durable;
    for (const Pending& change : watched.pending)
      if (toss() % 2 == 0) apply(content, change);
    write_bytes(to / std::filesystem::path(name).lexically_relative(from), content);
  }
}

}  // namespace ioud::store
