import { command, className, fileName, opName } from './identity.js';
import { InternalError } from '../errors.js';
import type { Spec } from '../spec.js';
import { FLOAT32, shortest } from '../targets/number.js';
import { wrapList } from '../targets/wrap.js';

/** Coefficients that are constants: those of each set, one set after another, and the shape of the sets. */
export interface Frozen {
  /** The class's name; `undefined` makes one from that of the activation. */
  readonly name: string | undefined;
  readonly sets: readonly number[];
  readonly c: readonly number[];
  readonly d: readonly number[];
}

/**
 * The path and the text of a module with fixed coefficients, from that of its activation: the same kernels, so that
 * every value is what it was in training, but an op of x alone and a layer without weights.
 */
export function freezeModule(spec: Spec, text: string, frozen: Frozen): [path: string, text: string] {
  const name = frozen.name ?? `${className(spec)}Frozen`;
  const at = text.indexOf('\n/**\n * F as a layer');
  if (at < 0) throw new InternalError(`the module of ${className(spec)} has no layer to freeze`);
  const head = text
    .slice(0, at)
    .replace(
      `// command: ${command(spec)}`,
      `// A trained layer with its coefficients fixed. Its activation: ${command(spec)}`,
    )
    .replace(/\btype Tensor\b/, 'type Tensor, type TensorLike')
    .replace(/\bPadeLayer\b/, 'freezeOp, FrozenLayer')
    .replace(/\btype PadeLayerArgs\b/, 'type FrozenLayerArgs')
    .replace('and the coefficients that a new layer starts with', 'and the coefficients that training started with');
  return [
    frozen.name === undefined ? fileName(spec).replace('.ts', '-frozen.ts') : `${name}.ts`,
    head + tail(spec, name, frozen),
  ];
}

function tail(spec: Spec, name: string, { sets, c, d }: Frozen): string {
  const numbers = (key: string, values: readonly number[]): string[] =>
    wrapList(
      `  ${key}: Object.freeze([`,
      values.map((value) => shortest(value, FLOAT32).replace(/\.0$/, '')),
      ']),',
      100,
    );
  const shape =
    sets.length === 0
      ? 'one set for all elements'
      : `sets of shape [${sets.join(', ')}], which broadcasts to that of x`;
  const op = name.charAt(0).toLowerCase() + name.slice(1);
  return `
/** What training left: ${shape}; c_0 .. c_${spec.m} of each${spec.n === 0 ? '' : `, d_1 .. d_${spec.n} of each`}. */
export const coefficients = Object.freeze({
  sets: Object.freeze([${sets.join(', ')}] as number[]),
${numbers('c', c).join('\n')}
${d.length === 0 ? '  d: Object.freeze([] as number[]),' : numbers('d', d).join('\n')}
});

/** F with these coefficients: x of any shape that suits them, float32; returns x's shape. Differentiable by x. */
export const ${op}: (x: Tensor | TensorLike) => Tensor = freezeOp(${opName(spec)}, coefficients);

/** The same as a layer. It has no weights. */
export class ${name} extends FrozenLayer {
  static readonly className = '${name}';

  constructor(args?: FrozenLayerArgs) {
    super(${op}, args);
  }
}
serialization.registerClass(${name});
`;
}
