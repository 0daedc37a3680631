#include "app/secret_vault.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <chrono>
#include <optional>
#include <utility>

#include "store/state_file.hpp"

namespace ioud::app {
namespace {

namespace asio = boost::asio;
namespace fs = std::filesystem;
using core::Fault;
using core::Result;
using core::Secret;
using net::Task;

/// Short turns, so that nobody waits long for the thread when the program ends.
constexpr std::chrono::milliseconds turn{200};
constexpr int most_turns = 50;

/// The thread that blocks for others, and where and how the files are.
struct Cellar {
  fs::path folder;
  std::optional<store::Seal> seal;
  std::optional<asio::thread_pool> thread;
};

std::string closed(const std::optional<store::Seal>& seal, const Secret& secret) {
  const std::string& plain = secret.reveal();
  return seal && !plain.empty() ? seal->closed(plain) : plain;
}

Result<Secret> opened(const std::optional<store::Seal>& seal, std::string text,
                      const fs::path& file) {
  if (!store::Seal::is_sealed(text)) return Secret(std::move(text));
  if (!seal)
    return core::fail(Fault::config, file.string(),
                      "is sealed, and no key was handed in; give the key it was made with "
                      "(privacy.seal), or remove the file and sign in anew");
  auto plain = seal->opened(text, file.string());
  if (!plain) return tl::unexpected(plain.error());
  return Secret(std::move(*plain));
}

/// Runs the task on the cellar's thread.
template <class T>
Task<T> below(std::shared_ptr<Cellar> cellar, Task<T> work) {
  if (!cellar->thread) cellar->thread.emplace(1);
  const auto thread = cellar->thread->get_executor();
  co_return co_await asio::co_spawn(thread, std::move(work), asio::use_awaitable);
}

Task<bool> write(fs::path file, std::string text) {
  const auto written = store::replace_private_file(file, text);
  if (!written) co_return tl::unexpected(written.error());
  co_return true;
}

struct Opened {
  store::Descriptor lock;
  Secret kept;
};

/// Nothing where somebody else holds it.
Task<std::optional<Opened>> try_to_open(fs::path file, std::shared_ptr<const Cellar> cellar) {
  const fs::path lock = file.string() + ".lock";
  if (auto made = store::make_private_file(lock); !made) co_return tl::unexpected(made.error());
  auto held = store::lock_file(lock, turn);
  if (!held) co_return std::nullopt;
  auto text = store::read_private_file(file);
  if (!text) co_return tl::unexpected(text.error());
  auto kept = opened(cellar->seal, std::move(*text), file);
  if (!kept) co_return tl::unexpected(kept.error());
  co_return std::optional(Opened{std::move(*held), std::move(*kept)});
}

class FileDrawer final : public connectors::Drawer {
 public:
  FileDrawer(std::shared_ptr<Cellar> cellar, fs::path file, Opened opened)
      : cellar_(std::move(cellar)), file_(std::move(file)), opened_(std::move(opened)) {}

  const Secret& kept() const override { return opened_.kept; }

  Task<bool> keep(Secret secret) override {
    auto done = co_await below(cellar_, write(file_, closed(cellar_->seal, secret)));
    if (done) opened_.kept = std::move(secret);
    co_return done;
  }

 private:
  std::shared_ptr<Cellar> cellar_;
  fs::path file_;
  Opened opened_;
};

class FileVault final : public connectors::Vault {
 public:
  FileVault(fs::path folder, std::optional<store::Seal> seal)
      : cellar_(std::make_shared<Cellar>()) {
    cellar_->folder = std::move(folder);
    cellar_->seal = std::move(seal);
  }

  Task<std::unique_ptr<connectors::Drawer>> open(std::string name) override {
    const std::shared_ptr<Cellar> cellar = cellar_;
    const fs::path file = cellar->folder / name;
    for (int turns = 0; turns < most_turns; ++turns) {
      auto opened = co_await below(cellar, try_to_open(file, cellar));
      if (!opened) co_return tl::unexpected(opened.error());
      if (*opened) co_return std::make_unique<FileDrawer>(cellar, file, std::move(**opened));
    }
    co_return core::fail(Fault::transient, file.string(),
                         "another ioud is at work on this secret; try again when it is done");
  }

 private:
  std::shared_ptr<Cellar> cellar_;
};

}  // namespace

std::shared_ptr<connectors::Vault> secret_vault(fs::path folder, std::optional<store::Seal> seal) {
  return std::make_shared<FileVault>(std::move(folder), std::move(seal));
}

}  // namespace ioud::app
