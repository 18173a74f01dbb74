/** One word after `opau-gen`: what help and the README know of it. run.ts does it. */
export interface Command {
  readonly name: string;
  readonly summary: string;
  /** Lines of help between the usage and the flags: what it makes. */
  readonly about?: readonly string[];
  /** What follows `npx opau-gen`, and what it does. */
  readonly examples?: readonly (readonly [given: string, effect: string])[];
}

/** Every command, in the order of help. The first is meant where no command is given. */
export const COMMANDS = [
  {
    name: 'generate',
    summary: 'writes the module of an activation, or those of a config; the word itself may be left out',
    about: [
      'Writes one TypeScript module: a TensorFlow.js layer for the trainable activation F(x) = P(x) / Q(x),',
      '  P = sum_{i=0..m} c_i f_i(x),  Q = 1 + sum_{j=1..n} |d_j f_j(x)|,  {f_k} a family of polynomials,',
      'with its gradients in closed form and initial coefficients fitted to a target function. Without an activation on',
      'flags it writes those that opau.config.json (or .ts, .js, .mjs) lists.',
    ],
    examples: [
      ['--basis hermite --m 5 --n 4', 'writes generated/hermite-5-4.ts, which starts out as a leaky ReLU'],
      [
        '--basis chebyshev-t --m 3 --n 2 --denominator abs-sum --target-function gelu --out src',
        'writes src/chebyshev-t-3-2-abs-sum.ts, which starts out as GELU',
      ],
      [
        '--basis monomial --m 5 --n 4 --target-function "x * sigmoid(2*x)" -o - > pade.ts',
        'prints a module that starts out as a formula of your own',
      ],
      ['--check', 'shows which files of opau.config.json are not up to date, and how to mend them'],
      ['--basis legendre --m 3 --n 2 --dump differentiate --format latex', 'prints the gradients in LaTeX'],
    ],
  },
  {
    name: 'fit',
    summary: 'prints the initial coefficients and how well they do, and writes no module',
  },
  {
    name: 'doctor',
    summary: 'says which tfjs backends run generated layers here, and what mends the others',
  },
  {
    name: 'convert',
    summary: 'writes coefficients in another basis, exactly: PAU to OPAU and back',
  },
  {
    name: 'freeze',
    summary: 'writes the module of a trained layer: its coefficients are constants, and it has no weights',
  },
] as const satisfies readonly Command[];

export type CommandName = (typeof COMMANDS)[number]['name'];

export const DEFAULT_COMMAND: CommandName = COMMANDS[0].name;
