#include "store/record.hpp"

#include <sodium.h>

#include "core/text.hpp"
#include "store/json_fields.hpp"

namespace ioud::store {
namespace {

using core::fail;
using core::Fault;
using core::Result;

constexpr const char* bytes_key = "hex";

/// True for instants that a four-digit year can write.
bool is_writable(core::Instant at) {
  using namespace std::chrono;
  return at >= sys_days{year{0} / 1 / 1} && at < sys_days{year{10000} / 1 / 1};
}

}  // namespace

Json json_of(core::Instant at) {
  if (is_writable(at)) return core::format_utc(at);
  return at.time_since_epoch().count();
}

Json json_of(core::LocalTime local) {
  const Json utc = json_of(core::Instant{local.time_since_epoch()});
  if (!utc.is_string()) return utc;
  std::string text = utc.get<std::string>();
  text.pop_back();  // the Z: a wall clock is in no zone
  return text;
}

Json json_of(core::Date date) {
  return date.ok() && is_writable(std::chrono::sys_days{date}) ? Json(core::format(date)) : Json();
}

Json json_of(const std::string& text) {
  if (core::is_utf8(text)) return text;
  std::string hex(text.size() * 2 + 1, '\0');
  sodium_bin2hex(hex.data(), hex.size(), reinterpret_cast<const unsigned char*>(text.data()),
                 text.size());
  hex.pop_back();
  return Json{{bytes_key, hex}};
}

bool read_json(const Json& json, core::Instant& at) {
  if (json.is_number_integer()) {
    at = core::Instant{std::chrono::seconds{json.get<std::int64_t>()}};
    return true;
  }
  if (!json.is_string()) return false;
  const auto parsed = core::parse_rfc3339(json.get_ref<const std::string&>());
  if (parsed) at = *parsed;
  return parsed.has_value();
}

bool read_json(const Json& json, core::LocalTime& local) {
  core::Instant utc;
  const bool good =
      json.is_string() ? read_json(json.get<std::string>() + "Z", utc) : read_json(json, utc);
  if (good) local = core::LocalTime{utc.time_since_epoch()};
  return good;
}

bool read_json(const Json& json, core::Date& date) {
  if (!json.is_string()) return false;
  const auto parsed = core::parse_date(json.get_ref<const std::string&>());
  if (parsed) date = *parsed;
  return parsed.has_value();
}

bool read_json(const Json& json, core::TimeOfDay& time) {
  if (!json.is_string()) return false;
  const auto parsed = core::parse_time_of_day(json.get_ref<const std::string&>());
  if (parsed) time = *parsed;
  return parsed.has_value();
}

bool read_json(const Json& json, std::string& text) {
  if (json.is_string()) {
    text = json.get_ref<const std::string&>();
    return true;
  }
  if (!json.is_object() || !json.contains(bytes_key) || !json[bytes_key].is_string()) return false;
  const auto& hex = json[bytes_key].get_ref<const std::string&>();
  text.assign(hex.size() / 2, '\0');
  std::size_t size = 0;
  const int code = sodium_hex2bin(reinterpret_cast<unsigned char*>(text.data()), text.size(),
                                  hex.data(), hex.size(), nullptr, &size, nullptr);
  return code == 0 && size * 2 == hex.size();
}

bool JsonReader::wrong(const Json& json, const char* expected) {
  complaint_ = std::string("expected ") + expected + ", found " +
               core::shortened(json.dump(-1, ' ', true, Json::error_handler_t::replace), 40);
  return false;
}

template <class T>
std::string to_record(const T& value) {
  return JsonWriter::written(value).dump();
}

template <class T>
Result<T> from_record(std::string_view text, std::string_view place) {
  const Json json = Json::parse(text, nullptr, false);
  if (json.is_discarded())
    return fail(Fault::protocol, std::string(place), "is no JSON, as a stored record is");
  T value{};
  JsonReader reader;
  if (!reader.read(json, value))
    return fail(Fault::protocol, std::string(place), "cannot be read: " + reader.complaint());
  return value;
}

// The types of record.hpp, and the words a ledger keeps as plain text.
template std::string to_record(const domain::Mail&);
template std::string to_record(const domain::CalendarItem&);
template std::string to_record(const CalendarRecord&);
template std::string to_record(const CardRecord&);
template std::string to_record(const domain::Favour&);
template std::string to_record(const domain::Iou&);
template std::string to_record(const domain::Approval&);
template std::string to_record(const domain::MeterRow&);
template std::string to_record(const domain::TrustRow&);
template std::string to_record(const domain::Touch&);
template std::string to_record(const domain::ReviewLine&);
template std::string to_record(const domain::Tombstone&);
template std::string to_record(const domain::Verdict&);
template std::string to_record(const domain::ItemRecord&);
template std::string to_record(const domain::DraftRecord&);
template std::string to_record(const domain::SentRecord&);
template std::string to_record(const domain::Baseline&);
template std::string to_record(const domain::Referral&);
template std::string to_record(const Intent&);
template std::string to_record(const std::string&);

template Result<domain::Mail> from_record(std::string_view, std::string_view);
template Result<domain::CalendarItem> from_record(std::string_view, std::string_view);
template Result<CalendarRecord> from_record(std::string_view, std::string_view);
template Result<CardRecord> from_record(std::string_view, std::string_view);
template Result<domain::Favour> from_record(std::string_view, std::string_view);
template Result<domain::Iou> from_record(std::string_view, std::string_view);
template Result<domain::Approval> from_record(std::string_view, std::string_view);
template Result<domain::MeterRow> from_record(std::string_view, std::string_view);
template Result<domain::TrustRow> from_record(std::string_view, std::string_view);
template Result<domain::Touch> from_record(std::string_view, std::string_view);
template Result<domain::ReviewLine> from_record(std::string_view, std::string_view);
template Result<domain::Tombstone> from_record(std::string_view, std::string_view);
template Result<domain::Verdict> from_record(std::string_view, std::string_view);
template Result<domain::ItemRecord> from_record(std::string_view, std::string_view);
template Result<domain::DraftRecord> from_record(std::string_view, std::string_view);
template Result<domain::SentRecord> from_record(std::string_view, std::string_view);
template Result<domain::Baseline> from_record(std::string_view, std::string_view);
template Result<domain::Referral> from_record(std::string_view, std::string_view);
template Result<Intent> from_record(std::string_view, std::string_view);
template Result<std::string> from_record(std::string_view, std::string_view);

}  // namespace ioud::store
