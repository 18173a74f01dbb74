/** What the project holds its backends to: units of 2^-24 of the sum of the terms' magnitudes. */
export const ALLOWED_UNITS = 32;

export const units = (value: number): string => (Number.isFinite(value) ? value.toPrecision(2) : 'infinitely many');
