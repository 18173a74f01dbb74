/** How long generation takes and how large its output is, by degree and over all families. `npm run bench:generation`. */
import { families } from '../compiler/bases/index.js';
import { parseTarget } from '../compiler/fit/targets.js';
import { generate, STAGES } from '../compiler/generate.js';
import { defineSpec, DENOMINATORS, type Spec } from '../compiler/spec.js';

const target = parseTarget('leaky_relu');

/** Milliseconds of one generation, and how much of them the fit and the witness took. */
function timed(spec: Spec): { total: number; fit: number; witness: number; bytes: number } {
  const spent = { fit: 0, witness: 0 };
  const clock =
    <A extends unknown[], R>(name: keyof typeof spent, stage: (...args: A) => R) =>
    (...args: A): R => {
      const start = performance.now();
      const result = stage(...args);
      spent[name] += performance.now() - start;
      return result;
    };
  const stages = { ...STAGES, fit: clock('fit', STAGES.fit), witness: clock('witness', STAGES.witness) };
  const start = performance.now();
  const { files } = generate(spec, stages);
  const total = performance.now() - start;
  return { total, ...spent, bytes: [...files.values()].reduce((sum, text) => sum + text.length, 0) };
}

const all = families.flatMap((family) =>
  DENOMINATORS.map((denominator) => defineSpec({ basis: family.name, m: 5, n: 4, denominator, target })),
);
const start = performance.now();
all.forEach(timed);
console.log(
  `all ${families.length} bases x ${DENOMINATORS.length} denominators at 5/4 in one process: ${((performance.now() - start) / 1000).toFixed(1)} s\n`,
);

console.log(
  '| m/n, chebyshev-t sum-abs | kB | ms without fit and witness | witness ms | fit ms |\n|---|---|---|---|---|',
);
for (const degree of [4, 8, 16, 24, 32]) {
  const spec = defineSpec({ basis: 'chebyshev-t', m: degree, n: degree, target });
  const runs = [timed(spec), timed(spec), timed(spec)];
  const middle = (value: (run: (typeof runs)[number]) => number): string =>
    runs
      .map(value)
      .sort((a, b) => a - b)[1]!
      .toFixed(0);
  const columns = [
    `${(runs[0]!.bytes / 1000).toFixed(1)}`,
    middle((r) => r.total - r.fit - r.witness),
    middle((r) => r.witness),
    middle((r) => r.fit),
  ];
  console.log(`| ${degree}/${degree} | ${columns.join(' | ')} |`);
}
