import { exp, log, pow, softplus, tanh } from './elementary.js';

/*
 * Targets with several parameters, in forms that neither overflow nor lose what is small: their textbook forms are inf/inf
 * or 0 inf from |x| = 700 on.
 */

/** log(delta + e^x). */
const logShifted = (x: number, delta: number): number =>
  delta === 0 ? x : x > 0 ? x + log(1 + delta * exp(-x)) : log(delta + exp(x));

/** beta e^(gamma x), 0 where beta is, however large the rest. */
const exponential = (beta: number, gamma: number, x: number): number => (beta === 0 ? 0 : beta * exp(gamma * x));

/** tanh(alpha x + beta e^(gamma x)) log(delta + e^x): Biswas et al., TanhSoft (arXiv 2009.03863). */
export const tanhSoft = (x: number, alpha: number, beta: number, gamma: number, delta: number): number =>
  product(tanh(alpha * x + exponential(beta, gamma, x)), logShifted(x, delta));

/** log(1 + e^x tanh(alpha x)): TanhSoft-3. */
export function tanhSoft3(x: number, alpha: number): number {
  const t = tanh(alpha * x);
  return x > 0 ? x + log(exp(-x) + t) : log(1 + exp(x) * t);
}

/** x log(1 + e^x)^alpha / (sqrt(beta + gamma x^2) + delta e^(-theta x)): Biswas et al., EIS (arXiv 2009.13501). */
export function eis(x: number, alpha: number, beta: number, gamma: number, delta: number, theta: number): number {
  const size = Math.abs(x);
  const root = size > 1 ? size * Math.sqrt(beta / size / size + gamma) : Math.sqrt(beta + gamma * x * x);
  const [power, below] = [pow(softplus(x), alpha), root + exponential(delta, -theta, x)];
  const plain = (x * power) / below;
  if (isOrdinary(power) && isOrdinary(below)) return plain;
  if (x === 0 || !(root >= 0) || delta < 0) return plain; // the true value is 0, or not a number
  // Something has overflowed or vanished: the same by logarithms, where log(1 + e^x) is x or e^x to the last bit.
  const decay = delta === 0 ? -Infinity : log(delta) - theta * x;
  const [small, large] = [Math.min(log(root), decay), Math.max(log(root), decay)];
  const logPower = alpha * (x < -37 ? x : log(softplus(x)));
  return (x < 0 ? -1 : 1) * exp(log(size) + logPower - large - log(1 + exp(small - large)));
}

const isOrdinary = (value: number): boolean => value > 1e-300 && value < 1e300;

/** 0 inf is 0 here: the factor that vanishes does so faster. */
const product = (u: number, v: number): number => (u === 0 || v === 0 ? 0 : u * v);
