import type { Family } from '../../../../compiler/bases/index.js';
import type { Denominator } from '../../../../compiler/spec.js';

type Child = Node | string;

/** An element of MathML, which browsers set as mathematics and read aloud. */
function math(name: string, ...children: readonly Child[]): Element {
  const element = document.createElementNS('http://www.w3.org/1998/Math/MathML', name);
  element.append(...children);
  return element;
}

const row = (...children: readonly Child[]): Element => math('mrow', ...children);
const name = (text: string): Element => math('mi', text);
const sign = (text: string): Element => math('mo', text);
const number = (value: number): Element => math('mn', String(value));
const applied = (to: string): readonly Element[] => [sign('('), name(to), sign(')')];

/** f_k as the family writes it: `He_k(x)`, `x^k`; of u where it is on a domain, and `He~_k` where it is normalised. */
function member(family: Family, index: string): Element {
  const written = family.write(index);
  const [, base, power] = /^([xu])\^(\w+)$/.exec(written) ?? [];
  if (base !== undefined && power !== undefined) return math('msup', name(base), name(power));
  const [, letters, tilde, subscript, of] = /^(\w+?)(~?)_(\w+)\(([xu])\)$/.exec(written) ?? [];
  if (letters === undefined || subscript === undefined || of === undefined) return math('mtext', written);
  const letter = tilde === '' ? name(letters) : math('mover', name(letters), sign('~'));
  return row(math('msub', letter, name(subscript)), ...applied(of));
}

function sum(index: string, from: number, to: number, coefficient: string, family: Family, bars: boolean): Element {
  const term = [math('msub', name(coefficient), name(index)), member(family, index)];
  const bar = (): Element => {
    const fence = sign('|');
    fence.setAttribute('stretchy', 'false');
    return fence;
  };
  return row(
    math('munderover', sign('∑'), row(name(index), sign('='), number(from)), number(to)),
    row(...(bars ? [bar(), ...term, bar()] : term)),
  );
}

/** F(x) = P(x) / Q(x), spelt out. */
export function formula(family: Family, m: number, n: number, denominator: Denominator): Element {
  const p = sum('i', 0, m, 'c', family, false);
  const terms = (bars: boolean): Element => sum('j', 1, n, 'd', family, bars);
  const q = {
    'sum-abs': () => [terms(true)],
    'abs-sum': () => [sign('|'), terms(false), sign('|')],
    none: () => [terms(false)],
  }[denominator]();
  const body = n === 0 ? p : math('mfrac', p, row(number(1), sign('+'), ...q));
  const whole = math('math', row(name('F'), ...applied('x'), sign('='), body));
  whole.setAttribute('display', 'block');
  return whole;
}
