#pragma once
// The property and element names of WebDAV and its extensions as this folder writes them: a letter
// for the namespace, a colon, the local name. Elements of other namespaces are "?:" and their name.

#include <string_view>

namespace ioud::connectors::dav {

inline constexpr std::string_view dav_space = "DAV:";                                ///< D
inline constexpr std::string_view caldav_space = "urn:ietf:params:xml:ns:caldav";    ///< C
inline constexpr std::string_view carddav_space = "urn:ietf:params:xml:ns:carddav";  ///< R
inline constexpr std::string_view server_space = "http://calendarserver.org/ns/";    ///< S
inline constexpr std::string_view apple_space = "http://apple.com/ns/ical/";         ///< A

namespace property {
inline constexpr std::string_view etag = "D:getetag";
inline constexpr std::string_view kind = "D:resourcetype";
inline constexpr std::string_view display_name = "D:displayname";
inline constexpr std::string_view principal = "D:current-user-principal";
inline constexpr std::string_view privileges = "D:current-user-privilege-set";
inline constexpr std::string_view reports = "D:supported-report-set";
inline constexpr std::string_view sync_token = "D:sync-token";
inline constexpr std::string_view ctag = "S:getctag";
inline constexpr std::string_view calendar_homes = "C:calendar-home-set";
inline constexpr std::string_view book_homes = "R:addressbook-home-set";
inline constexpr std::string_view components = "C:supported-calendar-component-set";
inline constexpr std::string_view calendar_bytes = "C:calendar-data";
inline constexpr std::string_view card_bytes = "R:address-data";
inline constexpr std::string_view schedule_tag = "C:schedule-tag";
}  // namespace property

}  // namespace ioud::connectors::dav
