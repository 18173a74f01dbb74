import { describe, expect, it } from 'vitest';
import { typeCheckModule } from '../../compiler/cli/type-check.js';
import { rational } from '../../compiler/exact/rational.js';
import { rewrite, type Rule } from '../../compiler/expr/rewrite.js';
import { generate, type Generation, type Stages } from '../../compiler/generate.js';
import type { TypeCheck } from '../../compiler/verify/emitted-rows.js';
import { deepCheck } from '../../compiler/verify/deep.js';
import { recurrenceFamily } from '../../compiler/bases/recurrence.js';
import { parseTarget } from '../../compiler/fit/targets.js';
import { defineSpec, type Spec, type SpecRequest } from '../../compiler/spec.js';
import { withoutStub } from '../../compiler/verify/emitted/stubs.js';
import type { Row } from '../../compiler/verify/row.js';
import { arithmeticOnly, specOf } from '../support/emit.js';

const generation = (faults: Partial<Stages> = {}, denominator = 'sum-abs', basis = 'hermite'): Generation =>
  generate(specOf(basis, 3, 2, denominator), { ...arithmeticOnly, ...faults });

async function rowsOf(checked: Generation, typeCheck: TypeCheck = () => []): Promise<readonly Row[]> {
  const rows: Row[] = [];
  for await (const row of deepCheck(checked, typeCheck)) rows.push(row);
  return rows;
}

/** `group / check` of what failed, the group by its first words. */
const failures = (rows: readonly Row[]): readonly string[] =>
  rows
    .filter(({ verdict }) => verdict === 'FAIL')
    .map(({ group, check }) => `${group.split(',')[0]!.replace(/^the /, '')} / ${check}`);

/** The generation with its text edited. */
function edited(from: RegExp | string, to: string, of = generation()): Generation {
  const [[path, text]] = [...of.files] as [[string, string]];
  const changed = text.replace(from, to);
  expect(changed).not.toBe(text);
  return { ...of, files: new Map([[path, changed]]) };
}

type Kind = Pick<SpecRequest, 'basis' | 'm' | 'n' | 'denominator' | 'domain' | 'normalise'>;

const specOfKind = (kind: Kind): Spec => defineSpec({ ...kind, target: parseTarget('leaky_relu') });

/** Legendre's on [0, 1]: the step from L_k to L_{k+1} is centred on 1/2. */
const shifted = recurrenceFamily({
  name: 'shifted-legendre',
  a: '(4*k+2)/(k+1)',
  b: '-(2*k+1)/(k+1)',
  c: 'k/(k+1)',
});

const ON = ['run on cpu', 'run on tf ops', 'run on wasm'];
const everywhere = (check: string): readonly string[] => [
  `exact fractions / ${check}`,
  `64 digits / ${check}`,
  `at kinks / ${check}`,
  ...ON.map((group) => `${group} / ${check}`),
];

describe('the deep check', () => {
  it.each([
    ['hermite', 'sum-abs'],
    ['laguerre', 'abs-sum'],
    ['chebyshev-u', 'none'],
  ])('passes what is right: %s %s', async (basis, denominator) => {
    const rows = await rowsOf(generation({}, denominator, basis), typeCheckModule);
    expect(rows.filter(({ verdict }) => verdict === 'FAIL')).toEqual([]);
    expect(rows.length).toBeGreaterThan(20);
  });

  // Their centre is not 0, their constants are not float32 numbers, or they have an f_1 that vanishes below 2^-149.
  it.each<readonly [string, Kind]>([
    ['moved', { basis: 'chebyshev-t', m: 3, n: 2, domain: [-3, 3] }],
    ['moved, with a zero at its centre', { basis: 'legendre', m: 2, n: 3, domain: [0, 4] }],
    ['off-centre and normalised', { basis: 'hermite-phys', m: 5, n: 4, domain: [0, 4], normalise: true }],
    ['of parameters, moved', { basis: 'laguerre(1/2)', m: 3, n: 2, domain: ['1/3', 2], denominator: 'abs-sum' }],
    ['of parameters, normalised', { basis: 'jacobi(1/2,-1/3)', m: 2, n: 3, normalise: true, denominator: 'none' }],
    ['a recurrence of its own', { basis: shifted, m: 8, n: 8, denominator: 'abs-sum' }],
    ['0/1', { basis: 'gegenbauer(3/2)', m: 0, n: 1 }],
    ['2/0', { basis: 'chebyshev-v', m: 2, n: 0, domain: [0, 4] }],
  ])('passes what is %s', async (_, kind) => {
    const rows = await rowsOf(generate(specOfKind(kind), arithmeticOnly));
    expect(rows.filter(({ verdict }) => verdict === 'FAIL')).toEqual([]);
    expect(rows.length).toBeGreaterThan(15);
  });

  it('has a stand-in for every function that emitted modules call', () => {
    expect(withoutStub).toEqual([]);
  });
});

