#include "connectors/caldav/settings.hpp"

namespace ioud::connectors::caldav {
namespace {

const std::vector<Option>& rows() {
  static const std::vector<Option> all = [] {
    std::vector<Option> made = dav::account_rows("caldav");
    const std::vector<Option> own = {
        {.path = "calendars",
         .type = OptionType::table_list,
         .fallback = "[]",
         .help = "calendars of the account that ioud reads or writes",
         .required = true},
        calendar_name_row(),
        {.path = "calendars[].collection",
         .fallback = "\"Work\"",
         .help = "what it is called on the server, or its path there; the name where absent"},
        {.path = "calendars[].colour",
         .fallback = "\"#7A5CFF\"",
         .help = "the colour of a calendar of ours when ioud makes it"},
        use_option(),
    };
    made.insert(made.end(), own.begin(), own.end());
    return made;
  }();
  return all;
}

bool is_colour(const std::string& text) {
  return text.size() == 7 && text.front() == '#' &&
         text.find_first_not_of("0123456789abcdefABCDEF", 1) == std::string::npos;
}

CalendarSettings read_calendar(const Setting& item, UsualKeys& keys) {
  CalendarSettings calendar;
  calendar.calendar = keys.calendar(item);
  calendar.wanted.name = calendar.calendar.name;
  calendar.wanted.collection = item.text("collection", calendar.calendar.name);
  calendar.wanted.may_be_missing = is_ours_alone(calendar.calendar);
  calendar.wanted.is_written = is_ours(calendar.calendar);
  calendar.wanted.place = item.place;
  calendar.colour = item.text("colour", "#7A5CFF");
  if (!is_colour(calendar.colour)) {
    keys.complain(item, "colour",
                  "`colour` is \"" + calendar.colour + "\"; write it as \"#7A5CFF\"");
  }
  return calendar;
}

}  // namespace

OptionTable options() { return rows(); }

tl::expected<Settings, Complaints> read_settings(const Setting& setting,
                                                 const Surroundings& surroundings) {
  if (Complaints wrong = check(setting, options()); !wrong.empty()) {
    return tl::unexpected(std::move(wrong));
  }
  UsualKeys keys(surroundings);
  Settings settings;
  settings.account = dav::read_account(setting, keys);
  for (const Setting& item : setting.list("calendars")) {
    settings.calendars.push_back(read_calendar(item, keys));
    keys.once("collection " + settings.calendars.back().wanted.collection, item,
              "this collection is a calendar", "give that one all the uses");
  }
  if (settings.calendars.empty())
    keys.complain(setting, "the connector has no calendars; give it one, or remove it");
  if (!keys.complaints.empty()) return tl::unexpected(std::move(keys.complaints));
  return settings;
}

}  // namespace ioud::connectors::caldav
