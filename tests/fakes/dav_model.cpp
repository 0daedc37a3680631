#include "fakes/dav_model.hpp"

#include <algorithm>

namespace ioud::fakes {
namespace {

const std::string home = "/home/";
const std::string calendar = "/home/work/";

std::string escaped(const std::string& text) {
  std::string out;
  for (const char c : text) {
    if (c == '&')
      out += "&amp;";
    else if (c == '<')
      out += "&lt;";
    else if (c == '\r')
      out += "&#13;";
    else
      out += c;
  }
  return out;
}

std::string propstat(const std::string& properties) {
  return "<D:propstat><D:prop>" + properties +
         "</D:prop><D:status>HTTP/1.1 200 OK</D:status></D:propstat>";
}

std::string response(const std::string& href, const std::string& content) {
  return "<D:response><D:href>" + escaped(href) + "</D:href>" + content + "</D:response>";
}

std::string status(int code) {
  return "<D:status>HTTP/1.1 " + std::to_string(code) + " Reason</D:status>";
}

Reply multistatus(const std::string& content) {
  return Reply{207,
               {{"Content-Type", "application/xml"}},
               "<?xml version=\"1.0\"?><D:multistatus xmlns:D=\"DAV:\" "
               "xmlns:C=\"urn:ietf:params:xml:ns:caldav\" "
               "xmlns:S=\"http://calendarserver.org/ns/\">" +
                   content + "</D:multistatus>"};
}

std::string between(const std::string& text, const std::string& begin, const std::string& end) {
  const auto at = text.find(begin);
  if (at == std::string::npos) return {};
  const auto from = at + begin.size();
  return text.substr(from, text.find(end, from) - from);
}

}  // namespace

DavModel::DavModel() : server_([this](const Ask& ask) { return answer(ask); }) {}

void DavModel::set(const DavQuirks& quirks) {
  const std::scoped_lock lock(mutex_);
  quirks_ = quirks;
}

void DavModel::put(const std::string& name, const std::string& bytes) {
  const std::scoped_lock lock(mutex_);
  objects_[name] = {bytes, ++revision_};
}

void DavModel::erase(const std::string& name) {
  const std::scoped_lock lock(mutex_);
  objects_.erase(name);
  removed_[name] = ++revision_;
}

void DavModel::forget_tokens() {
  const std::scoped_lock lock(mutex_);
  ++era_;
  removed_.clear();
}

void DavModel::lose_calendar() {
  const std::scoped_lock lock(mutex_);
  is_lost_ = true;
}

std::map<std::string, std::string> DavModel::objects() const {
  const std::scoped_lock lock(mutex_);
  std::map<std::string, std::string> all;
  for (const auto& [name, object] : objects_) all[name] = object.bytes;
  return all;
}

std::vector<std::string> DavModel::asked() const {
  const std::scoped_lock lock(mutex_);
  return asked_;
}

void DavModel::clear() {
  const std::scoped_lock lock(mutex_);
  asked_.clear();
}

void DavModel::meddle(std::function<std::optional<Reply>(const Ask&)> with) {
  const std::scoped_lock lock(mutex_);
  meddle_ = std::move(with);
}

void DavModel::spoil(std::function<void(const Ask&, Reply&)> with) {
  const std::scoped_lock lock(mutex_);
  spoil_ = std::move(with);
}

Reply DavModel::answer(const Ask& ask) {
  const std::scoped_lock lock(mutex_);
  asked_.push_back(ask.method + " " + ask.path);
  if (meddle_) {
    if (auto instead = meddle_(ask)) return *instead;
  }
  Reply reply = right_answer(ask);
  if (spoil_) spoil_(ask, reply);
  return reply;
}

Reply DavModel::right_answer(const Ask& ask) {
  if (ask.method == "OPTIONS") return Reply{200, {{"DAV", quirks_.dav}}, ""};
  if (is_lost_ && ask.path.starts_with(calendar)) return Reply{404};
  if (ask.method == "PROPFIND") return propfind(ask);
  if (ask.method == "REPORT") return report(ask);
  if (ask.method == "PUT" || ask.method == "DELETE") return write(ask);
  const auto found = objects_.find(ask.path.substr(std::min(calendar.size(), ask.path.size())));
  if (found == objects_.end()) return Reply{404};
  if (const auto bad = quirks_.bad_objects.find(found->first); bad != quirks_.bad_objects.end()) {
    return Reply{bad->second};
  }
  return Reply{200, {{"ETag", etag(found->second)}}, found->second.bytes};
}

std::string DavModel::etag(const Object& object) const {
  if (!quirks_.has_etags) return {};
  return std::string(quirks_.weak_etags ? "W/" : "") + "\"r" + std::to_string(object.revision) +
         "\"";
}

std::string DavModel::member(const std::string& name, bool with_bytes) const {
  const Object& object = objects_.at(name);
  std::string properties = "<D:getetag>" + escaped(etag(object)) + "</D:getetag>";
  if (const auto bad = quirks_.bad_objects.find(name);
      with_bytes && bad != quirks_.bad_objects.end()) {
    return response(calendar + name, status(bad->second));
  }
  if (with_bytes) {
    properties += "<C:calendar-data>" + escaped(object.bytes) + "</C:calendar-data>";
  }
  return response(calendar + name, propstat(properties));
}

Reply DavModel::propfind(const Ask& ask) {
  const std::string reports = quirks_.has_sync
                                  ? "<D:supported-report-set><D:supported-report><D:report>"
                                    "<D:sync-collection/></D:report></D:supported-report>"
                                    "</D:supported-report-set>"
                                  : "";
  const std::string itself =
      response(calendar, propstat("<D:resourcetype><D:collection/><C:calendar/></D:resourcetype>"
                                  "<D:displayname>work</D:displayname>" +
                                  reports + ctag()));
  if (ask.path == calendar && ask.header("Depth") == "0") return multistatus(itself);
  if (ask.path == calendar) {
    std::string all = itself;
    for (const auto& [name, object] : objects_) all += member(name, false);
    return multistatus(all);
  }
  if (ask.path.starts_with(calendar)) {
    const std::string name = ask.path.substr(calendar.size());
    return objects_.contains(name) ? multistatus(member(name, false)) : Reply{404};
  }
  const std::string folder =
      response(ask.path, propstat("<D:resourcetype><D:collection/></D:resourcetype>"
                                  "<C:calendar-home-set><D:href>" +
                                  home + "</D:href></C:calendar-home-set>"));
  const bool is_hidden = is_lost_ || (quirks_.wants_a_name && ask.header("User-Agent").empty());
  return multistatus(ask.header("Depth") == "1" && !is_hidden ? folder + itself : folder);
}

Reply DavModel::report(const Ask& ask) {
  if (ask.body.find("sync-collection") != std::string::npos) return sync(ask);
  if (ask.body.find("calendar-multiget") != std::string::npos) return multiget(ask);
  if (ask.body.find("time-range") != std::string::npos) return window(ask);
  const std::string uid = between(ask.body, "<C:text-match collation=\"i;octet\">", "<");
  std::string all;
  for (const auto& [name, object] : objects_) {
    if (object.bytes.find(uid) != std::string::npos) all += member(name, true);
  }
  return multistatus(all);
}

std::string DavModel::ctag() const {
  if (!quirks_.has_ctag) return {};
  return "<S:getctag>c" + std::to_string(era_) + "." + std::to_string(revision_) + "</S:getctag>";
}

/// By the start alone, which is in UTC; what has none is in no window.
Reply DavModel::window(const Ask& ask) const {
  if (quirks_.status_of_window != 207) return Reply{quirks_.status_of_window};
  const std::string begin = between(ask.body, "<C:time-range start=\"", "\"");
  const std::string end = between(ask.body, "\" end=\"", "\"");
  std::string all;
  for (const auto& [name, object] : objects_) {
    const std::string start = between(object.bytes, "DTSTART:", "\r");
    if (!start.empty() && begin <= start && start < end) all += member(name, false);
  }
  return multistatus(all);
}

Reply DavModel::sync(const Ask& ask) {
  if (!quirks_.has_sync) return Reply{403, {}, "<D:error xmlns:D=\"DAV:\"/>"};
  const std::string token = between(ask.body, "<D:sync-token>", "<");
  const std::string era = "t" + std::to_string(era_) + ".";
  const bool with_bytes =
      quirks_.gives_bytes && ask.body.find("calendar-data") != std::string::npos;
  int since = 0;
  if (token.starts_with(era)) {
    since = std::stoi(token.substr(era.size()));
  } else if (!token.empty() && quirks_.status_of_bad_token != 207) {
    return Reply{quirks_.status_of_bad_token,
                 {},
                 "<D:error xmlns:D=\"DAV:\"><D:valid-sync-token/></D:error>"};
  }
  std::vector<std::pair<int, std::string>> changed;
  for (const auto& [name, object] : objects_) {
    if (object.revision > since) changed.emplace_back(object.revision, member(name, with_bytes));
  }
  for (const auto& [name, revision] : removed_) {
    if (revision > since && since > 0 && !objects_.contains(name)) {
      changed.emplace_back(revision, response(calendar + name, status(404)));
    }
  }
  std::sort(changed.begin(), changed.end());
  std::string all;
  int reached = revision_;
  for (std::size_t i = 0; i < changed.size(); ++i) {
    if (quirks_.page > 0 && i == quirks_.page) {
      all += response(calendar, status(507));
      reached = changed[i - 1].first;
      break;
    }
    all += changed[i].second;
  }
  return multistatus(all + "<D:sync-token>" + era + std::to_string(reached) + "</D:sync-token>");
}

Reply DavModel::multiget(const Ask& ask) {
  if (quirks_.multiget_status != 207) return Reply{quirks_.multiget_status};
  std::string all;
  bool is_first = true;
  for (std::size_t at = 0; (at = ask.body.find("<D:href>", at)) != std::string::npos;) {
    at += 8;
    const std::string path = ask.body.substr(at, ask.body.find('<', at) - at);
    const std::string name = path.substr(calendar.size());
    const bool is_omitted = quirks_.multiget_omits && is_first;
    is_first = false;
    if (is_omitted) continue;
    all += objects_.contains(name) ? member(name, true) : response(path, status(404));
  }
  return multistatus(all);
}

Reply DavModel::write(const Ask& ask) {
  const std::string name = ask.path.substr(calendar.size());
  const auto found = objects_.find(name);
  const bool is_there = found != objects_.end();
  const std::string match = ask.header("If-Match");
  if (!quirks_.ignores_conditions) {
    if (ask.header("If-None-Match") == "*" && is_there) return Reply{412};
    const bool is_strong =
        is_there && match == "\"r" + std::to_string(found->second.revision) + "\"";
    if (!match.empty() && !is_strong) return Reply{412};
  }
  if (ask.method == "DELETE") {
    if (!is_there) return Reply{404};
    objects_.erase(found);
    removed_[name] = ++revision_;
    return Reply{204};
  }
  if (quirks_.put_says_207) return multistatus(response(ask.path, status(412)));
  objects_[name] = {ask.body, ++revision_};
  Reply reply{is_there ? 204 : 201};
  if (!quirks_.gives_no_etag_on_put) reply.headers.push_back({"ETag", etag(objects_[name])});
  return reply;
}

}  // namespace ioud::fakes
