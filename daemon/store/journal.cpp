#include "store/journal.hpp"

#include "store/field_names.hpp"

namespace ioud::store {

const char* name(IntentKind kind) { return name_of(kind); }
const char* name(Ending ending) { return name_of(ending); }

}  // namespace ioud::store
