import { roundStep } from '../../../../runtime/drawing/axes.js';
import { byId, html, show } from '../dom.js';

export interface Coefficients {
  readonly c: readonly number[];
  readonly d: readonly number[];
}

/** One coefficient: a slider, its number, and what the fit gave it. */
interface Row {
  readonly slider: HTMLInputElement;
  readonly field: HTMLInputElement;
  readonly fitted: number;
  value: number;
  /** What the page says it is. */
  shown: number;
}

/** Sliders reach so many times the fitted value to both sides, and this far where it is nearly 0. */
const REACH = 3;
const LEAST_REACH = 0.1;

/** A slider and a number for each coefficient. `onMove` is called with all of them at each change by the visitor. */
export class Sliders {
  private rows: { readonly c: readonly Row[]; readonly d: readonly Row[] } = { c: [], d: [] };

  constructor(
    private readonly host: HTMLElement,
    private readonly onMove: (coefficients: Coefficients, moved: boolean) => void,
  ) {
    byId('reset').addEventListener('click', () => {
      for (const row of this.all()) put(row, row.fitted);
      this.changed();
    });
  }

  /** New coefficients from a fit; `moved` where the visitor had moved them. */
  setFit(fit: Coefficients, moved?: Coefficients): void {
    const make = (letter: 'c' | 'd', first: number): readonly Row[] =>
      fit[letter].map((fitted, i) => this.row(`${letter}`, i + first, fitted));
    this.rows = { c: make('c', 0), d: make('d', 1) };
    this.host.replaceChildren(
      group('Numerator P', this.rows.c),
      ...(fit.d.length === 0 ? [] : [group('Denominator Q', this.rows.d)]),
    );
    if (moved !== undefined && moved.c.length === fit.c.length && moved.d.length === fit.d.length) {
      this.rows.c.forEach((row, i) => put(row, moved.c[i]!));
      this.rows.d.forEach((row, i) => put(row, moved.d[i]!));
    }
    this.changed();
  }

  private all(): readonly Row[] {
    return [...this.rows.c, ...this.rows.d];
  }

  private row(letter: string, index: number, fitted: number): Row {
    const reach = REACH * Math.max(Math.abs(fitted), LEAST_REACH);
    const step = roundStep(reach / 200);
    const most = Math.ceil(reach / step) * step;
    const label = `${letter} ${index}`;
    const slider = html('input', {
      type: 'range',
      min: -most,
      max: most,
      step: 'any',
      'aria-label': `Coefficient ${label}`,
      id: `${letter}${index}`,
    });
    const field = html('input', { type: 'number', step, 'aria-label': `Coefficient ${label}, as a number` });
    const row: Row = { slider, field, fitted, value: fitted, shown: NaN };
    put(row, fitted);
    slider.addEventListener('input', () => {
      row.value = Math.fround(slider.valueAsNumber);
      field.value = text(row.value);
      this.changed();
    });
    // In steps that keys can count: with step "any" browsers differ.
    slider.addEventListener('keydown', (event) => {
      const steps = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, PageDown: -10, PageUp: 10 }[event.key];
      if (steps === undefined) return;
      event.preventDefault();
      put(row, row.value + steps * step);
      this.changed();
    });
    field.addEventListener('input', () => {
      if (!Number.isFinite(Math.fround(field.valueAsNumber))) return;
      row.value = Math.fround(field.valueAsNumber);
      widen(slider, row.value);
      slider.valueAsNumber = row.value;
      this.changed();
    });
    field.addEventListener('blur', () => (field.value = text(row.value)));
    slider.addEventListener('dblclick', () => {
      put(row, fitted);
      this.changed();
    });
    return row;
  }

  private changed(): void {
    for (const row of this.all()) {
      const { slider, value, fitted, shown } = row;
      if (value === shown) continue;
      slider.parentElement?.classList.toggle('moved', value !== fitted);
      slider.setAttribute('aria-valuetext', show(value));
      row.shown = value;
    }
    const moved = this.all().some(({ value, fitted }) => value !== fitted);
    byId<HTMLButtonElement>('reset').disabled = !moved;
    const values = (rows: readonly Row[]): number[] => rows.map(({ value }) => value);
    this.onMove({ c: values(this.rows.c), d: values(this.rows.d) }, moved);
  }
}

/** Coefficients are float32, as a layer's weights are. */
function put(row: Row, value: number): void {
  row.value = Math.fround(value);
  widen(row.slider, row.value);
  row.slider.valueAsNumber = row.value;
  row.field.value = text(row.value);
}

function widen(slider: HTMLInputElement, value: number): void {
  if (Math.abs(value) <= Number(slider.max)) return;
  slider.max = String(Math.abs(value));
  slider.min = String(-Math.abs(value));
}

const text = (value: number): string => String(Number(value.toPrecision(5)));

function group(title: string, rows: readonly Row[]): HTMLElement {
  return html(
    'fieldset',
    { class: 'coefficients' },
    html('legend', {}, title),
    ...rows.map(({ slider, field }) => {
      const [letter, index] = [slider.id.slice(0, 1), slider.id.slice(1)];
      const label = html('label', { for: slider.id }, html('i', {}, letter), html('sub', {}, index));
      return html('div', { class: 'slider' }, label, slider, field);
    }),
  );
}
