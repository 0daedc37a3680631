#include "detection/steady_maths.hpp"

// One copy for processors with AVX2 and one for all others, chosen when the program starts: twice
// the speed, the same bits (AVX2 alone has no fused multiply-add). The choice is made before a
// sanitizer is ready, so there is no choice under one.
#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define IOUD_ONE_COPY
#endif
#endif
#if defined(__x86_64__) && !defined(__SANITIZE_ADDRESS__) && !defined(IOUD_ONE_COPY)
#define IOUD_COPIES __attribute__((target_clones("avx2", "default")))
#else
#define IOUD_COPIES
#endif

namespace ioud::detection {

IOUD_COPIES void add_product(const float* x, std::size_t inputs, const float* w, float* y,
                             std::size_t outputs) {
  constexpr std::size_t lanes = 64;  // enough sums at once to hide the time that one takes
  std::size_t o = 0;
  for (; o + lanes <= outputs; o += lanes) {
    float sums[lanes];
    for (std::size_t j = 0; j < lanes; ++j) sums[j] = y[o + j];
    for (std::size_t i = 0; i < inputs; ++i) {
      const float* row = w + i * outputs + o;
      for (std::size_t j = 0; j < lanes; ++j) sums[j] += x[i] * row[j];
    }
    for (std::size_t j = 0; j < lanes; ++j) y[o + j] = sums[j];
  }
  for (; o < outputs; ++o) {
    for (std::size_t i = 0; i < inputs; ++i) y[o] += x[i] * w[i * outputs + o];
  }
}

}  // namespace ioud::detection
