import type { Notation } from './notation.js';
import type { Family } from '../bases/index.js';

/** Mathematics in plain text: `c0 + c1 * He_1`, `p / q`, `|d1|`. */
export const plainText = ({ write }: Family): Notation => ({
  constant: (value) => value.toFraction(),
  name: (name) => name,
  basis(index, order) {
    const symbol = write(String(index)).replace(/\([xu]\)$/, '');
    return order === 0 ? symbol : /^[\w~]+$/.test(symbol) ? `${symbol}'` : `(${symbol})'`;
  },
  abs: (value) => `|${value}|`,
  sgn: (value) => `sgn(${value})`,
  max: (left, right) => `max(${left}, ${right})`,
  product: (left, right) => `${left} * ${right}`,
  quotient: (top, bottom) => `${top} / ${bottom}`,
  power: (base, exponent) => `${base}^${exponent}`,
  partial: (by) => `dF/d${by}`,
  hasBars: false,
  parenthesised: (value) => `(${value})`,
});
