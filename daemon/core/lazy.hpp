#pragma once
// A value that is made when it is first asked for: what costs time at the start and many a run
// never needs. Making it must not fail but by an exception.

#include <functional>
#include <memory>
#include <mutex>

namespace ioud::core {

template <class T>
class Lazy {
 public:
  explicit Lazy(std::function<std::unique_ptr<const T>()> make)
      : kept_(std::make_unique<Kept>(std::move(make))) {}

  /// Made once, also where several threads ask at a time; lives as long as this.
  const T& get() const {
    std::call_once(kept_->once, [this] { kept_->value = kept_->make(); });
    return *kept_->value;
  }

 private:
  struct Kept {
    explicit Kept(std::function<std::unique_ptr<const T>()> how) : make(std::move(how)) {}
    std::once_flag once;
    std::function<std::unique_ptr<const T>()> make;
    std::unique_ptr<const T> value;
  };
  std::unique_ptr<Kept> kept_;
};

}  // namespace ioud::core
