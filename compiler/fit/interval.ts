import { UsageError } from '../errors.js';

const NUMBER = /^[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?$/i;

/** The two ends of an interval as a person writes them, `-3,3`; in which order is for the spec to check. Throws UsageError. */
export function parseInterval(text: string): readonly [number, number] {
  const ends = text.split(',').map((end) => end.trim());
  if (ends.length === 2 && ends.every((end) => NUMBER.test(end))) return [Number(ends[0]), Number(ends[1])];
  throw new UsageError(`--interval is "${text}": give two numbers with a comma between, the smaller first, as in -3,3`);
}
