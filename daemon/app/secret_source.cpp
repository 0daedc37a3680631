#include "app/secret_source.hpp"

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/stat.h>
#include <sys/timerfd.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <fstream>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/text.hpp"

extern char** environ;

namespace ioud::app {
namespace {

using connectors::Setting;
using core::Fault;
using core::Result;
using core::Secret;

constexpr std::size_t longest_secret = std::size_t{64} * 1024;

std::string first_line(std::string text) {
  text.erase(std::min(text.find_first_of("\r\n"), text.size()));
  return text;
}

tl::unexpected<core::Error> failed(const Setting& reference, Fault fault, std::string text) {
  return core::fail(fault, connectors::format(reference.place), std::move(text));
}

Result<Secret> kept_in(const Setting& reference, const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  if (!in)
    return failed(
        reference, Fault::config,
        "the secret's file " + file.string() + " cannot be read: " + std::strerror(errno));
  std::string text;
  std::getline(in, text);
  text = first_line(std::move(text));
  if (text.empty())
    return failed(reference, Fault::config, "the secret's file " + file.string() + " is empty");
  return Secret(std::move(text));
}

Result<Secret> from_credential(const Setting& reference, const std::string& name,
                               const SecretPlaces& places) {
  if (name.empty() || name.find('/') != std::string::npos)
    return failed(reference, Fault::config,
                  "found the credential \"" + name + "\", expected a name without a slash");
  if (places.credentials.empty())
    return failed(
        reference, Fault::config,
        "there are no credentials here; start ioud by a systemd unit with LoadCredential=" + name +
            ":PATH");
  return kept_in(reference, places.credentials / name);
}

Result<Secret> from_file(const Setting& reference, const std::string& path,
                         const SecretPlaces& places) {
  const bool at_home = path.starts_with("~/") && !places.home.empty();
  const std::filesystem::path file = at_home ? places.home / path.substr(2) : places.folder / path;
  struct stat found{};
  if (::stat(file.c_str(), &found) == 0 && (found.st_mode & (S_IRWXG | S_IRWXO)) != 0)
    return failed(reference, Fault::config,
                  "the secret's file " + file.string() +
                      " may be read by others; take that away with chmod 600");
  return kept_in(reference, file);
}

/// A file descriptor with one owner.
class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  ~Descriptor() { close(); }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int number() const { return number_; }
  void close() {
    if (number_ >= 0) ::close(std::exchange(number_, -1));
  }

 private:
  int number_;
};

/// A program that was started; killed and reaped when it goes out of sight.
class Child {
 public:
  explicit Child(pid_t id) : id_(id) {}
  ~Child() {
    if (id_ <= 0) return;
    ::kill(id_, SIGKILL);
    reap();
  }
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;
  /// Waits for its end and returns the exit code, or -1 where a signal ended it.
  int reap() {
    int status = 0;
    while (::waitpid(id_, &status, 0) < 0 && errno == EINTR) {
    }
    id_ = 0;
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  }

 private:
  pid_t id_;
};

/// Reads to the end of the pipe, or until the timer rings (then false).
bool read_all(int from, const Descriptor& timer, std::string& into) {
  std::array<char, 4096> buffer{};
  while (into.size() < longest_secret) {
    std::array<pollfd, 2> waiting = {pollfd{from, POLLIN, 0}, pollfd{timer.number(), POLLIN, 0}};
    const int ready = ::poll(waiting.data(), waiting.size(), -1);
    if (ready < 0 && errno == EINTR) continue;
    if (ready < 0 || waiting[1].revents != 0) return false;
    const ssize_t got = ::read(from, buffer.data(), buffer.size());
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return true;
    into.append(buffer.data(), static_cast<std::size_t>(got));
  }
  return true;
}

/// A descriptor that becomes readable when the time is over.
int ringing_after(std::chrono::milliseconds time) {
  const int timer = ::timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC);
  itimerspec when{};
  when.it_value.tv_sec = time.count() / 1000;
  when.it_value.tv_nsec = time.count() % 1000 * 1'000'000;
  ::timerfd_settime(timer, 0, &when, nullptr);
  return timer;
}

