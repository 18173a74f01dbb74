export const percent = (part: number): string => `${(100 * part).toFixed(1)} %`;

/** A difference of two parts, in percentage points, with its sign. */
export const points = (difference: number): string =>
  `${difference < 0 ? '-' : '+'}${Math.abs(100 * difference).toFixed(1)}`;

export const seconds = (value: number): string => `${value.toFixed(value < 10 ? 2 : 1)} s`;

export const ratio = (value: number): string => `${value.toFixed(2)} x`;

/** `4 min 05 s`, `38 s`. */
export function duration(value: number): string {
  const whole = Math.max(0, Math.round(value));
  if (whole < 60) return `${whole} s`;
  return `${Math.floor(whole / 60)} min ${String(whole % 60).padStart(2, '0')} s`;
}

/** 10000 as `10,000`, the same in every locale. */
export const thousands = (value: number): string => String(value).replace(/\B(?=(\d{3})+$)/g, ',');

export const plural = (count: number, noun: string): string => `${thousands(count)} ${noun}${count === 1 ? '' : 's'}`;
