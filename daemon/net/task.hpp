#pragma once
// What anything that waits returns. One thread runs every task; a parameter of a task is taken by
// value, and an expression with co_await holds no braces, captures or `?:` (GCC 12 miscompiles
// them; tests/lint holds us to it).

#include <boost/asio/awaitable.hpp>

#include "core/result.hpp"

namespace ioud::net {

template <class T>
using Task = boost::asio::awaitable<core::Result<T>>;

}  // namespace ioud::net
