#include "net/services.hpp"

#include <arpa/inet.h>
#include <arpa/nameser.h>
#include <netdb.h>
#include <resolv.h>

#include <algorithm>
#include <array>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <memory>
#include <optional>

#include "core/text.hpp"

namespace ioud::net {
namespace {

namespace asio = boost::asio;

constexpr std::size_t srv_head = 6;  ///< priority, weight and port, two bytes each
constexpr int most_records = 50;

const unsigned char* raw(std::string_view bytes) {
  return reinterpret_cast<const unsigned char*>(bytes.data());
}

/// Calls `take` with the message and each answer record of that type.
template <class Take>
void each_record(std::string_view answer, ns_type type, Take take) {
  ns_msg message;
  if (ns_initparse(raw(answer), static_cast<int>(answer.size()), &message) != 0) return;
  const int count = std::min<int>(ns_msg_count(message, ns_s_an), most_records);
  for (int i = 0; i < count; ++i) {
    ns_rr record;
    if (ns_parserr(&message, ns_s_an, i, &record) != 0) return;
    if (ns_rr_type(record) == type) take(message, record);
  }
}

/// A record as it is written, "." included, which has the name "".
std::optional<ServiceHost> host_in(const ns_msg& message, const ns_rr& record) {
  const unsigned char* at = ns_rr_rdata(record);
  if (ns_rr_rdlen(record) <= srv_head) return std::nullopt;
  ServiceHost host;
  host.priority = static_cast<int>(ns_get16(at));
  host.weight = static_cast<int>(ns_get16(at + 2));
  host.port = static_cast<int>(ns_get16(at + 4));
  std::array<char, NS_MAXDNAME> name{};
  if (ns_name_uncompress(ns_msg_base(message), ns_msg_end(message), at + srv_head, name.data(),
                         name.size()) < 0) {
    return std::nullopt;
  }
  host.host = core::ascii_lower(name.data());
  while (host.host.ends_with('.')) host.host.pop_back();
  return host;
}

bool ask_only(struct __res_state& state, const NameServer& server) {
  sockaddr_in& address = state.nsaddr_list[0];
  address = {};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<std::uint16_t>(server.port));
  state.nscount = 1;
  return ::inet_pton(AF_INET, server.address.c_str(), &address.sin_addr) == 1;
}

std::string answer_to(const std::string& name, ns_type type,
                      const std::optional<NameServer>& name_server, int& trouble) {
  std::string answer(NS_MAXMSG, '\0');
  struct __res_state state{};
  if (res_ninit(&state) != 0) {
    trouble = TRY_AGAIN;
    return {};
  }
  int size = -1;
  trouble = NETDB_INTERNAL;
  if (!name_server || ask_only(state, *name_server)) {
    size = res_nsearch(&state, name.c_str(), ns_c_in, type,
                       reinterpret_cast<unsigned char*>(answer.data()),
                       static_cast<int>(answer.size()));
    trouble = size < 0 ? state.res_h_errno : 0;
  }
  res_nclose(&state);
  answer.resize(static_cast<std::size_t>(std::clamp<int>(size, 0, NS_MAXMSG)));
  return answer;
}

Task<Services> look_up(std::string service, std::string domain,
                       std::optional<NameServer> name_server) {
  const std::string name = service + "." + domain + ".";
  int trouble = 0;
  Services found;
  const std::string answer = answer_to(name, ns_t_srv, name_server, trouble);
  if (trouble == TRY_AGAIN || trouble == NETDB_INTERNAL) {
    co_return core::fail(core::Fault::transient, domain,
                         "the name " + domain + " cannot be looked up now");
  }
  found.hosts = read_srv(answer);
  found.is_declined = declines(answer);
  if (!found.hosts.empty()) {
    found.path = read_txt_path(answer_to(name, ns_t_txt, name_server, trouble));
  }
  co_return found;
}

Task<Services> ask(std::shared_ptr<std::optional<asio::thread_pool>> thread, std::string service,
                   std::string domain, std::optional<NameServer> name_server) {
  if (!*thread) thread->emplace(1);
  Task<Services> work = look_up(std::move(service), std::move(domain), std::move(name_server));
  co_return co_await asio::co_spawn((*thread)->get_executor(), std::move(work),
                                    asio::use_awaitable);
}

}  // namespace

std::vector<ServiceHost> read_srv(std::string_view answer) {
  std::vector<ServiceHost> hosts;
  each_record(answer, ns_t_srv, [&](const ns_msg& message, const ns_rr& record) {
    auto host = host_in(message, record);
    if (host && !host->host.empty() && host->port != 0) hosts.push_back(std::move(*host));
  });
  std::sort(hosts.begin(), hosts.end(), [](const ServiceHost& a, const ServiceHost& b) {
    if (a.priority != b.priority) return a.priority < b.priority;
    return a.weight != b.weight ? a.weight > b.weight : a.host < b.host;
  });
  return hosts;
}

bool declines(std::string_view answer) {
  int dots = 0;
  int all = 0;
  each_record(answer, ns_t_srv, [&](const ns_msg& message, const ns_rr& record) {
    const auto host = host_in(message, record);
    ++all;
    if (host && host->host.empty()) ++dots;
  });
  return all > 0 && dots == all;
}

std::string read_txt_path(std::string_view answer) {
  std::string path;
  each_record(answer, ns_t_txt, [&](const ns_msg&, const ns_rr& record) {
    std::string_view left(reinterpret_cast<const char*>(ns_rr_rdata(record)), ns_rr_rdlen(record));
    while (!left.empty() && path.empty()) {
      const std::size_t size = static_cast<unsigned char>(left.front());
      const std::string_view word = left.substr(1, size);
      if (core::iequals(word.substr(0, 5), "path=") && word.substr(5).starts_with('/')) {
        path = std::string(word.substr(5));
      }
      left.remove_prefix(std::min(size + 1, left.size()));
    }
  });
  return path;
}

FindServices system_services(const std::optional<NameServer>& name_server) {
  auto thread = std::make_shared<std::optional<asio::thread_pool>>();
  return [thread, name_server](std::string service, std::string domain) {
    return ask(thread, std::move(service), std::move(domain), name_server);
  };
}

}  // namespace ioud::net