describe('planted in a stage, a fault shows in every row of what it spoils', () => {
  it('a wrong coefficient of a polynomial', async () => {
    const expand: Stages['expand'] = (family, top) => {
      const right = arithmeticOnly.expand(family, top);
      const polynomials = right.polynomials.map((p, k) =>
        k === 3 ? [p[0]!, p[1]!.add(rational(1)), ...p.slice(2)] : p,
      );
      return { ...right, polynomials };
    };
    const rows = await rowsOf(generation({ expand }));
    expect(failures(rows)).toContain('exact fractions / f_0 .. f_3');
    expect(rows[0]!.where).toMatch(/^He_3\(x\) of the basis hermite is off by/);
  });

  it.each([
    ['x', 'dF/dx'],
    ['c', 'dF/dc_0 .. dF/dc_3'],
    ['d', 'dF/dd_1 .. dF/dd_2'],
  ] as const)('a gradient by %s of the wrong sign', async (which, check) => {
    const differentiate: Stages['differentiate'] = (graph, names, calculus, f) => {
      const right = arithmeticOnly.differentiate(graph, names, calculus, f);
      if (which === 'x') return { ...right, x: graph.neg(right.x) };
      return { ...right, [which]: right[which].map((expr, i) => (i === 1 ? graph.neg(expr) : expr)) };
    };
    expect(failures(await rowsOf(generation({ differentiate })))).toEqual(everywhere(check));
  });

  it('the wrong sign at a kink, where nothing else is wrong', async () => {
    const differentiate: Stages['differentiate'] = (graph, names, calculus, f) => {
      const right = arithmeticOnly.differentiate(graph, names, calculus, f);
      // -sgn(-v) is sgn(v), but at 0.
      const rule: Rule = (expr, at) =>
        expr.kind === 'sgn' ? graph.neg(graph.sgn(graph.neg(at(expr.operand)))) : undefined;
      return { ...right, d: rewrite(graph, names, right.d, rule) };
    };
    expect(failures(await rowsOf(generation({ differentiate })))).toEqual([
      'at kinks / dF/dd_1 .. dF/dd_2',
      ...ON.map((group) => `${group} / dF/dd_1 .. dF/dd_2`),
    ]);
  });
});

describe('planted in the emitted text, a fault shows where that text is run', () => {
  it.each([
    ['a sign in forward', /ys\[k\] = p \/ q;/, 'ys[k] = -p / q;', ['run on cpu / F']],
    ['an index', 'c2 = c[2]!, c3 = c[3]!;\n  const d1', 'c2 = c[3]!, c3 = c[2]!;\n  const d1', ['run on cpu / F']],
    ['a constant of the composed form', 'mul(2, mul(t2, u))', 'mul(2.001, mul(t2, u))', ['run on tf ops / F']],
  ] as const)('%s', async (_, from, to, expected) => {
    const found = failures(await rowsOf(edited(from, to)));
    for (const row of expected) expect(found).toContain(row);
    expect(found.every((row) => row.startsWith(expected[0].split(' / ')[0]!))).toBe(true);
  });

  it('a byte of the wasm module', async () => {
    const of = generation();
    const [text] = of.files.values();
    const base64 = [.../base64:\n([^,]*)/.exec(text!)![1]!.matchAll(/'(.*)'/g)].map(([, line]) => line).join('');
    const bytes = Buffer.from(base64, 'base64');
    const replaced = (at: number, by: number): Generation => {
      const other = Buffer.from(bytes);
      other[at] = by;
      return edited(/(base64:\n)[^,]*/, `$1'${other.toString('base64')}'`, of);
    };
    // The last f32x4.mul (fd e6 01) becomes an add (fd e4 01).
    const mul = bytes.lastIndexOf(Buffer.from([0xfd, 0xe6, 0x01]));
    expect(mul).toBeGreaterThan(0);
    const found = failures(await rowsOf(replaced(mul + 1, 0xe4)));
    expect(found.length).toBeGreaterThan(0);
    expect(found.every((row) => row.startsWith('run on wasm'))).toBe(true);
    // The magic number.
    expect(failures(await rowsOf(replaced(0, 1)))).toEqual(['emitted text / wasm: valid']);
  });

  it('text that does not parse', async () => {
    const rows = await rowsOf(edited(/const f2 = /, 'const f2 = = '));
    expect(failures(rows)).toEqual(['emitted text / runs as a module']);
  });

  it('types', () => {
    const check = (from: string, to: string) => typeCheckModule([...edited(from, to).files.values()][0]!);
    expect(check('c0 = c[0]!', 'c0 = c[0]')).toEqual(
      expect.arrayContaining([expect.stringMatching(/^line \d+: 'c0' is possibly 'undefined'/)]),
    );
    expect(check('cpu: { forward, backward }', 'cpu: { forward }').join('\n')).toMatch(/'backward' is missing/);
    expect(check('@tensorflow/tfjs-core', '@tensorflow/tfjs-cor')[0]).toMatch(/Cannot find module/);
  });
});
