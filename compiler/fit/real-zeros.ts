import type { Polynomial } from '../exact/polynomial.js';

/**
 * Whether a polynomial has a real zero, between `from` and `to` or, without them, at all. Decided exactly by Sturm's
 * theorem over the integers: the answer about a denominator's poles is a proof, not a sample.
 */
export function hasRealZero(p: Polynomial, from?: bigint, to?: bigint): boolean {
  const chain = sturmChain(integers(p));
  const bound = zeroBound(chain[0]!);
  const [low, high] = [from ?? -bound, to ?? bound];
  if (valueAt(chain[0]!, low) === 0n || valueAt(chain[0]!, high) === 0n) return true;
  return signChanges(chain, low) !== signChanges(chain, high); // distinct zeros: multiple ones count as well
}

type Integers = readonly bigint[];

function integers(p: Polynomial): Integers {
  const common = p.reduce((product, a) => (product * a.d) / gcd(product, a.d), 1n);
  const whole = p.map((a) => a.s * a.n * (common / a.d));
  const content = whole.reduce(gcd, 0n);
  return whole.map((a) => a / content);
}

/**
 * p, p', and each further member minus a positive multiple of the remainder of the two before. The divisor beta is that of
 * the subresultants (Brown 1978), up to signs, which Sturm's theorem needs kept: it divides exactly, and the
 * integers stay near n times as long as p's without a gcd at each step.
 */
function sturmChain(p: Integers): readonly Integers[] {
  const chain: Integers[] = [p];
  let next = trimmed(p.slice(1).map((a, i) => a * BigInt(i + 1)));
  let psi = 1n;
  while (next.length > 0) {
    const previous = chain[chain.length - 1]!;
    const gap = BigInt(previous.length - next.length);
    const beta = chain.length === 1 ? 1n : size(lead(previous)) * psi ** gap;
    chain.push(next);
    psi = size(lead(next)) ** gap / psi ** (gap - 1n);
    next = trimmed(remainder(previous, next).map((a) => -a / beta));
  }
  return chain;
}

/** A positive multiple of p mod q: each step multiplies by the size of q's leading coefficient. */
function remainder(p: Integers, q: Integers): Integers {
  const rest = [...p];
  const factor = size(lead(q));
  const sign = lead(q) < 0n ? -1n : 1n;
  while (rest.length >= q.length) {
    const top = rest[rest.length - 1]! * sign;
    const shift = rest.length - q.length;
    for (let i = 0; i < rest.length; i++) rest[i] = rest[i]! * factor - (i >= shift ? top * q[i - shift]! : 0n);
    rest.pop();
  }
  return rest;
}

function trimmed(p: Integers): Integers {
  let length = p.length;
  while (length > 0 && p[length - 1] === 0n) length--;
  return p.slice(0, length);
}

const lead = (p: Integers): bigint => p[p.length - 1]!;
const size = (a: bigint): bigint => (a < 0n ? -a : a);

function gcd(a: bigint, b: bigint): bigint {
  while (b !== 0n) [a, b] = [b, a % b];
  return size(a);
}

/** Cauchy: every zero is smaller than 1 + max |a_i / a_n|. */
function zeroBound(p: Integers): bigint {
  const largest = p.reduce((most, a) => (size(a) > most ? size(a) : most), 0n);
  return 2n + largest / size(lead(p));
}

const valueAt = (p: Integers, x: bigint): bigint => p.reduceRight((value, a) => value * x + a, 0n);

function signChanges(chain: readonly Integers[], x: bigint): number {
  const signs = chain.map((p) => valueAt(p, x)).filter((value) => value !== 0n);
  return signs.filter((value, i) => i > 0 && value < 0n !== signs[i - 1]! < 0n).length;
}
