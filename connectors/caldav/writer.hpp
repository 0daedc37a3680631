#pragma once
// Writes and removes events of the calendars that are ours, and makes those calendars. It looks
// before each write and is conditional in it, because some servers ignore one or the other; where a
// reply is lost or the answer makes no sense, it looks again instead of guessing.

#include <memory>
#include <optional>
#include <vector>

#include "connectors/caldav/settings.hpp"
#include "connectors/dav/listing.hpp"

namespace ioud::connectors::caldav {

class Writer {
 public:
  Writer(dav::SharedAccount account, std::shared_ptr<dav::Shelf> shelf,
         std::vector<CalendarSettings> calendars);

  /// As CalendarSink.
  net::Task<Stored> put(CalendarWrite write);
  net::Task<bool> remove(std::string collection, std::string href, std::string etag);

 private:
  /// What stands at a URL now.
  struct Standing {
    bool is_there = false;
    std::string etag;          ///< plain, or a hash of the bytes where the server has none
    std::string schedule_tag;  ///< RFC 6638 3.2.10, or ""
  };

  core::Result<CalendarSettings> ours(const std::string& name) const;
  net::Task<dav::Collection> place(CalendarSettings calendar);
  net::Task<dav::Collection> make_calendar(CalendarSettings calendar);
  net::Task<bool> schedules(net::Url calendar);
  net::Task<bool> is_harmless(net::Url calendar, std::string bytes);

  net::Task<Standing> look(net::Url calendar, std::string name);
  net::Task<bool> stands_elsewhere(net::Url calendar, std::string uid, std::string name);
  net::Task<std::string> free_name(net::Url calendar, CalendarWrite write);
  net::Task<Stored> create(net::Url calendar, CalendarWrite write);
  net::Task<Stored> update(net::Url calendar, CalendarWrite write);
  net::Task<Stored> send(net::Request request, net::Url calendar, std::string name);
  net::Task<Stored> settle(core::Error why, net::Url calendar, std::string name, std::string bytes);
  net::Task<bool> send_removal(net::Url calendar, std::string name, Standing standing);

  dav::SharedAccount account_;
  std::shared_ptr<dav::Shelf> shelf_;
  std::vector<CalendarSettings> calendars_;
  dav::Lister lister_;
  std::optional<bool> schedules_;
};

}  // namespace ioud::connectors::caldav
