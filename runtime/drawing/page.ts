import { element, escape } from './markup.js';
import { CHART_STYLE } from './style.js';

/** A page that needs nothing around it: no script, no network. The parts are markup. */
export const page = (title: string, parts: readonly string[]): string =>
  [
    '<!doctype html>',
    '<html lang="en">',
    '<head><meta charset="utf-8"/><meta name="viewport" content="width=device-width, initial-scale=1"/>',
    `<title>${escape(title)}</title>`,
    `<style>${CHART_STYLE}</style></head>`,
    `<body><main><h1>${escape(title)}</h1>`,
    ...parts,
    '</main></body>',
    '</html>',
    '',
  ].join('\n');

/** A picture with its caption, and more markup below it. */
export const figure = (caption: string, picture: string, below = ''): string =>
  element('figure', {}, element('figcaption', {}, escape(caption)), picture, below);

/** A sample of each line or area with its name. */
export function legend(entries: readonly (readonly [style: string, name: string])[]): string {
  const sample = (style: string): string =>
    element(
      'svg',
      { class: 'sample', viewBox: '0 0 28 12', 'aria-hidden': 'true' },
      /\b(inputs|band)\b/.test(style)
        ? element('rect', { class: style, x: 0, y: 2, width: 28, height: 8 })
        : element('polyline', { class: style, points: '0,6 28,6' }),
    );
  return element(
    'ul',
    { class: 'legend' },
    ...entries.map(([style, name]) => element('li', {}, sample(style), escape(name))),
  );
}

/** A table that scrolls by itself where the page is narrow. `swatch` gives a row's colour. */
export function table(
  head: readonly string[],
  body: readonly (readonly string[])[],
  swatch?: (row: number) => string,
): string {
  const mark = (row: number): string =>
    swatch === undefined ? '' : element('span', { class: `swatch ${swatch(row)}` }, '');
  const rows = body.map((cells, row) =>
    element(
      'tr',
      {},
      ...cells.map((cell, i) =>
        i === 0 ? element('th', { scope: 'row' }, mark(row), escape(cell)) : element('td', {}, escape(cell)),
      ),
    ),
  );
  const titles = head.map((title) => element('th', { scope: 'col' }, escape(title)));
  return element(
    'div',
    { class: 'scroll' },
    element('table', {}, element('thead', {}, element('tr', {}, ...titles)), element('tbody', {}, ...rows)),
  );
}
