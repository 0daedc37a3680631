#pragma once
// The CalDAV connector with one calendar, "work", on a DavModel.

#include <string>
#include <vector>

#include "connectors/caldav/connector.hpp"
#include "fakes/dav_model.hpp"
#include "fakes/setting_tree.hpp"

namespace ioud::fakes {

/// Objects above `item_limit_kib` are too large for it. Model and clock outlive what is given.
inline connectors::Connector connect_calendar(const DavModel& model, const net::Clock& clock,
                                              const std::vector<std::string>& uses,
                                              std::int64_t item_limit_kib = 1024) {
  SettingTree tree;
  const auto calendar = tree.table({{"name", tree.text("work")}, {"use", tree.texts(uses)}});
  const auto settings = tree.table({{"name", tree.text("fake")},
                                    {"type", tree.text("caldav")},
                                    {"server", tree.text(model.url() + "start/")},
                                    {"plain_loopback", tree.value(true)},
                                    {"item_limit_kib", tree.value(item_limit_kib)},
                                    {"calendars", tree.list({calendar})}});
  connectors::Surroundings surroundings;
  surroundings.folder = "/";
  surroundings.clock = &clock;
  return connectors::caldav::kind().make(settings, surroundings).value();
}

/// What was seen, by href.
inline std::vector<std::string> hrefs(const connectors::Changes<connectors::Item>& changes) {
  std::vector<std::string> all;
  for (const connectors::Item& item : changes.seen) all.push_back(item.href);
  return all;
}

}  // namespace ioud::fakes
