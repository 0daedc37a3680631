#include "domain/calendar_item.hpp"

namespace ioud::domain {

const char* category(Role role) {
  switch (role) {
    case Role::sitdown:
      return "IOU";
    case Role::prep:
      return "IOU-PREP";
    case Role::reminder:
      return "IOU-FAVOUR";
    case Role::nudge:
      return "IOU-CARE";
    case Role::planning:
      return "IOU-PLANNING";
    case Role::occasion:
      return "IOU-DATE";
    case Role::meeting:
      return "";
  }
  return "";
}

}  // namespace ioud::domain
