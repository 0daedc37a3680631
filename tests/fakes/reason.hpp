#pragma once
// Why a result failed, for the message of an assertion.

#include <string>

#include "core/result.hpp"

namespace ioud::fakes {

template <class T>
std::string reason(const core::Result<T>& result) {
  if (result) return "it succeeded";
  const core::Error& error = result.error();
  return std::string(core::name(error.fault)) + ", " + error.place + ": " + error.text;
}

}  // namespace ioud::fakes
