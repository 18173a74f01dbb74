import { readCoefficients } from './coefficients.js';
import type { FlagName, FlagValues } from './flags.js';
import { print, type Io } from './io.js';
import { valueOf } from './request.js';
import { resolveBasis, type Basis } from '../bases/resolve.js';
import { convert, type NamedBasis } from '../convert.js';
import { unknownName } from '../did-you-mean.js';
import { UsageError } from '../errors.js';
import type { Fraction } from '../exact/rational.js';
import { DENOMINATORS, isDenominator } from '../spec.js';
import { FLOAT32, nearest, shortest } from '../targets/number.js';

/** Prints the coefficients of the same function in another basis, as JSON: float32 numbers, and exactly. Throws UsageError. */
export async function convertCommand(flags: FlagValues, io: Io): Promise<number> {
  const denominator = valueOf(flags, 'denominator');
  if (!isDenominator(denominator)) throw unknownName('denominator', denominator, DENOMINATORS);
  const from = basisOf(flags, 'from', 'from-domain', 'from-normalise');
  const to = basisOf(flags, 'to', 'domain', 'normalise');
  const given = await readCoefficients(flags, io);
  const { c, d } = convert(given, from, to, denominator);
  const lines = [
    `  "basis": ${JSON.stringify(to.name)},`,
    `  "denominator": "${denominator}",`,
    `  "c": [${floats('c', 0, c).join(', ')}],`,
    `  "d": [${floats('d', 1, d).join(', ')}],`,
    `  "exact": {`,
    `    "c": [${texts(c).join(', ')}],`,
    `    "d": [${texts(d).join(', ')}]`,
    `  }`,
  ];
  await print(io, ['{', ...lines, '}', ''].join('\n'));
  return 0;
}

function basisOf(flags: FlagValues, name: FlagName, domainFlag: FlagName, normaliseFlag: FlagName): NamedBasis {
  const basis = flags.get(name);
  if (basis === undefined) {
    throw new UsageError(`--${name} is missing: use for example --from monomial --to hermite --c 0,1,1/2`);
  }
  const found = resolveBasis({
    basis,
    domain: flags.get(domainFlag)?.split(','),
    normalise: flags.has(normaliseFlag),
  });
  return { family: found.family, name: described(found) };
}

/** `legendre on [-3, 3], normalised`. */
const described = ({ family, domain, normalise }: Basis): string =>
  family.name +
  (domain === undefined ? '' : ` on [${domain.map((end) => end.toFraction()).join(', ')}]`) +
  (normalise ? ', normalised' : '');

const texts = (values: readonly Fraction[]): string[] => values.map((value) => `"${value.toFraction()}"`);

/** As JSON numbers, which read back to the same float32. */
const floats = (name: string, first: number, values: readonly Fraction[]): string[] =>
  values.map((value, i) => {
    const rounded = nearest(value, FLOAT32);
    if (Number.isFinite(rounded)) return shortest(rounded, FLOAT32).replace(/\.0$/, '');
    throw new UsageError(`${name}_${first + i} is ${value.toString(3)} in this basis, beyond float32`);
  });
