import type { Shader, Uniform } from './backend.js';
import { declarations, eachLane, statements, within, type Width } from './glsl.js';
import type { ShaderKernel } from '../shader.js';
import type { ActivationSpec } from '../spec.js';

/** x as matrices, and how sets are divided among its elements. */
export const SHAPE: readonly Uniform[] = [
  { name: 'matrices', type: 'ivec3' },
  { name: 'sets', type: 'int' },
  { name: 'inner', type: 'int' },
];

/** Functions that find out to which set a number of a texel belongs. */
export const SETS = `
/** Where the first number of a texel stands among all elements. */
int first_element(int index) {
  int columns = (matrices.z + 1) / 2;
  int rows = (matrices.y + 1) / 2;
  int row = index / columns;
  return ((row / rows) * matrices.y + row % rows * 2) * matrices.z + index % columns * 2;
}

int set_of(int element) { return (element / inner) % sets; }
`;

/** For each number of a texel in turn: chooses its set of coefficients. */
export const CHOOSE_LANE = 'choose_set(set_of(first + (lane >> 1) * matrices.z + (lane & 1)));';

/** Computes a texel of y from the same texel of x. */
export function forwardShader(spec: ActivationSpec, { radius, plain, wide }: ShaderKernel, width: Width): Shader {
  const code = `${declarations(spec, width)}
real plain(real x) {
  real y;${statements(plain, 'real')}
  return y;
}

float wide_value(float number) {
  Wide x = wide_input(number);
  Wide y;${statements(wide, 'Wide')}
  return magnitude(number) > 0x7f800000u ? number : narrow(y);
}

real value(real x) {
  if (${within(radius)}) { return plain(x); }
  ${width === 4 ? `real y; ${eachLane('y[lane] = wide_value(x[lane]);')} return y;` : 'return wide_value(x);'}
}
${
  width === 4
    ? `
void main() {
  choose_set(0);
  setOutput(value(own_texel_of(xs)));
}`
    : `${SETS}
void main() {
  int first = first_element(own_texel());
  vec4 x = own_texel_of(xs);
  vec4 y;
  ${eachLane(`${CHOOSE_LANE} y[lane] = value(x[lane]);`)}
  setOutput(y);
}`
}
`;
  return { code, inputs: ['xs', 'coefficients'], uniforms: SHAPE };
}
