import type { Shader } from './backend.js';
import { MAGNITUDE, TEXELS, texelsOf } from './glsl.js';
import { bitsOf, SAFE } from '../shader.js';
import type { ActivationSpec } from '../spec.js';

/**
 * Writes each set of coefficients as texels side by side. c and d lie in textures of two rows to a texel, and fragments
 * that had to find and test them there each for itself would spend more time on it than on F.
 */
export function coefficientsShader(spec: ActivationSpec): Shader {
  const { m, n } = spec;
  const code = `${TEXELS}${MAGNITUDE}
float in_row(sampler2D source, int columns, int row, int i) {
  return texel(source, (row / 2) * columns + i / 2)[(row & 1) * 2 + (i & 1)];
}
float numerator(int set, int i) { return in_row(cs, ${Math.ceil((m + 1) / 2)}, set, i); }
${n > 0 ? `float denominator(int set, int j) { return in_row(ds, ${Math.ceil(n / 2)}, set, j); }` : ''}

float is_safe(int set) {
  uint largest = 0u;
  for (int i = 0; i < ${m + 1}; i++) { largest = max(largest, magnitude(numerator(set, i))); }
  ${n > 0 ? `for (int j = 0; j < ${n}; j++) { largest = max(largest, magnitude(denominator(set, j))); }` : ''}
  return largest <= ${bitsOf(SAFE.coefficient)}u ? 1.0 : 0.0;
}

float number(int set, int k) {
  if (k == 0) { return is_safe(set); }
  if (k < ${m + 2}) { return numerator(set, k - 1); }
  ${n > 0 ? `if (k < ${m + n + 2}) { return denominator(set, k - ${m + 2}); }` : ''}
  return 0.0;
}

void main() {
  int index = own_texel();
  int set = index / ${texelsOf(spec)};
  int k = index % ${texelsOf(spec)} * 4;
  setOutput(vec4(number(set, k), number(set, k + 1), number(set, k + 2), number(set, k + 3)));
}
`;
  return { code, inputs: n > 0 ? ['cs', 'ds'] : ['cs'], uniforms: [] };
}
