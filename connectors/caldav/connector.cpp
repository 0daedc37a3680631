#include "connectors/caldav/connector.hpp"

#include "connectors/caldav/settings.hpp"
#include "connectors/caldav/writer.hpp"
#include "connectors/dav/probe.hpp"

namespace ioud::connectors::caldav {
namespace {

using SharedShelf = std::shared_ptr<dav::Shelf>;

class Calendars final : public CalendarSource {
 public:
  explicit Calendars(SharedShelf shelf) : shelf_(std::move(shelf)) {}
  Task<Changes<Item>> pull(std::string collection, Position from) override {
    return shelf_->pull(std::move(collection), std::move(from));
  }

 private:
  SharedShelf shelf_;
};

class Writing final : public CalendarSink {
 public:
  explicit Writing(Writer writer) : writer_(std::move(writer)) {}
  Task<Stored> put(CalendarWrite write) override { return writer_.put(std::move(write)); }
  Task<bool> remove(std::string collection, std::string href, std::string etag) override {
    return writer_.remove(std::move(collection), std::move(href), std::move(etag));
  }

 private:
  Writer writer_;
};

tl::expected<Connector, Complaints> make(const Setting& setting, const Surroundings& surroundings) {
  auto read = read_settings(setting, surroundings);
  if (!read) return tl::unexpected(std::move(read.error()));
  const Settings& settings = *read;

  Connector connector;
  connector.name = settings.account.name;
  std::vector<dav::Wanted> wanted;
  std::vector<dav::ProbeWish> wishes;
  bool any_is_ours = false;
  for (const CalendarSettings& one : settings.calendars) {
    connector.calendars.push_back(one.calendar);
    wanted.push_back(one.wanted);
    wishes.push_back({one.wanted, is_ours(one.calendar)});
    any_is_ours = any_is_ours || is_ours(one.calendar);
  }
  const auto account = std::make_shared<dav::Account>(settings.account, surroundings);
  const auto shelf = std::make_shared<dav::Shelf>(account, dav::Holds::events, std::move(wanted));
  connector.calendar_source = std::make_unique<Calendars>(shelf);
  if (any_is_ours) {
    connector.calendar_sink = std::make_unique<Writing>(Writer(account, shelf, settings.calendars));
  }
  connector.probe = [account, shelf, wishes] { return dav::probe(account, shelf, wishes); };
  return connector;
}

}  // namespace

Kind kind() {
  return Kind{"caldav", "calendars on a CalDAV server, such as Nextcloud, iCloud or Fastmail",
              options(), make};
}

}  // namespace ioud::connectors::caldav
