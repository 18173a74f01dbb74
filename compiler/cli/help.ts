import { FLAGS, spellings, type Flag } from './flags.js';

const WIDTH = 100;
const INDENT = 24;

const EXAMPLES: readonly (readonly [flags: string, effect: string])[] = [
  ['--basis hermite --m 5 --n 4', 'writes generated/hermite-5-4.ts, which starts out as a leaky ReLU'],
  [
    '--basis chebyshev-t --m 3 --n 2 --denominator abs-sum --target-function gelu --out src',
    'writes src/chebyshev-t-3-2-abs-sum.ts, which starts out as GELU',
  ],
  [
    '--basis monomial --m 5 --n 4 --target-function "x * sigmoid(2*x)" -o - > pade.ts',
    'prints a module that starts out as a formula of your own',
  ],
];

/** The text of `--help`, made from the flag table. */
export async function helpText(): Promise<string> {
  const flags: readonly Flag[] = FLAGS;
  const required = flags.filter((flag) => flag.required).map(usage);
  const described = await Promise.all(flags.map(describe));
  const lines = [
    `Usage: opau-gen ${required.join(' ')} [options]`,
    '',
    'Writes one TypeScript module: a TensorFlow.js layer for the trainable activation F(x) = P(x) / Q(x),',
    '  P = sum_{i=0..m} c_i f_i(x),  Q = 1 + sum_{j=1..n} |d_j f_j(x)|,  {f_k} a family of polynomials,',
    'with its gradients in closed form and initial coefficients fitted to a target function.',
    '',
    ...described.flat(),
    '',
    'Examples:',
    ...EXAMPLES.flatMap(([given, effect]) => [`  npx opau-gen ${given}`, `      ${effect}`]),
    '',
    'Exit codes: 0 done, 1 failed (a fault of opau-gen), 2 wrong use. A failed run writes nothing.',
  ];
  return `${lines.join('\n')}\n`;
}

const usage = ({ name, value }: Flag): string => `--${name} ${value}`;

async function describe(flag: Flag): Promise<readonly string[]> {
  const names = `${spellings(flag).reverse().join(', ')}${flag.value === undefined ? '' : ` ${flag.value}`}`;
  const choices = await flag.choices?.();
  const paragraphs = [
    flag.summary + (flag.required ? ' (required)' : ''),
    ...(choices === undefined ? [] : [`one of ${choices.join(', ')}`]),
    ...(flag.default === undefined ? [] : [`default ${flag.default}`]),
  ];
  const [first, ...others] = paragraphs.flatMap((text) => wrap(text, WIDTH - INDENT));
  return [`  ${names}`.padEnd(INDENT) + first, ...others.map((line) => ' '.repeat(INDENT) + line)];
}

function wrap(text: string, width: number): readonly string[] {
  const lines = [''];
  for (const word of text.split(' ')) {
    const line = lines.at(-1)!;
    if (line !== '' && line.length + 1 + word.length > width) lines.push(word);
    else lines[lines.length - 1] = line === '' ? word : `${line} ${word}`;
  }
  return lines;
}
