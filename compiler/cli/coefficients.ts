import { resolve } from 'node:path';
import type { FlagValues } from './flags.js';
import { reasonOf, type Io } from './io.js';
import type { Coefficients } from '../convert.js';
import { UsageError } from '../errors.js';
import { Fraction } from '../exact/rational.js';
import { MAX_DEGREE } from '../spec.js';

const DECIMAL = /^[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d{1,3})?$/i;
const QUOTIENT = /^[-+]?\d+\/\d*[1-9]\d*$/;
const LONGEST = 400;

/** The coefficients of `--c` and `--d`, or of the JSON file `--coefficients`, as exact rationals. Throws UsageError. */
export async function readCoefficients(flags: FlagValues, io: Io): Promise<Coefficients> {
  const [path, c, d] = [flags.get('coefficients'), flags.get('c'), flags.get('d')];
  if (path === undefined) {
    if (c === undefined) throw new UsageError('--c is missing: use for example --c 0,1,1/2, or --coefficients FILE');
    return checked('--', { c: c.split(','), d: d?.split(',') ?? [] });
  }
  if (c !== undefined || d !== undefined)
    throw new UsageError('--coefficients and --c or --d are given: use one of them');
  return checked(`--coefficients "${path}": `, await readJson(path, io));
}

/** `c` and `d` of a JSON object; those of its member `exact` where it has one, as `convert` itself writes it. */
async function readJson(path: string, io: Io): Promise<Record<'c' | 'd', readonly unknown[]>> {
  const fault = (what: string): UsageError => new UsageError(`--coefficients "${path}": ${what}`);
  let text: string;
  try {
    text = await io.fs.readFile(resolve(io.cwd, path), 'utf8');
  } catch (error) {
    throw fault(reasonOf(error));
  }
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw fault(`no JSON: ${(error as Error).message}`);
  }
  const member = (from: unknown, name: string): unknown =>
    typeof from === 'object' && from !== null ? (from as Record<string, unknown>)[name] : undefined;
  const object = member(json, 'exact') ?? json;
  const [c, d] = [member(object, 'c'), member(object, 'd') ?? []];
  if (!Array.isArray(c) || !Array.isArray(d)) {
    throw fault('use an object with arrays c and d, such as {"c": [0, 1, "1/2"], "d": [0.25]}');
  }
  return { c, d };
}

/** `where` stands before the name of what is wrong. */
function checked(where: string, { c, d }: Record<'c' | 'd', readonly unknown[]>): Coefficients {
  const list = (name: 'c' | 'd', values: readonly unknown[], least: number): readonly Fraction[] => {
    if (values.length < least || values.length > MAX_DEGREE + least) {
      throw new UsageError(
        `${where}${name} has ${values.length} coefficients: use ${least} to ${MAX_DEGREE + least}, lowest degree first`,
      );
    }
    return values.map((value, i) => {
      const number = exact(value);
      if (number !== undefined) return number;
      const shown = typeof value === 'string' ? `"${value}"` : JSON.stringify(value);
      throw new UsageError(
        `${where}${name} holds ${shown} at place ${i + 1}: use numbers such as -3, 0.25, 1e-4 or 1/3`,
      );
    });
  };
  return { c: list('c', c, 1), d: list('d', d, 0) };
}

/** Numbers are what their decimal digits say. */
function exact(value: unknown): Fraction | undefined {
  if (typeof value !== 'string' && typeof value !== 'number') return undefined;
  const text = String(value).trim();
  if (text.length > LONGEST) return undefined;
  if (QUOTIENT.test(text)) return new Fraction(text);
  if (!DECIMAL.test(text)) return undefined;
  const [digits, exponent = '0'] = text.toLowerCase().split('e') as [string, string?];
  return new Fraction(digits).mul(new Fraction(10).pow(Number(exponent))!);
}
