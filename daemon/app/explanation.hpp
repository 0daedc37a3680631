#pragma once
// `ioud explain ID`: why a favour or IOU exists, for the rep to read: evidence, reasons, and every
// change of state with its time. Pure; the ledger goes in, text comes out.

#include <optional>
#include <string>
#include <string_view>

#include "app/reports.hpp"

namespace ioud::app {

/// The story of a favour, an IOU or a calendar item of ours, by id or UID; an unambiguous beginning
/// of at least six characters will do. Nothing where the ledger has no such thing.
std::optional<std::string> explain_id(const ReportSource& source, std::string_view id);

/// The help of a config key ("placement.notice_hours", "policy.asks.*.topic") or of a connector's
/// keys; nothing where there is none of that name.
std::optional<std::string> explain_key(std::string_view name);

}  // namespace ioud::app
