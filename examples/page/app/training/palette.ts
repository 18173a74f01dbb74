export type Colour = readonly [red: number, green: number, blue: number];

const reader = document.createElement('canvas').getContext('2d')!;

/** A colour of the style sheet as it stands, light or dark. */
export function colour(property: string): Colour {
  // A canvas writes any opaque colour as #rrggbb.
  reader.fillStyle = getComputedStyle(document.documentElement).getPropertyValue(property).trim();
  const value = Number.parseInt(reader.fillStyle.slice(1), 16);
  return [value >> 16, (value >> 8) & 255, value & 255];
}

export const mix = (from: Colour, to: Colour, part: number): Colour =>
  [0, 1, 2].map((i) => from[i]! + (to[i]! - from[i]!) * part) as unknown as Colour;

export const css = (value: Colour): string => `rgb(${value.map(Math.round).join(' ')})`;

/** Calls when the colours of the style sheet change. */
export const onColours = (run: () => void): void =>
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', run);