Result<Secret> from_program(const Setting& reference, std::vector<std::string> words,
                            const SecretPlaces& places) {
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0)
    return failed(reference, Fault::transient,
                  std::string("no pipe to be had: ") + std::strerror(errno));
  Descriptor read_end(ends[0]);
  Descriptor write_end(ends[1]);
  std::vector<char*> arguments;
  for (std::string& word : words) arguments.push_back(word.data());
  arguments.push_back(nullptr);

  posix_spawn_file_actions_t actions;
  ::posix_spawn_file_actions_init(&actions);
  ::posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
  ::posix_spawn_file_actions_adddup2(&actions, write_end.number(), STDOUT_FILENO);
  pid_t id = 0;
  const int error =
      ::posix_spawnp(&id, arguments.front(), &actions, nullptr, arguments.data(), environ);
  ::posix_spawn_file_actions_destroy(&actions);
  if (error != 0)
    return failed(
        reference, Fault::config,
        "the program \"" + words.front() + "\" cannot be started: " + std::strerror(error));
  Child child(id);
  write_end.close();

  std::string text;
  const Descriptor timer(ringing_after(places.patience));
  if (!read_all(read_end.number(), timer, text))
    return failed(reference, Fault::transient,
                  "the program \"" + words.front() + "\" took longer than " +
                      std::to_string(places.patience.count() / 1000) + " s");
  const int code = child.reap();
  text = first_line(std::move(text));
  if (code != 0 || text.empty())
    return failed(reference, Fault::auth,
                  "the program \"" + words.front() + "\" gave no secret (exit code " +
                      std::to_string(code) + ")");
  return Secret(std::move(text));
}

}  // namespace

Result<Secret> find_secret(const Setting& reference, const SecretPlaces& places) {
  if (const Setting* credential = reference.find("credential"))
    if (const auto* name = credential->as<std::string>())
      return from_credential(reference, *name, places);
  if (const Setting* file = reference.find("file"))
    if (const auto* path = file->as<std::string>()) return from_file(reference, *path, places);
  if (const Setting* keyring = reference.find("keyring"))
    if (const auto* name = keyring->as<std::string>())
      return from_program(reference, {"secret-tool", "lookup", "ioud", *name}, places);
  std::vector<std::string> words;
  for (const Setting& word : reference.list("command"))
    if (const auto* text = word.as<std::string>()) words.push_back(*text);
  if (!words.empty()) return from_program(reference, std::move(words), places);
  return failed(
      reference, Fault::config,
      "found no reference to a secret, expected { credential = \"…\" }, { file = \"…\" }, "
      "{ command = [\"…\"] } or { keyring = \"…\" }");
}

namespace {

/// The thread that blocks for others.
struct SecretDesk {
  SecretPlaces places;
  std::optional<boost::asio::thread_pool> thread;
};

net::Task<Secret> look_up(Setting reference, const SecretPlaces& places) {
  co_return find_secret(reference, places);
}

net::Task<Secret> ask(std::shared_ptr<SecretDesk> desk, Setting reference) {
  if (!desk->thread) desk->thread.emplace(1);
  net::Task<Secret> work = look_up(std::move(reference), desk->places);
  co_return co_await boost::asio::co_spawn(desk->thread->get_executor(), std::move(work),
                                           boost::asio::use_awaitable);
}

}  // namespace

std::function<net::Task<Secret>(Setting)> secret_finder(SecretPlaces places) {
  auto desk = std::make_shared<SecretDesk>();
  desk->places = std::move(places);
  return [desk](Setting reference) { return ask(desk, std::move(reference)); };
}

}  // namespace ioud::app
