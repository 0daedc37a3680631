#pragma once
// The stable names of enumerators in stored records. A name stays for good; a new enumerator gets a
// new one.

#include <array>
#include <optional>
#include <string_view>
#include <utility>

#include "domain/ledger.hpp"
#include "domain/mail.hpp"
#include "store/journal.hpp"

namespace ioud::store {

template <class Enum>
struct Names;  // `table`: every enumerator with its name

template <>
struct Names<domain::Label> {
  using enum domain::Label;
  static constexpr std::array table = {std::pair{rep_favour, "rep_favour"},
                                       std::pair{client_iou, "client_iou"},
                                       std::pair{favour_request, "favour_request"},
                                       std::pair{billable, "billable"},
                                       std::pair{routine, "routine"},
                                       std::pair{third_party, "third_party"},
                                       std::pair{negated, "negated"},
                                       std::pair{hedged, "hedged"},
                                       std::pair{past_favour, "past_favour"},
                                       std::pair{rep_question, "rep_question"},
                                       std::pair{quoted, "quoted"},
                                       std::pair{boilerplate, "boilerplate"},
                                       std::pair{other, "other"}};
};

template <>
struct Names<domain::SignalKind> {
  using enum domain::SignalKind;
  static constexpr std::array table = {std::pair{slip, "slip"},
                                       std::pair{cancel, "cancel"},
                                       std::pair{no_longer_needed, "no_longer_needed"},
                                       std::pair{thanks, "thanks"},
                                       std::pair{counted_thanks, "counted_thanks"},
                                       std::pair{delivered, "delivered"},
                                       std::pair{complaint, "complaint"},
                                       std::pair{praise, "praise"},
                                       std::pair{stop, "stop"},
                                       std::pair{acceptance, "acceptance"},
                                       std::pair{referral, "referral"},
                                       std::pair{bereavement, "bereavement"}};
};

template <>
struct Names<domain::Box> {
  using enum domain::Box;
  static constexpr std::array table = {std::pair{inbox, "inbox"}, std::pair{sent, "sent"},
                                       std::pair{drafts, "drafts"}, std::pair{other, "other"}};
};

template <>
struct Names<domain::Size> {
  using enum domain::Size;
  static constexpr std::array table = {std::pair{S, "S"}, std::pair{M, "M"}, std::pair{L, "L"}};
};

template <>
struct Names<domain::FavourState> {
  using enum domain::FavourState;
  static constexpr std::array table = {
      std::pair{offered, "offered"}, std::pair{delivered, "delivered"},
      std::pair{slipped, "slipped"}, std::pair{cancelled, "cancelled"}};
};

template <>
struct Names<domain::IouState> {
  using enum domain::IouState;
  static constexpr std::array table = {
      std::pair{banked, "banked"},       std::pair{proposed, "proposed"},
      std::pair{kept, "kept"},           std::pair{offered, "offered"},
      std::pair{agreed, "agreed"},       std::pair{scheduled, "scheduled"},
      std::pair{collected, "collected"}, std::pair{declined, "declined"},
      std::pair{dismissed, "dismissed"}, std::pair{forgiven, "forgiven"},
      std::pair{expired, "expired"},     std::pair{void_, "void"}};
};

template <>
struct Names<domain::Where> {
  using enum domain::Where;
  static constexpr std::array table = {
      std::pair{search, "search"}, std::pair{at_delivery, "at_delivery"},
      std::pair{piggyback, "piggyback"}, std::pair{spoken, "spoken"}, std::pair{pinned, "pinned"}};
};

template <>
struct Names<domain::Role> {
  using enum domain::Role;
  static constexpr std::array table = {
      std::pair{sitdown, "sitdown"},   std::pair{prep, "prep"},
      std::pair{reminder, "reminder"}, std::pair{nudge, "nudge"},
      std::pair{planning, "planning"}, std::pair{occasion, "occasion"},
      std::pair{meeting, "meeting"}};
};

template <>
struct Names<domain::EventStatus> {
  using enum domain::EventStatus;
  static constexpr std::array table = {std::pair{none, "none"}, std::pair{tentative, "tentative"},
                                       std::pair{confirmed, "confirmed"},
                                       std::pair{cancelled, "cancelled"}};
};

template <>
struct Names<IntentKind> {
  using enum IntentKind;
  static constexpr std::array table = {
      std::pair{put, "put"}, std::pair{remove, "remove"}, std::pair{draft, "draft"},
      std::pair{draft_remove, "draft_remove"}, std::pair{send, "send"}};
};

template <>
struct Names<Ending> {
  using enum Ending;
  static constexpr std::array table = {std::pair{done, "done"}, std::pair{conflict, "conflict"},
                                       std::pair{refused, "refused"},
                                       std::pair{abandoned, "abandoned"}};
};

template <class Enum>
constexpr const char* name_of(Enum value) {
  for (const auto& [enumerator, name] : Names<Enum>::table)
    if (enumerator == value) return name;
  return "";
}

template <class Enum>
constexpr std::optional<Enum> named(std::string_view text) {
  for (const auto& [enumerator, name] : Names<Enum>::table)
    if (text == name) return enumerator;
  return std::nullopt;
}

}  // namespace ioud::store
