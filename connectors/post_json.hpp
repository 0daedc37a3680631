#pragma once
// Posts one body of JSON over HTTP and gives the answer back: what the detector's second opinion
// is asked by. Plain HTTP to this machine only; whether a host may be asked at all is decided
// before.

#include "connectors/network.hpp"

namespace ioud::connectors {

/// Fails transient where no whole answer with status 2xx came in time.
PostJson post_json();

}  // namespace ioud::connectors
