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
  return primitive(p.map((a) => a.s * a.n * (common / a.d)));
}

function sturmChain(p: Integers): readonly Integers[] {
  const slope = p.slice(1).map((a, i) => a * BigInt(i + 1));
  const chain: Integers[] = [p];
  for (let next = primitive(slope); next.length > 0; ) {
    const previous = chain[chain.length - 1]!;
    chain.push(next);
    next = primitive(remainder(previous, next).map((a) => -a));
  }
  return chain;
}

/** A positive multiple of p mod q: each step multiplies by the size of q's leading coefficient. */
function remainder(p: Integers, q: Integers): Integers {
  const rest = [...p];
  const lead = q[q.length - 1]!;
  const factor = lead < 0n ? -lead : lead;
  while (rest.length >= q.length) {
    const top = rest[rest.length - 1]! * (lead < 0n ? -1n : 1n);
    const shift = rest.length - q.length;
    for (let i = 0; i < rest.length; i++) rest[i] = rest[i]! * factor - (i >= shift ? top * q[i - shift]! : 0n);
    rest.pop();
  }
  return rest;
}

function primitive(p: Integers): Integers {
  const trimmed = [...p];
  while (trimmed.length > 0 && trimmed[trimmed.length - 1] === 0n) trimmed.pop();
  const content = trimmed.reduce((divisor, a) => gcd(divisor, a), 0n);
  return trimmed.map((a) => a / content);
}

function gcd(a: bigint, b: bigint): bigint {
  while (b !== 0n) [a, b] = [b, a % b];
  return a < 0n ? -a : a;
}

/** Cauchy: every zero is smaller than 1 + max |a_i / a_n|. */
function zeroBound(p: Integers): bigint {
  const size = (a: bigint): bigint => (a < 0n ? -a : a);
  const largest = p.reduce((most, a) => (size(a) > most ? size(a) : most), 0n);
  return 2n + largest / size(p[p.length - 1]!);
}

const valueAt = (p: Integers, x: bigint): bigint => p.reduceRight((value, a) => value * x + a, 0n);

function signChanges(chain: readonly Integers[], x: bigint): number {
  const signs = chain.map((p) => valueAt(p, x)).filter((value) => value !== 0n);
  return signs.filter((value, i) => i > 0 && value < 0n !== signs[i - 1]! < 0n).length;
}
