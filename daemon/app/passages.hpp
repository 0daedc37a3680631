#pragma once
// What `ioud detect` makes of a mail or a calendar object before it is read for favours: who is the
// rep and who the client, by addresses alone, since there is no config and no clients file. Pure.

#include <string>
#include <string_view>
#include <vector>

#include "detection/detector.hpp"
#include "domain/series.hpp"
#include "formats/mime.hpp"

namespace ioud::app {

/// The mail as a passage; none where nothing in it is read: bulk, automatic, encrypted, calendar
/// answers, and mail between colleagues. With `rep` empty the sender is taken for the rep, unless
/// the mail was received (it has a Received or Delivered-To header); then its first recipient is.
std::vector<detection::Passage> passages_of(const formats::ParsedMail& mail, std::string_view rep);

/// The notes of a series and of its instances that have their own; none for cancelled and private
/// events, and for meetings of colleagues only. `method` is that of the calendar object.
std::vector<detection::Passage> passages_of(const domain::Series& series, std::string_view method,
                                            std::string_view rep);

}  // namespace ioud::app
