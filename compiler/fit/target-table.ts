import { erf, exp, sigmoid, softplus, tanh } from './elementary.js';

/** One named target function T(x; parameter). */
export interface NamedTarget {
  readonly name: string;
  readonly aliases?: readonly string[];
  readonly parameter?: { readonly name: string; readonly default: number };
  /** The second argument is the parameter, for those that have one. */
  readonly evaluate: (x: number, parameter: number) => number;
}

// Klambauer et al., "Self-Normalizing Neural Networks" (arXiv 1706.02515), equation 2 and its constants.
const SELU_ALPHA = 1.6732632423543772;
const SELU_SCALE = 1.0507009873554805;

const leaky = (x: number, slope: number): number => (x < 0 ? slope * x : x);
const elu = (x: number, alpha: number): number => (x < 0 ? alpha * (exp(x) - 1) : x);
const clamp = (x: number, low: number, high: number): number => Math.min(Math.max(x, low), high);

/** Every target with a name, in the order in which help shows them. A new one is one row. */
export const namedTargets: readonly NamedTarget[] = [
  {
    name: 'leaky_relu',
    aliases: ['leakyrelu', 'lrelu'],
    parameter: { name: 'slope', default: 0.01 },
    evaluate: leaky,
  },
  { name: 'relu', evaluate: (x) => Math.max(x, 0) },
  { name: 'prelu', parameter: { name: 'slope', default: 0.25 }, evaluate: leaky },
  { name: 'elu', parameter: { name: 'alpha', default: 1 }, evaluate: elu },
  { name: 'selu', evaluate: (x) => SELU_SCALE * elu(x, SELU_ALPHA) },
  { name: 'softplus', evaluate: softplus },
  { name: 'swish', aliases: ['silu'], evaluate: (x) => x * sigmoid(x) },
  // Hendrycks and Gimpel (arXiv 1606.08415), the exact form; not the tanh approximation.
  { name: 'gelu', evaluate: (x) => 0.5 * x * (1 + erf(x * Math.SQRT1_2)) },
  { name: 'mish', evaluate: (x) => x * tanh(softplus(x)) },
  { name: 'tanh', evaluate: tanh },
  { name: 'sigmoid', evaluate: sigmoid },
  { name: 'hardswish', aliases: ['hard_swish'], evaluate: (x) => (x * clamp(x + 3, 0, 6)) / 6 },
  { name: 'identity', aliases: ['linear'], evaluate: (x) => x },
];

/** Finds a target by name or alias; case and the choice between - and _ do not matter. */
export function findTarget(name: string): NamedTarget | undefined {
  const wanted = name.toLowerCase().replaceAll('-', '_');
  return namedTargets.find((row) => row.name === wanted || row.aliases?.includes(wanted));
}

/** The names that help lists, in its order. */
export const targetNames: readonly string[] = namedTargets.map((row) => row.name);
