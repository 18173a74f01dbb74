import type { Shader, Uniform } from './backend.js';
import { TEXELS } from './glsl.js';
import { RUN } from './plan.js';

/** Where partial sums lie: chunk * strides.x + set * strides.y + group * strides.z, in texels. */
const PARTS: readonly Uniform[] = [
  { name: 'sets', type: 'int' },
  { name: 'chunks', type: 'int' },
  { name: 'strides', type: 'ivec3' },
];

/** Adds up neighbours in the partial sums, `kept` of them for each group and set; in [group][chunk][set] order. */
export function reductionShader(textures: number): Shader {
  const code = `${parts(textures)}
void main() {
  int index = own_texel();
  int chunk = (index / sets) % kept;
  setOutput(total(index / (sets * kept), index % sets, chunk, kept));
}
`;
  return { code, inputs: names(textures), uniforms: [...PARTS, { name: 'kept', type: 'int' }] };
}

/** Adds up all partial sums, and writes a matrix of a row for each set: the gradient of c or d. */
export function gradientShader(textures: number): Shader {
  const code = `${parts(textures)}
void main() {
  int index = own_texel();
  int row = index / columns * 2;
  int column = index % columns * 2;
  // Both columns of a texel are of the same group of four.
  vec4 upper = total(column / 4, row, 0, 1);
  vec4 lower = row + 1 < sets ? total(column / 4, row + 1, 0, 1) : vec4(0.0);
  setOutput((column & 2) == 0 ? vec4(upper.xy, lower.xy) : vec4(upper.zw, lower.zw));
}
`;
  return { code, inputs: names(textures), uniforms: [...PARTS, { name: 'columns', type: 'int' }] };
}

const names = (textures: number): readonly string[] => Array.from({ length: textures }, (_, g) => `part${g}`);

/** Partial sums are in a texture for each group at first, and in one for all after the first pass. */
const parts = (textures: number): string => `${TEXELS}
vec4 part(int group, int index) {
  ${names(textures)
    .slice(1)
    .map((name, g) => `if (group == ${g + 1}) { return texel(${name}, index); }`)
    .join('\n  ')}
  return texel(part0, index);
}

/** The sum of every kept-th chunk from the first. */
vec4 total(int group, int set, int first, int kept) {
  vec4 all = vec4(0.0);
  for (int run = first; run < chunks; run += ${RUN} * kept) {
    vec4 sum = vec4(0.0);
    for (int i = 0; i < ${RUN}; i++) {
      int chunk = run + i * kept;
      if (chunk < chunks) { sum += part(group, chunk * strides.x + set * strides.y + group * strides.z); }
    }
    all += sum;
  }
  return all;
}
`;
