import { UsageError } from '../errors.js';
import { Fraction, isZero } from '../exact/rational.js';

/** A value for each k. Throws UsageError where there is none that is rational. */
export type ExpressionInK = (k: number) => Fraction;

const MAX_LENGTH = 100; // bounds the depth of the recursion, and lines of comments
const MAX_EXPONENT = 64;
const ALLOWED = 'use whole or decimal numbers, k, + - * / ^ and parentheses';

/**
 * Reads an exact rational expression in k, such as `(2*k+1)/(k+1)`. `what` names it in errors. The text is not evaluated
 * by JavaScript: it becomes closures over exact fractions. Throws UsageError.
 */
export function parseExpression(text: string, what: string): ExpressionInK {
  if (text.length > MAX_LENGTH)
    throw new UsageError(`${what} has ${text.length} characters: use at most ${MAX_LENGTH}`);
  return new Parser(text, what).parse();
}

/** Recursive descent: sum = product (+ product)*, product = sign (* sign)*, sign = - sign | power, power = atom ^ sign. */
class Parser {
  private readonly tokens: readonly string[];
  private position = 0;
  private readonly shown: string;

  constructor(text: string, what: string) {
    this.shown = `${what} = ${JSON.stringify(text)}`;
    this.tokens = text.match(/\d+(?:\.\d+)?|[^\s\d]|\d/g) ?? [];
  }

  parse(): ExpressionInK {
    const value = this.sum();
    if (this.next !== undefined) throw this.unexpected();
    return value;
  }

  private get next(): string | undefined {
    return this.tokens[this.position];
  }

  private accept(...tokens: readonly string[]): string | undefined {
    const { next } = this;
    if (next === undefined || !tokens.includes(next)) return undefined;
    this.position++;
    return next;
  }

  private sum(): ExpressionInK {
    let left = this.product();
    for (let sign = this.accept('+', '-'); sign !== undefined; sign = this.accept('+', '-')) {
      const [a, b, isPlus] = [left, this.product(), sign === '+'];
      left = (k) => (isPlus ? a(k).add(b(k)) : a(k).sub(b(k)));
    }
    return left;
  }

  private product(): ExpressionInK {
    let left = this.signed();
    for (let sign = this.accept('*', '/'); sign !== undefined; sign = this.accept('*', '/')) {
      const [a, b, isTimes] = [left, this.signed(), sign === '*'];
      left = (k) => (isTimes ? a(k).mul(b(k)) : a(k).div(this.nonzero(b(k), k)));
    }
    return left;
  }

  private signed(): ExpressionInK {
    const sign = this.accept('+', '-');
    if (sign === undefined) return this.power();
    const operand = this.signed();
    return sign === '+' ? operand : (k) => operand(k).neg();
  }

  /** `-k^2` is -(k^2), and `2^-k` and `k^2^3` = k^(2^3) are read as everywhere. */
  private power(): ExpressionInK {
    const base = this.atom();
    if (this.accept('^') === undefined) return base;
    const exponent = this.signed();
    return (k) => {
      const power = exponent(k);
      if (power.d !== 1n || power.n > MAX_EXPONENT) {
        throw new UsageError(
          `the exponent in ${this.shown} is ${power.toFraction()} at k = ${k}: ` +
            `it must be a whole number from -${MAX_EXPONENT} to ${MAX_EXPONENT}, so that every value is rational`,
        );
      }
      const value = power.s < 0n ? this.nonzero(base(k), k) : base(k);
      return value.pow(power)!; // null for irrational powers only
    };
  }

  private atom(): ExpressionInK {
    const token = this.next;
    if (this.accept('k') !== undefined) return (k) => new Fraction(k);
    if (token !== undefined && /^\d/.test(token)) {
      this.position++;
      const value = new Fraction(token);
      return () => value;
    }
    if (this.accept('(') === undefined) throw this.unexpected();
    const inner = this.sum();
    if (this.accept(')') === undefined) throw this.unexpected();
    return inner;
  }

  private nonzero(value: Fraction, k: number): Fraction {
    if (isZero(value)) throw new UsageError(`${this.shown} divides by zero at k = ${k}: it must not for any k`);
    return value;
  }

  private unexpected(): UsageError {
    const before = this.tokens[this.position - 1] ?? '';
    const found = this.next === undefined ? 'it ends too early' : `unexpected ${JSON.stringify(this.next)}`;
    const hint = /^[\dk)]/.test(before) && /^[\dk(]/.test(this.next ?? '') ? `, write ${before}*${this.next}` : '';
    return new UsageError(`cannot read ${this.shown}: ${found}${hint}; ${ALLOWED}`);
  }
}
