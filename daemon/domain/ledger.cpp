#include "domain/ledger.hpp"

#include <array>
#include <utility>

namespace ioud::domain {
namespace {

constexpr std::array favour_names = {
    std::pair{FavourState::offered, "offered"}, std::pair{FavourState::delivered, "delivered"},
    std::pair{FavourState::slipped, "slipped"}, std::pair{FavourState::cancelled, "cancelled"}};

constexpr std::array iou_names = {
    std::pair{IouState::banked, "banked"},       std::pair{IouState::proposed, "proposed"},
    std::pair{IouState::kept, "kept"},           std::pair{IouState::offered, "offered"},
    std::pair{IouState::agreed, "agreed"},       std::pair{IouState::scheduled, "scheduled"},
    std::pair{IouState::collected, "collected"}, std::pair{IouState::declined, "declined"},
    std::pair{IouState::dismissed, "dismissed"}, std::pair{IouState::forgiven, "forgiven"},
    std::pair{IouState::expired, "expired"},     std::pair{IouState::void_, "void"}};

template <class Table, class State>
const char* name_in(const Table& table, State state) {
  for (const auto& [value, text] : table)
    if (value == state) return text;
  return "";
}

template <class State, class Table>
std::optional<State> state_in(const Table& table, std::string_view text) {
  for (const auto& [value, name] : table)
    if (text == name) return value;
  return std::nullopt;
}

}  // namespace

const char* name(FavourState state) { return name_in(favour_names, state); }
const char* name(IouState state) { return name_in(iou_names, state); }

std::optional<FavourState> favour_state(std::string_view name) {
  return state_in<FavourState>(favour_names, name);
}

std::optional<IouState> iou_state(std::string_view name) {
  return state_in<IouState>(iou_names, name);
}

bool is_live(IouState state) {
  switch (state) {
    case IouState::banked:
    case IouState::proposed:
    case IouState::kept:
    case IouState::offered:
    case IouState::agreed:
    case IouState::scheduled:
      return true;
    case IouState::collected:
    case IouState::declined:
    case IouState::dismissed:
    case IouState::forgiven:
    case IouState::expired:
    case IouState::void_:
      return false;
  }
  return false;
}

}  // namespace ioud::domain
