/*
 * Runs the kernels on command, so that they take turns with another process. Arguments: the largest number of elements,
 * then c_0 .. c_5 and d_1 .. d_4. Reads lines "forward N" and "backward N", and answers each with the milliseconds of
 * one run and a checksum.
 */
#include "kernels.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static double milliseconds(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return now.tv_sec * 1e3 + now.tv_nsec * 1e-6;
}

int main(int argc, char **argv) {
  if (argc != 12) return 2;
  const size_t size = strtoul(argv[1], NULL, 10);
  float c[6], d[4], dc[6], dd[4];
  for (int i = 0; i < 6; i++) c[i] = strtof(argv[2 + i], NULL);
  for (int j = 0; j < 4; j++) d[j] = strtof(argv[8 + j], NULL);
  float *xs = malloc(4 * size), *dys = malloc(4 * size), *out = malloc(4 * size);
  if (xs == NULL || dys == NULL || out == NULL) return 1;
  for (size_t k = 0; k < size; k++) {
    xs[k] = 6 * sin(k * 1.37) * cos(k * 0.11);
    dys[k] = cos(k * 0.77);
    out[k] = 0;
  }
  char what[16];
  size_t n;
  while (scanf("%15s %zu", what, &n) == 2) {
    const double start = milliseconds();
    if (strcmp(what, "forward") == 0) forward(xs, n, c, d, out);
    else backward(xs, dys, n, c, d, out, dc, dd);
    const double time = milliseconds() - start;
    printf("%.6f %.9g\n", time, strcmp(what, "forward") == 0 ? out[n / 3] : dc[5]);
    fflush(stdout);
  }
  return 0;
}
