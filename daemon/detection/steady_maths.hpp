#pragma once
// The few functions of arithmetic that the scorer needs, done the same way on
// every machine and by every compiler: the C library's exp chooses its code by
// processor, so it is not used where bits must agree. Callers compile with
// -ffp-contract=off.

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>

namespace ioud::detection {

/// e to the x; relative error below 1e-6; 0 below -87, capped above 88.
inline float steady_exp(float x) {
  if (x < -87.0F) return 0.0F;
  if (x > 88.0F) x = 88.0F;
  const float scaled = x * 1.44269504F;
  const int whole = static_cast<int>(scaled + (scaled < 0 ? -0.5F : 0.5F));
  const float r =
      x - static_cast<float>(whole) * 0.693359375F + static_cast<float>(whole) * 2.12194440e-4F;
  float p = 1.9875691500e-4F;
  p = p * r + 1.3981999507e-3F;
  p = p * r + 8.3334519073e-3F;
  p = p * r + 4.1665795894e-2F;
  p = p * r + 1.6666665459e-1F;
  p = p * r + 5.0000001201e-1F;
  p = p * r * r + r + 1.0F;
  const auto bits = static_cast<std::uint32_t>(whole + 127) << 23U;
  float power = 0;
  std::memcpy(&power, &bits, sizeof power);
  return p * power;
}

/// Turns logits into probabilities, in place.
inline void softmax(std::span<float> logits) {
  float top = logits[0];
  for (const float value : logits) top = value > top ? value : top;
  float sum = 0;
  for (float& value : logits) {
    value = steady_exp(value - top);
    sum += value;
  }
  for (float& value : logits) value /= sum;
}

/// y += a * x, element by element, so that any vector width gives the same
/// bits.
inline void add_scaled(float a, const float* x, float* y, std::size_t n) {
  for (std::size_t i = 0; i < n; ++i) y[i] += a * x[i];
}

/// y += x W for a row-major W of `inputs` rows and `outputs` columns. Each y adds its products in
/// the order of the inputs, so that the bits do not depend on the processor.
void add_product(const float* x, std::size_t inputs, const float* w, float* y, std::size_t outputs);

}  // namespace ioud::detection
