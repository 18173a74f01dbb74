/** From data to pixels, with round ticks. */
export interface Scale {
  readonly low: number;
  readonly high: number;
  readonly ticks: readonly number[];
  toPixel(value: number): number;
  /** A tick's text: all ticks of one axis show equally many decimals. */
  format(tick: number): string;
}

/** A scale over [low, high]; `from` and `to` are the pixels of the ends (for a y axis, `from` is the larger one). */
export function linearScale(low: number, high: number, from: number, to: number, aboutTicks = 5): Scale {
  const step = roundStep((high - low) / aboutTicks);
  const ticks: number[] = [];
  for (let i = Math.ceil(low / step - 1e-9); i * step <= high + step * 1e-9; i++)
    ticks.push(Number((i * step).toPrecision(12)));
  const decimals = Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
  return {
    low,
    high,
    ticks,
    toPixel: (value) => from + ((value - low) / (high - low)) * (to - from),
    format: (tick) => tick.toFixed(decimals).replace('-', '\u2212'),
  };
}

/** 1, 2 or 5 times a power of ten, near `step`. */
export function roundStep(step: number): number {
  const power = 10 ** Math.floor(Math.log10(step));
  const lead = step / power;
  return power * (lead < 1.5 ? 1 : lead < 3.5 ? 2 : lead < 7.5 ? 5 : 10);
}

/** The smallest and largest of the finite values, moved apart where they are one. */
export function extent(values: readonly number[]): [number, number] {
  const finite = values.filter(Number.isFinite);
  const low = Math.min(...finite);
  const high = Math.max(...finite);
  if (finite.length === 0) return [0, 1];
  return low === high ? [low - 0.5, high + 0.5] : [low, high];
}
