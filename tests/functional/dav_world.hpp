#pragma once
// A World whose calendars and cards are on a real CalDAV and CardDAV server. Its folders stand for
// the rep's other programs: what he changes there goes to the server before a pass, and what ioud
// wrote comes back after it.

#include <map>
#include <string>

#include "fakes/dav_hands.hpp"
#include "functional/world.hpp"

namespace ioud::functional {

class DavWorld {
 public:
  /// `address`: where ioud finds the server, if not where it is (a proxy in front of it).
  explicit DavWorld(const fakes::DavServer& server, const std::string& address = {});
  ~DavWorld();
  DavWorld(const DavWorld&) = delete;
  DavWorld& operator=(const DavWorld&) = delete;

  World world;

  engine::PassReport pass(core::Instant at, core::Steps& steps);
  /// The rep's programs put what changed in the folders on the server.
  void upload();
  /// And take over what changed on the server.
  void download();

 private:
  struct Shelf {
    std::string folder;      ///< in the world
    std::string url;         ///< ends in "/"
    std::string collection;  ///< its name on the server
  };

  void write_config(const std::string& address) const;

  fakes::DavHands hands_;
  std::vector<Shelf> shelves_;
  std::map<std::string, std::string> mirrored_;  ///< path in the world → bytes
};

/// One line an event: calendar, UID, start, title, status. What two programs that keep the same
/// calendar agree on, whatever their servers do to the form.
Picture events_of(const World& world);

}  // namespace ioud::functional
