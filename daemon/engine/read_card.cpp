#include <algorithm>

#include "domain/retention.hpp"
#include "engine/reading.hpp"
#include "formats/vcard.hpp"
#include "store/record.hpp"

namespace ioud::engine {

store::MirrorRow bad_row(const std::string& href, const std::string& etag,
                         const core::Error& error) {
  return {
      href, etag, std::string(row_kind::bad), {}, error.text.empty() ? "unreadable" : error.text};
}

store::MirrorRow read_card(const connectors::Item& item, const domain::Ledger& ledger) {
  const auto read = formats::read_cards(item.bytes, item.href);
  if (!read) return bad_row(item.href, item.etag, read.error());
  store::CardRecord record;
  for (const domain::Card& card : read->cards) {
    const bool is_gone = std::any_of(
        card.addresses.begin(), card.addresses.end(),
        [&](const std::string& address) { return domain::is_forgotten(ledger, address); });
    if (!is_gone) record.cards.push_back(card);
  }
  store::MirrorRow row{
      item.href, item.etag, std::string(row_kind::card), store::to_record(record), {}};
  if (!read->faults.empty()) row.fault = read->faults.front().text;
  return row;
}

}  // namespace ioud::engine
