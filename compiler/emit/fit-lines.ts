import type { Fit } from '../fit/index.js';
import { NORMS, type Spec } from '../spec.js';

/** A measured value in comments: four significant digits. */
export const short = (value: number): string => String(Number(value.toPrecision(4)));

/** Where the initial coefficients come from: `leaky_relu(0.01) on [-3, 3]`, and how, where that is not the usual way. */
export function fitTitle({ target, interval: [low, high], norm, tail, zeroCentre, initial }: Spec): string {
  const ways = [
    ...(norm === NORMS[0] ? [] : ['minimax']),
    ...(tail === 'free' ? ['free tails'] : []),
    ...(zeroCentre ? ['F(0) = 0'] : []),
    ...(initial === undefined ? [] : [`as given by ${initial.source}`]),
  ];
  return [`${target.name} on [${low}, ${high}]`, ...ways].join(', ');
}

/** What an initial fit does, in lines of plain text for headers and the command's summary. */
export function fitLines(fit: Fit): readonly string[] {
  const { samples, slopes, targetSlopes, slopeBound, secondMoment, condition } = fit;
  const sides = (values: readonly [number, number]): string =>
    values
      .map((value) => (Number.isNaN(value) ? 'none' : Number.isFinite(value) ? short(value) : infinity(value)))
      .join(', ');
  const bound = slopeBound === undefined ? '' : `; held within ${short(slopeBound)} of that`;
  return [
    `RMSE ${short(fit.rmse)}, maximum error ${short(fit.maxError)} at x = ${short(fit.maxErrorAt)}`,
    samples.map(({ x, y }) => `F(${x}) = ${short(y)}`).join(', '),
    `slopes at -inf, inf: ${sides(slopes)}; the target's: ${sides(targetSlopes)}${bound}`,
    `E[F(z)^2] = ${short(secondMoment)} for z ~ N(0, 1); condition of the c_i ${short(condition)}`,
  ];
}

const infinity = (value: number): string => (value < 0 ? '-inf' : 'inf');
