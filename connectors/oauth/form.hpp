#pragma once
// Values in URLs and request bodies (application/x-www-form-urlencoded). Pure.

#include <string>
#include <string_view>

namespace ioud::connectors::oauth {

/// Every byte that might mean something as %XX.
std::string form_encoded(std::string_view text);

/// Adds "name=value", after "&" where there is something before it.
void add_field(std::string& form, std::string_view name, std::string_view value);

/// The value of a field, decoded; empty where it is absent.
std::string field_in(std::string_view form, std::string_view name);

}  // namespace ioud::connectors::oauth
