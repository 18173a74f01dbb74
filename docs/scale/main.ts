/** `npm run scale`: what --domain and --normalise do to the fit, its coefficients and training; writes docs/scale.md. */
import { readFileSync, writeFileSync } from 'node:fs';
import * as tfl from '@tensorflow/tfjs-layers';
import { BATCH, LAST, LEARNING_RATES, load, STEPS, train, type Activation, type Trained } from './train.js';
import { parseTarget } from '../../compiler/index.js';
import { basisSizes } from '../../compiler/fit/basis-values.js';
import { generate } from '../../compiler/generate.js';
import { defineSpec, DENOMINATORS, type Denominator, type SpecRequest } from '../../compiler/spec.js';
import { chooseBackend } from '../../examples/fashion-mnist/backend.js';

const SEEDS = [1, 2, 3];
const [M, N] = [5, 4];

type Scale = Pick<SpecRequest, 'domain' | 'normalise'>;
const PLAIN: Scale = {};
const MOVED: Scale = { domain: [-3, 3] };
const NORMAL: Scale = { normalise: true };
const BOTH: Scale = { ...MOVED, ...NORMAL };

type Rows = readonly (readonly [basis: string, scales: readonly Scale[]])[];
/** Among what is left out is what changes nothing: He is at home on [-3, 3], L is orthonormal. Monomials cannot be. */
const ROWS: Rows = [
  ['monomial', [PLAIN, MOVED]],
  ['chebyshev-t', [PLAIN, MOVED, NORMAL, BOTH]],
  ['legendre', [PLAIN, BOTH]],
  ['laguerre', [PLAIN, MOVED]],
  ['hermite', [PLAIN, NORMAL]],
  ['hermite-phys', [PLAIN, BOTH]],
];
/** Without bars around each term a factor alone, or a basis more, says little. */
const FEW: Rows = [
  ['monomial', [PLAIN, MOVED]],
  ['chebyshev-t', [PLAIN, MOVED, BOTH]],
  ['laguerre', [PLAIN, MOVED]],
  ['hermite', [PLAIN, NORMAL]],
];
const OF: Readonly<Record<Denominator, Rows>> = { 'sum-abs': ROWS, 'abs-sum': FEW, none: FEW };

const { backend } = await chooseBackend('wasm');

const short = (value: number): string => String(Number(value.toPrecision(2)));
/** The smallest and the largest size, and how many times one is the other. */
function range(values: readonly number[]): string {
  const sizes = values.map(Math.abs).filter((size) => size > 0);
  const [least, most] = [Math.min(...sizes), Math.max(...sizes)];
  return `${short(least)} to ${short(most)}`;
}
const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[values.length >> 1]!;

async function trainedCells(activation: Activation): Promise<string[]> {
  const runs: Trained[] = [];
  for (const seed of SEEDS) runs.push(await train(activation, seed));
  return [
    median(runs.map(({ loss }) => loss)).toFixed(3),
    `${(100 * median(runs.map(({ accuracy }) => accuracy))).toFixed(1)} %`,
  ];
}

const rows = [['', 'ReLU', '', '', '', '', '', ...(await trainedCells(() => tfl.layers.reLU()))]];
const all = DENOMINATORS.flatMap((denominator) =>
  OF[denominator].map(([basis, scales]) => ({ denominator, basis, scales })),
);
for (const { denominator, basis, scales } of all) {
  for (const scale of scales) {
    const spec = defineSpec({ basis, m: M, n: N, denominator, target: parseTarget('leaky_relu'), ...scale });
    const { files, activation } = generate(spec);
    const { c, d, rmse } = activation.fit;
    const options = [
      ...(spec.domain === undefined ? [] : [`--domain ${spec.domain.map((end) => end.toFraction()).join(',')}`]),
      ...(spec.normalise ? ['--normalise'] : []),
    ];
    const cells = [
      denominator,
      `\`${basis}\``,
      options.map((option) => `\`${option}\``).join(' '),
      short(basisSizes(spec.family, M, spec.interval)[M]!),
      rmse.toPrecision(3),
      range(c),
      range(d),
      ...(await trainedCells(await load(spec, [...files][0]!))),
    ];
    process.stderr.write(`${cells.join(' | ')}\n`);
    rows.push(cells);
  }
}

const head = [
  'Q',
  'basis',
  '',
  `max \\|f_${M}\\| on [-3, 3]`,
  'RMSE',
  '\\|c_i\\|',
  '\\|d_j\\|',
  'loss',
  'test accuracy',
];
const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
const table = [line(head), `|${'---|'.repeat(head.length)}`, ...rows.map(line)].join('\n');

const path = new URL('../../../docs/scale.md', import.meta.url);
const text = readFileSync(path, 'utf8');
const parts: Readonly<Record<string, string>> = {
  table,
  setting:
    `Degree ${M}/${N}, leaky ReLU(0.01) on [-3, 3]. Training: a net of 784, 64, 32 and 10 on the subset of ` +
    `Fashion-MNIST in this repository, the activation after each hidden layer, ${STEPS} steps of Adam (learning rate ` +
    `${LEARNING_RATES.weights}, for coefficients ${LEARNING_RATES.coefficients} with gradients clipped at norm 5) on ${BATCH} pictures, backend ${backend}; the loss is the mean of the last ${LAST} steps. ` +
    `Medians of ${SEEDS.length} seeds.`,
};
const filled = Object.entries(parts).reduce(
  (result, [name, content]) =>
    result.replace(
      new RegExp(`(<!-- begin ${name} -->\n)[^]*?(<!-- end ${name} -->)`),
      (_, begin: string, end: string) => `${begin}${content}\n${end}`,
    ),
  text,
);
writeFileSync(path, filled);
