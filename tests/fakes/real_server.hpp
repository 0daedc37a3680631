#pragma once
// A real server for one test: started by a script of tests/servers in a folder of its own, stopped
// with the test. A server that does not come up fails the test; nothing is ever left out.

#include <array>
#include <cstdio>
#include <map>
#include <sstream>
#include <stdexcept>
#include <string>
#include <utility>

#include "fakes/temporary_folder.hpp"

namespace ioud::fakes {

/// What the command prints; throws where it fails.
inline std::string output_of(const std::string& command) {
  std::FILE* pipe = ::popen(command.c_str(), "r");
  if (pipe == nullptr) throw std::runtime_error("cannot run " + command);
  std::string out;
  std::array<char, 65536> buffer{};
  for (std::size_t got = 0; (got = std::fread(buffer.data(), 1, buffer.size(), pipe)) > 0;)
    out.append(buffer.data(), got);
  if (::pclose(pipe) != 0) throw std::runtime_error("failed: " + command);
  return out;
}

class RealServer {
 public:
  /// `script` is a name in tests/servers, `rest` its arguments after the folder; `setting` stands
  /// before it, "INTROSPECT=http://…".
  explicit RealServer(const std::string& script, const std::string& rest = "",
                      const std::string& setting = "") {
    const std::string log = (folder_.path() / "start.log").string();
    std::istringstream words(output_of(setting + " " + place(script) + " " + path() + " " + rest +
                                       " 2>" + log + " || { cat " + log + " >&2; exit 1; }"));
    for (std::string word; words >> word;) {
      const auto equals = word.find('=');
      if (equals != std::string::npos)
        ports_[word.substr(0, equals)] = std::stoi(word.substr(equals + 1));
    }
  }
  RealServer(const RealServer&) = delete;
  RealServer& operator=(const RealServer&) = delete;
  ~RealServer() { stop(); }

  void stop() {
    if (!std::exchange(is_running_, false)) return;
    if (std::system((place("stop") + " " + path()).c_str()) != 0) std::perror("stopping a server");
  }

  int port(const std::string& name) const { return ports_.at(name); }
  std::string path() const { return (folder_.path() / "server").string(); }
  std::string ca_file() const { return path() + "/tls/ca.pem"; }
  static std::string place(const std::string& script) {
    return std::string(IOUD_TEST_SERVERS) + "/" + script;
  }

 private:
  TemporaryFolder folder_;
  std::map<std::string, int> ports_;
  bool is_running_ = true;
};

}  // namespace ioud::fakes
