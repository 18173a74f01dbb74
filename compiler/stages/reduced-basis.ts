import type { Expansion } from './expand.js';
import type { Graph } from '../expr/graph.js';
import type { Names } from '../expr/names.js';
import type { Expr, Variable } from '../expr/node.js';
import { add, degree, multiply, scale, type Polynomial } from '../exact/polynomial.js';
import { rational, type Fraction } from '../exact/rational.js';

/**
 * A basis with parity by its halves: f_k = e_k(z) for even k and f_k = x g_k(z) for odd k, z = x^2, where
 * e_{k+1} = a z g_k - c e_{k-1} and g_{k+1} = a e_k - c g_{k-1}. Only z, the e_k and the g_k are computed.
 */
export class ReducedBasis {
  private readonly z: Expr;
  /** e_k or g_k. */
  private readonly halves: Expr[];
  /** f'_k for odd k, f'_k / x for even k. */
  private readonly slopes: Expr[];

  constructor(
    private readonly graph: Graph,
    private readonly names: Names,
    private readonly expansion: Expansion,
    private readonly x: Variable,
  ) {
    this.z = names.label(graph.mul(x, x), 'z');
    this.halves = [graph.constant(1), graph.constant(expansion.family.recurrence(0).a)];
    this.slopes = [graph.constant(0), this.halves[1]!];
  }

  /** f_k */
  value(k: number): Expr {
    return this.withX(this.half(k), k % 2 === 1);
  }

  /** x e_{k-1} for odd k, where f_k = a x e_{k-1} - c f_{k-2}. */
  rising(k: number): Expr {
    return this.withX(this.half(k - 1), true);
  }

  /** f'_k, by its sparse step where the family has one, else from the dense row of the derivative matrix. */
  slope(index: number): Expr {
    const { graph, slopes } = this;
    for (let k = slopes.length; k <= index; k++) {
      const step = this.expansion.derivativeSteps[k];
      const slope =
        step === undefined
          ? this.expansion.derivatives[k]!.reduce<Expr>(
              (total, entry, l) => graph.add(total, this.times(entry, this.half(l))),
              graph.constant(0),
            )
          : graph.add(this.times(step.alpha, this.half(k - 1)), this.times(step.gamma, slopes[k - 2]!));
      // Without a name: a constant factor goes to the coefficient, which is multiplied once a call.
      slopes.push(slope);
    }
    return this.withX(slopes[index]!, index % 2 === 0);
  }

  private half(index: number): Expr {
    const { graph, halves } = this;
    for (let k = halves.length; k <= index; k++) {
      const { a, c } = this.expansion.family.recurrence(k - 1);
      const rising = k % 2 === 0 ? graph.mul(this.times(a, this.z), halves[k - 1]!) : this.times(a, halves[k - 1]!);
      const half = this.linear(k) ?? this.square(k) ?? graph.sub(rising, this.times(c, halves[k - 2]!));
      halves.push(this.names.label(half, `${k % 2 === 0 ? 'f' : 'g'}${k}`));
    }
    return halves[index]!;
  }

  /** e_2 and g_3 are linear in z: at once, not g_3 by way of e_2. */
  private linear(k: number): Expr | undefined {
    if (k > 3) return undefined;
    const [low, high] = [k - 2, k].map((power) => this.expansion.polynomials[k]![power]!);
    return this.graph.add(this.times(high!, this.z), this.graph.constant(low!));
  }

  /** A half that is the square of another but for a constant, as He_4 is g_3^2 - 6. */
  private square(k: number): Expr | undefined {
    const whole = this.polynomial(k);
    for (let j = 2; j < k; j++) {
      const root = this.polynomial(j);
      if (2 * degree(root) !== degree(whole)) continue;
      const [constant, ...rest] = add(whole, scale(multiply(root, root), rational(-1)));
      if (rest.length > 0) continue;
      const half = this.half(j);
      return this.graph.add(this.graph.mul(half, half), this.graph.constant(constant ?? 0));
    }
    return undefined;
  }

  /** e_k or g_k in powers of z. */
  private polynomial(k: number): Polynomial {
    return this.expansion.polynomials[k]!.filter((_, power) => power % 2 === k % 2);
  }

  private withX(half: Expr, odd: boolean): Expr {
    return odd ? this.graph.mul(this.x, half) : half;
  }

  private times(factor: Fraction, value: Expr): Expr {
    return this.graph.mul(this.graph.constant(factor), value);
  }
}
