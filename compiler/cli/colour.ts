import type { Io, Output } from './io.js';

export type Style = 'bold' | 'red' | 'green' | 'cyan';

const CODES: Readonly<Record<Style, readonly [on: number, off: number]>> = {
  bold: [1, 22],
  red: [31, 39],
  green: [32, 39],
  cyan: [36, 39],
};

/** Styles text where the output shows it. */
export type Paint = (style: Style, text: string) => string;

export const paintFor = (output: Output, env: Io['env']): Paint =>
  isColoured(output, env)
    ? (style, text) => `\u001b[${CODES[style][0]}m${text}\u001b[${CODES[style][1]}m`
    : (_, text) => text;

/** Only on a terminal or where FORCE_COLOR asks for it, and never under NO_COLOR (no-color.org). */
function isColoured({ isTTY }: Output, env: Io['env']): boolean {
  if ((env['NO_COLOR'] ?? '') !== '') return false;
  const forced = env['FORCE_COLOR'];
  if (forced !== undefined) return forced !== '0' && forced !== 'false';
  return isTTY && env['TERM'] !== 'dumb';
}
