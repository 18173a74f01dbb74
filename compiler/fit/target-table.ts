import { erf, exp, sigmoid, softplus, tanh } from './elementary.js';
import { eis, tanhSoft, tanhSoft3 } from './published-targets.js';

/** One named target function T(x; parameters). */
export interface NamedTarget {
  readonly name: string;
  readonly aliases?: readonly string[];
  readonly parameters?: readonly Parameter[];
  /** The arguments after x are the parameters, all of them. */
  readonly evaluate: (x: number, ...parameters: ParameterValues) => number;
}

export interface Parameter {
  readonly name: string;
  readonly default: number;
}

/** A row reads as many as it has; none has more. */
export type ParameterValues = [p: number, q: number, r: number, s: number, t: number];

const parameter = (name: string, standard: number): Parameter => ({ name, default: standard });

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
    parameters: [parameter('slope', 0.01)],
    evaluate: leaky,
  },
  { name: 'relu', evaluate: (x) => Math.max(x, 0) },
  { name: 'prelu', parameters: [parameter('slope', 0.25)], evaluate: leaky },
  { name: 'elu', parameters: [parameter('alpha', 1)], evaluate: elu },
  { name: 'selu', evaluate: (x) => SELU_SCALE * elu(x, SELU_ALPHA) },
  { name: 'softplus', evaluate: softplus },
  { name: 'swish', aliases: ['silu'], evaluate: (x) => x * sigmoid(x) },
  // Hendrycks and Gimpel (arXiv 1606.08415), the exact form; not the tanh approximation.
  { name: 'gelu', evaluate: (x) => 0.5 * x * (1 + erf(x * Math.SQRT1_2)) },
  { name: 'mish', evaluate: (x) => x * tanh(softplus(x)) },
  { name: 'tanh', evaluate: tanh },
  { name: 'sigmoid', evaluate: sigmoid },
  { name: 'hardswish', aliases: ['hard_swish'], evaluate: (x) => (x * clamp(x + 3, 0, 6)) / 6 },
  {
    name: 'tanhsoft',
    parameters: [parameter('alpha', 0.87), parameter('beta', 0), parameter('gamma', 1), parameter('delta', 1)],
    evaluate: tanhSoft,
  },
  {
    name: 'tanhsoft_1',
    aliases: ['tanhsoft1'],
    parameters: [parameter('alpha', 0.87)],
    evaluate: (x, alpha) => tanhSoft(x, alpha, 0, 1, 1),
  },
  {
    name: 'tanhsoft_2',
    aliases: ['tanhsoft2'],
    parameters: [parameter('beta', 0.6), parameter('gamma', 1)],
    evaluate: (x, beta, gamma) => tanhSoft(x, 0, beta, gamma, 0),
  },
  { name: 'tanhsoft_3', aliases: ['tanhsoft3'], parameters: [parameter('alpha', 1)], evaluate: tanhSoft3 },
  {
    name: 'eis', // by default EIS-2 of the paper; eis(1, 0, 1, 1.16, 1) is its EIS-1
    parameters: [
      parameter('alpha', 1),
      parameter('beta', 1),
      parameter('gamma', 1),
      parameter('delta', 0),
      parameter('theta', 1),
    ],
    evaluate: eis,
  },
  { name: 'identity', aliases: ['linear'], evaluate: (x) => x },
];

/** Finds a target by name or alias; case and the choice between - and _ do not matter. */
export function findTarget(name: string): NamedTarget | undefined {
  const wanted = name.toLowerCase().replaceAll('-', '_');
  return namedTargets.find((row) => row.name === wanted || row.aliases?.includes(wanted));
}

/** The names that help lists, in its order. */
export const targetNames: readonly string[] = namedTargets.map((row) => row.name);
