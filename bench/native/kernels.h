#include <stddef.h>

void forward(const float *restrict xs, size_t n, const float c[6], const float d[4], float *restrict ys);

void backward(const float *restrict xs, const float *restrict dys, size_t n, const float c[6], const float d[4],
              float *restrict dxs, float dc[6], float dd[4]);
