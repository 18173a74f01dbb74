import type { FlagValues } from './flags.js';
import { print, type Io } from './io.js';
import { plotFile, writePlot } from './plot-file.js';
import { specOf } from './request.js';
import { fitLines, fitTitle } from '../emit/fit-lines.js';
import { formulas } from '../emit/formulas.js';
import { fitInitial, type Fit } from '../fit/index.js';
import type { Spec } from '../spec.js';
import { FLOAT32, shortest } from '../targets/number.js';

/** Prints an activation's initial coefficients and how well they do, as text or JSON. Throws UsageError. */
export async function fitCommand(flags: FlagValues, io: Io): Promise<number> {
  const spec = await specOf(flags, io);
  const plot = await plotFile(flags, io);
  const fit = fitInitial(spec);
  if (plot !== undefined) await writePlot(plot, spec, fit, io);
  await print(io, flags.has('json') ? fitJson(spec, fit) : fitText(spec, fit));
  return 0;
}

function fitText(spec: Spec, fit: Fit): string {
  const list = (name: string, from: number, values: readonly number[]): readonly string[] =>
    values.map((value, k) => `${`${name}_${k + from}`.padEnd(5)} ${shortest(value, FLOAT32)}`);
  const lines = [
    ...formulas(spec).definition,
    formulas(spec).recurrence,
    '',
    fitTitle(spec),
    ...fitLines(fit).map((line) => `  ${line}`),
    '',
    ...list('c', 0, fit.c),
    ...list('d', 1, fit.d),
  ];
  return `${lines.join('\n')}\n`;
}

/** What `--initial` reads, and all that the fit reports; what is infinite or has no value is null. */
function fitJson(spec: Spec, fit: Fit): string {
  const { family, m, n, denominator, target, interval, norm, tail, zeroCentre, initial } = spec;
  const value = {
    ...{ basis: family.name, m, n, denominator, target: target.name, interval },
    ...(initial === undefined ? { norm, tail, zeroCentre } : { source: initial.source }),
    ...fit,
  };
  return `${JSON.stringify(value, undefined, 2)}\n`;
}
