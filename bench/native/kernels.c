/*
 * He 5/4 sum-abs as a careful C programmer writes it for the compiler's vectoriser: restrict, invariants outside the
 * loop, sums in float over blocks and in double across them. It is right where float32 does not overflow, no further.
 */
#include "kernels.h"
#include <math.h>

enum { SUM_BLOCK = 4096 };

void forward(const float *restrict xs, size_t n, const float c[6], const float d[4], float *restrict ys) {
  const float c0 = c[0], c1 = c[1], c2 = c[2], c3 = c[3], c4 = c[4], c5 = c[5];
  const float a1 = fabsf(d[0]), a2 = fabsf(d[1]), a3 = fabsf(d[2]), a4 = fabsf(d[3]);
  for (size_t k = 0; k < n; k++) {
    const float x = xs[k];
    const float h2 = x * x - 1.0f;
    const float h3 = x * (h2 - 2.0f);
    const float h4 = x * h3 - 3.0f * h2;
    const float h5 = x * h4 - 4.0f * h3;
    const float q = 1.0f + a1 * fabsf(x) + a2 * fabsf(h2) + a3 * fabsf(h3) + a4 * fabsf(h4);
    ys[k] = (c0 + c1 * x + c2 * h2 + c3 * h3 + c4 * h4 + c5 * h5) / q;
  }
}

void backward(const float *restrict xs, const float *restrict dys, size_t n, const float c[6], const float d[4],
              float *restrict dxs, float dc[6], float dd[4]) {
  const float c0 = c[0], c1 = c[1], c2 = c[2], c3 = c[3], c4 = c[4], c5 = c[5];
  const float a1 = fabsf(d[0]), a2 = fabsf(d[1]), a3 = fabsf(d[2]), a4 = fabsf(d[3]);
  const float e1 = 2.0f * c2, e2 = 3.0f * c3, e3 = 4.0f * c4, e4 = 5.0f * c5;
  const float b2 = 2.0f * a2, b3 = 3.0f * a3, b4 = 4.0f * a4;
  double sc[6] = {0}, sd[4] = {0};
  for (size_t start = 0; start < n; start += SUM_BLOCK) {
    const size_t end = n - start < SUM_BLOCK ? n : start + SUM_BLOCK;
    float g0 = 0, g1 = 0, g2 = 0, g3 = 0, g4 = 0, g5 = 0, s1 = 0, s2 = 0, s3 = 0, s4 = 0;
    for (size_t k = start; k < end; k++) {
      const float x = xs[k];
      const float h2 = x * x - 1.0f;
      const float h3 = x * (h2 - 2.0f);
      const float h4 = x * h3 - 3.0f * h2;
      const float h5 = x * h4 - 4.0f * h3;
      const float m1 = fabsf(x), m2 = fabsf(h2), m3 = fabsf(h3), m4 = fabsf(h4);
      const float r = 1.0f / (1.0f + a1 * m1 + a2 * m2 + a3 * m3 + a4 * m4);
      const float y = (c0 + c1 * x + c2 * h2 + c3 * h3 + c4 * h4 + c5 * h5) * r;
      const float dp = c1 + e1 * x + e2 * h2 + e3 * h3 + e4 * h4;
      const float dq = (x < 0 ? -a1 : a1) + (h2 < 0 ? -b2 : b2) * x + (h3 < 0 ? -b3 : b3) * h2 + (h4 < 0 ? -b4 : b4) * h3;
      const float w = dys[k] * r;
      const float v = w * y;
      dxs[k] = w * (dp - y * dq);
      g0 += w;
      g1 += w * x;
      g2 += w * h2;
      g3 += w * h3;
      g4 += w * h4;
      g5 += w * h5;
      s1 += v * m1;
      s2 += v * m2;
      s3 += v * m3;
      s4 += v * m4;
    }
    sc[0] += g0, sc[1] += g1, sc[2] += g2, sc[3] += g3, sc[4] += g4, sc[5] += g5;
    sd[0] += s1, sd[1] += s2, sd[2] += s3, sd[3] += s4;
  }
  for (int i = 0; i < 6; i++) dc[i] = (float)sc[i];
  for (int j = 0; j < 4; j++) dd[j] = (float)(d[j] < 0 ? sd[j] : -sd[j]);
}
