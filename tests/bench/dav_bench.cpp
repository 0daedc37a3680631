// The measured half of dav_table: one process for one measurement, so that time and memory are its
// own.
//   ioud_bench_dav floor  URL USER PASSWORD CA STATE   one request, parsed and stored, by hand
//   ioud_bench_dav sync   URL USER PASSWORD CA STATE   the connector's pull, parsed and stored,
//   from
//                                                      where STATE was left
// Prints the number of events taken.

#include <cstdio>
#include <filesystem>
#include <string>
#include <vector>

#include "connectors/caldav/connector.hpp"
#include "connectors/dav/multistatus.hpp"
#include "connectors/dav/requests.hpp"
#include "engine/held.hpp"
#include "fakes/run_task.hpp"
#include "fakes/setting_tree.hpp"
#include "formats/ical.hpp"
#include "net/http_pool.hpp"
#include "store/mirror.hpp"

namespace ioud::bench {
namespace {

using connectors::Changes;
using connectors::Item;

struct Wish {
  std::string how;
  std::string url;
  std::string user;
  std::string password;
  std::string ca_file;
  std::filesystem::path state;
};

net::Task<core::Secret> password_of(std::string text) { co_return core::Secret(std::move(text)); }

connectors::Connector connect(const Wish& wish, const net::Clock& clock) {
  fakes::SettingTree tree;
  const auto calendar = tree.table({{"name", tree.text("work")}, {"use", tree.texts({"read"})}});
  std::vector<std::pair<std::string, connectors::Setting>> entries = {
      {"name", tree.text("bench")},
      {"type", tree.text("caldav")},
      {"server", tree.text(wish.url)},
      {"user", tree.text(wish.user)},
      {"plain_loopback", tree.value(true)},
      {"password", tree.table({{"credential", tree.text(wish.password)}})},
      {"ca_file", tree.text(wish.ca_file)},
      {"calendars", tree.list({calendar})}};
  connectors::Surroundings surroundings;
  surroundings.folder = "/";
  surroundings.clock = &clock;
  surroundings.find_secret = [](connectors::Setting reference) {
    return password_of(reference.text("credential"));
  };
  return connectors::caldav::kind().make(tree.table(std::move(entries)), surroundings).value();
}

/// What is kept of a page: every event is parsed, the bytes are the record.
store::Page page_of(Changes<Item> changes) {
  store::Page page;
  page.cursor = std::move(changes.cursor);
  page.restarted = changes.restarted;
  page.removals = std::move(changes.gone);
  for (Item& item : changes.seen) {
    const auto read = formats::read_calendar(item.bytes, item.href);
    store::MirrorRow row{std::move(item.href), std::move(item.etag), "event", {}, {}};
    if (!read) row.fault = read.error().text;
    row.record = std::move(item.bytes);
    page.rows.push_back(std::move(row));
  }
  return page;
}

void keep(store::Mirror& mirror, const store::Page& page) {
  const auto applied = mirror.apply({"bench", "work"}, page);
  if (!applied) throw std::runtime_error(applied.error().text);
}

std::size_t sync(const Wish& wish, store::Mirror& mirror) {
  const net::SystemClock clock;
  connectors::Connector connector = connect(wish, clock);
  const store::Collection work{"bench", "work"};
  std::size_t taken = 0;
  const auto held = std::make_shared<engine::HeldInMirror>(mirror, work);
  for (bool more = true; more;) {
    const std::string cursor = mirror.cursor(work).value();
    auto changes = fakes::run(connector.calendar_source->pull("work", {cursor, held}));
    if (!changes) throw std::runtime_error(changes.error().text);
    more = changes->more;
    taken += changes->seen.size();
    const bool is_news =
        !changes->seen.empty() || !changes->gone.empty() || changes->cursor != cursor;
    if (!is_news) continue;
    const store::Page page = page_of(std::move(*changes));
    keep(mirror, page);
    held->take(page);
  }
  return taken;
}

/// The least that can be done: all events by one request, one transaction.
std::size_t floor_of(const Wish& wish, store::Mirror& mirror) {
  net::HttpPool pool;
  const auto url = *net::parse_url(wish.url);
  // Xandikos gives no events with a sync-collection.
  const bool has_data = wish.how == "floor";
  auto request = connectors::dav::xml_request(
      "REPORT", url,
      has_data ? connectors::dav::sync_collection(connectors::dav::Holds::events, "", true)
               : connectors::dav::query_all_events(),
      has_data ? "0" : "1");
  request.tls.plain_loopback = true;
  request.tls.ca_file = wish.ca_file;
  request.credentials.login = net::Login::basic;
  request.credentials.user = wish.user;
  request.credentials.secret = core::Secret(wish.password);
  request.limits.first_byte = std::chrono::minutes{20};
  request.limits.body_bytes = std::size_t{1} << 30U;
  const auto response = fakes::run(pool.fetch(request)).value();
  std::vector<connectors::dav::Resource> resources;
  connectors::dav::read_multistatus(response.body, resources).value();
  Changes<Item> changes;
  for (connectors::dav::Resource& one : resources) {
    std::string bytes = one.text(connectors::dav::property::calendar_bytes);
    if (bytes.empty()) continue;
    changes.seen.push_back({one.href, one.text(connectors::dav::property::etag), std::move(bytes)});
  }
  const std::size_t taken = changes.seen.size();
  keep(mirror, page_of(std::move(changes)));
  return taken;
}

int run(const Wish& wish) {
  core::NoLog log;
  core::NoSteps steps;
  auto mirror =
      store::Mirror::open({wish.state / "mirror.db", "bench", std::nullopt}, log, steps).value();
  const std::size_t taken = wish.how == "sync" ? sync(wish, *mirror) : floor_of(wish, *mirror);
  std::printf("%zu\n", taken);
  return 0;
}

}  // namespace
}  // namespace ioud::bench

int main(int count, char** words) {
  if (count != 7) {
    std::fputs("usage: ioud_bench_dav floor|floor_query|sync URL USER PASSWORD CA STATE\n", stderr);
    return 64;
  }
  return ioud::bench::run({words[1], words[2], words[3], words[4], words[5], words[6]});
}
