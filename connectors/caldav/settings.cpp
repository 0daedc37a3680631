#include "connectors/caldav/settings.hpp"

#include <algorithm>
#include <map>

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
        {.path = "calendars[].name",
         .fallback = "\"work\"",
         .help = "the calendar's name, once in all connectors",
         .required = true},
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

CalendarSettings read_calendar(const Setting& item, std::map<std::string, Place>& names,
                               Complaints& complaints) {
  const auto complain = [&](const Setting& at, std::string text) {
    complaints.push_back(complaint(at.place, std::move(text)));
  };
  CalendarSettings calendar;
  const Setting& name = *item.find("name");
  calendar.calendar.name = item.text("name");
  calendar.calendar.uses = uses_in(item.list("use"));
  if (calendar.calendar.name.empty()) complain(name, "`name` is empty; give it a word");
  const auto [first, is_new] = names.emplace(calendar.calendar.name, name.place);
  if (!is_new) {
    complain(name, "there is a calendar named \"" + calendar.calendar.name + "\" already, at " +
                       format(first->second) + "; names must differ");
  }
  if (calendar.calendar.uses.empty()) {
    complain(*item.find("use"),
             "`use` is empty; say what the calendar is for, for example [\"read\"], or leave the "
             "calendar out");
  }
  calendar.wanted.name = calendar.calendar.name;
  calendar.wanted.collection = item.text("collection", calendar.calendar.name);
  calendar.wanted.may_be_missing = is_ours_alone(calendar.calendar);
  calendar.wanted.place = item.place;
  calendar.colour = item.text("colour", "#7A5CFF");
  if (!is_colour(calendar.colour)) {
    complain(*item.find("colour"),
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
  Complaints complaints;
  Settings settings;
  settings.account = dav::read_account(setting, surroundings, complaints);
  std::map<std::string, Place> names;
  std::map<std::string, Place> collections;
  for (const Setting& item : setting.list("calendars")) {
    settings.calendars.push_back(read_calendar(item, names, complaints));
    const dav::Wanted& wanted = settings.calendars.back().wanted;
    const auto [first, is_new] = collections.emplace(wanted.collection, item.place);
    if (!is_new) {
      complaints.push_back(complaint(item.place, "this is the same calendar as at " +
                                                     format(first->second) +
                                                     "; give that one all the uses"));
    }
  }
  if (settings.calendars.empty()) {
    complaints.push_back(
        complaint(setting.place, "the connector has no calendars; give it one, or remove it"));
  }
  if (!complaints.empty()) return tl::unexpected(std::move(complaints));
  return settings;
}

}  // namespace ioud::connectors::caldav
