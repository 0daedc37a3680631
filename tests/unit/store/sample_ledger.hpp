#pragma once
// A ledger with rows in every map, and comparison of whole ledgers.

#include <boost/pfr.hpp>
#include <string>
#include <type_traits>

#include "domain/ledger.hpp"
#include "unit/store/filled.hpp"

namespace ioud::store {

/// Calls `work` for each map of the ledger, whatever maps it has.
template <class Ledger, class Work>
void for_each_map(Ledger& ledger, Work work) {
  boost::pfr::for_each_field(ledger, [&](auto& field) {
    if constexpr (!std::is_same_v<std::remove_cvref_t<decltype(field)>, std::string>) work(field);
  });
}

/// Two rows in every map, every field set; the salt stays as it is.
inline void fill_ledger(domain::Ledger& ledger) {
  for_each_map(ledger, [](auto& rows) {
    using Row = typename std::remove_cvref_t<decltype(rows)>::mapped_type;
    rows["first"] = filled<Row>();
    rows["second \"é\""] = Row{};
  });
}

inline bool is_equal(const domain::Ledger& a, const domain::Ledger& b) {
  bool equal = true;
  std::size_t at = 0;
  boost::pfr::for_each_field(a, [&](const auto& mine, auto index) {
    equal = equal && mine == boost::pfr::get<index.value>(b);
    ++at;
  });
  return equal && at > 10;
}

}  // namespace ioud::store
