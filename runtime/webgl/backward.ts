import type { Shader, Uniform } from './backend.js';
import { SHAPE, SETS, CHOOSE_LANE } from './forward.js';
import { declarations, eachLane, statements, within, type Width } from './glsl.js';
import { moreOutputs, setOutput } from './outputs.js';
import { RUN } from './plan.js';
import { bitsOf, SAFE, type ShaderKernels } from '../shader.js';
import type { ActivationSpec } from '../spec.js';

/** The sums for c, and those for d, four to a texel. */
export interface Groups {
  readonly c: readonly (readonly string[])[];
  readonly d: readonly (readonly string[])[];
}

export function groupsOf({ m, n }: ActivationSpec): Groups {
  const names = (count: number, nameOf: (i: number) => string): readonly (readonly string[])[] =>
    Array.from({ length: Math.ceil(count / 4) }, (_, g) =>
      Array.from({ length: Math.min(4, count - 4 * g) }, (__, i) => nameOf(4 * g + i)),
    );
  return { c: names(m + 1, (i) => `dc${i}`), d: names(n, (j) => `dd${j + 1}`) };
}

/** Computes a texel of dx from the same texel of x and dy. */
export function slopeShader(spec: ActivationSpec, kernels: ShaderKernels, width: Width): Shader {
  const code = `${gradients(spec, kernels, width)}
${
  width === 4
    ? `
void main() {
  choose_set(0);
  setOutput(slope(own_texel_of(xs), own_texel_of(dys)));
}`
    : `${SETS}
void main() {
  int first = first_element(own_texel());
  vec4 x = own_texel_of(xs);
  vec4 dy = own_texel_of(dys);
  vec4 dx;
  ${eachLane(`${CHOOSE_LANE} dx[lane] = slope(x[lane], dy[lane]);`)}
  setOutput(dx);
}`
}
`;
  return { code, inputs: ['xs', 'dys', 'coefficients'], uniforms: SHAPE };
}

/** How the elements (or texels) of a set are divided among fragments: each goes over `items` of them, `chunks` apart. */
const WORK: readonly Uniform[] = [
  { name: 'count', type: 'int' },
  { name: 'items', type: 'int' },
  { name: 'chunks', type: 'int' },
  { name: 'strides', type: 'ivec2' },
];

/**
 * Computes sums over a chunk of a set's elements, up to four for each output: a texel for each chunk of each set, at
 * strides.x for each chunk and strides.y for each set. Sums of other groups are not read, and compilers drop them.
 */
export function partialsShader(
  spec: ActivationSpec,
  kernels: ShaderKernels,
  width: Width,
  groups: readonly (readonly string[])[],
): Shader {
  const sums = groups.flat();
  const code = `${gradients(spec, kernels, width)}
${moreOutputs(groups.length)}
void finish() {${statements(kernels.finish, 'real')}}

float across(real v) { return ${width === 4 ? '(v.x + v.y) + (v.z + v.w)' : 'v'}; }
float one_of(real v) { return ${width === 4 ? 'v.x' : 'v'}; }

/** The set that this fragment works on. */
int own_set = 0;
${width === 4 ? ADD_TEXEL : ADD_ELEMENT}
void main() {
  int index = own_texel();
  int chunk = (index / strides.x) % chunks;
  own_set = (index / strides.y) % sets;
  choose_set(own_set);
  ${sums.map((name) => `float all_${name} = 0.0;`).join(' ')}
  // Sums of sums: their error does not grow with the number of elements.
  for (int first = 0; first < items; first += ${RUN}) {
    for (int item = first; item < first + ${RUN}; item++) {
      int own = item * chunks + chunk;
      if (own < count) { add(own); }
    }
    ${sums.map((name) => `all_${name} += across(${name}); ${name} = real(0.0);`).join(' ')}
  }
  ${sums.map((name) => `${name} = real(all_${name});`).join(' ')}
  finish();
  ${groups.map((group, i) => setOutput(i, `vec4(${lanes(group).join(', ')})`)).join('\n  ')}
}
`;
  return { code, inputs: ['xs', 'dys', 'coefficients'], uniforms: [...SHAPE, ...WORK], outputs: groups.length };
}

/** The numbers of a texel: up to four sums. */
const lanes = (group: readonly string[]): readonly string[] =>
  Array.from({ length: 4 }, (_, i) => (group[i] === undefined ? '0.0' : `one_of(${group[i]})`));

/** A texel at the edge of a matrix with an odd side holds numbers that are no elements: theirs add nothing. */
const ADD_TEXEL = `
void add(int index) {
  vec4 x = texel(xs, index);
  vec4 dy = texel(dys, index);
  if (((matrices.y | matrices.z) & 1) == 1) {
    int columns = (matrices.z + 1) / 2;
    bool below = (index / columns) % ((matrices.y + 1) / 2) * 2 + 1 < matrices.y;
    bool right = index % columns * 2 + 1 < matrices.z;
    bvec4 inside = bvec4(true, right, below, below && right);
    x = mix(x.xxxx, x, inside);
    dy = mix(vec4(0.0), dy, inside);
  }
  slope(x, dy);
}
`;

const ADD_ELEMENT = `
void add(int own) {
  int element = ((own / inner) * sets + own_set) * inner + own % inner;
  int column = element % matrices.z;
  int row = element / matrices.z;
  int matrix = row / matrices.y;
  row -= matrix * matrices.y;
  int index = (matrix * ((matrices.y + 1) / 2) + row / 2) * ((matrices.z + 1) / 2) + column / 2;
  int lane = (row & 1) * 2 + (column & 1);
  slope(texel(xs, index)[lane], texel(dys, index)[lane]);
}
`;

/** Functions of x and dy that return dx and add to all sums. */
const gradients = (spec: ActivationSpec, { backward }: ShaderKernels, width: Width): string => `
${declarations(spec, width)}
${Object.values(groupsOf(spec))
  .flat(2)
  .map((name) => `real ${name} = real(0.0);`)
  .join('\n')}

/** What a wide number adds to a sum. */
real term(Wide v) { return ${width === 4 ? 'vec4(narrow(v), 0.0, 0.0, 0.0)' : 'narrow(v)'}; }

real plain(real x, real dy) {
  real dx;${statements(backward.plain, 'real')}
  return dx;
}

float wide_slope(float number, float weight) {
  Wide x = wide_input(number);
  Wide dy = wide(weight);
  Wide dx;${statements(backward.wide, 'Wide')}
  return magnitude(number) > 0x7f800000u ? number : narrow(dx);
}

/** Of numbers below the normal range devices may lose the sign, and with it the slope on that side of a kink. */
bool keeps_sign(real x) { return at_most(bits(0x007fffffu), magnitudes(x) - bits(1u)); }

/** dy = 0 or lightest <= |dy| <= heaviest; 0 wraps around to the largest number here. */
bool is_safe_weight(real dy) {
  bits size = magnitudes(dy);
  return at_most(size, bits(${bitsOf(SAFE.heaviest)}u)) && at_most(bits(${bitsOf(SAFE.lightest) - 1}u), size - bits(1u));
}

real slope(real x, real dy) {
  if (${within(backward.radius)} && keeps_sign(x) && is_safe_weight(dy)) { return plain(x, dy); }
  ${
    width === 4
      ? `real dx; ${eachLane('dx[lane] = wide_slope(x[lane], dy[lane]);')} return dx;`
      : 'return wide_slope(x, dy);'
  }
}
`;
