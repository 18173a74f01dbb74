import { CHOICE_FIELDS, DEFAULT_CHOICE, type Choice } from './choice.js';
import type { Coefficients } from './shape/sliders.js';

/** What a link to this page keeps. */
export interface PageState {
  readonly choice: Choice;
  /** The charts span [-view, view]. */
  readonly view: number;
  /** Where the visitor has moved them away from the fit. */
  readonly coefficients?: Coefficients;
  /** The tab of the code, and what is trained on. */
  readonly language?: string;
  readonly data?: string;
}

export const VIEWS: readonly number[] = [3, 5, 10, 30];
const DEFAULT_VIEW = 5;

/** The part of the address after #: only what differs from the defaults, and always basis and degrees. */
export function toHash({ choice, view, coefficients, language, data }: PageState): string {
  const parameters = new URLSearchParams();
  for (const field of CHOICE_FIELDS) {
    const always = field === 'basis' || field === 'm' || field === 'n';
    if (always || choice[field] !== DEFAULT_CHOICE[field]) parameters.set(field, choice[field]);
  }
  if (view !== DEFAULT_VIEW) parameters.set('view', String(view));
  if (coefficients !== undefined) {
    parameters.set('c', coefficients.c.map(short).join(' '));
    if (coefficients.d.length > 0) parameters.set('d', coefficients.d.map(short).join(' '));
  }
  if (language !== undefined) parameters.set('code', language);
  if (data !== undefined) parameters.set('data', data);
  return `#${parameters.toString()}`;
}

/** The state that an address keeps; what it does not name, or names wrongly, is as by default. Choices are not checked. */
export function fromHash(hash: string): PageState {
  const parameters = new URLSearchParams(hash.replace(/^#/, ''));
  const fields = CHOICE_FIELDS.map((field) => [field, parameters.get(field) ?? DEFAULT_CHOICE[field]]);
  const view = Number(parameters.get('view'));
  const c = numbers(parameters.get('c'));
  const d = numbers(parameters.get('d') ?? '');
  const [language, data] = [parameters.get('code'), parameters.get('data')];
  return {
    choice: Object.fromEntries(fields) as unknown as Choice,
    view: VIEWS.includes(view) ? view : DEFAULT_VIEW,
    ...(c === undefined || d === undefined || c.length === 0 ? {} : { coefficients: { c, d } }),
    ...(language === null ? {} : { language }),
    ...(data === null ? {} : { data }),
  };
}

/** A state's hash names a basis; `#code` and the like are places on the page. */
export const isState = (hash: string): boolean => new URLSearchParams(hash.replace(/^#/, '')).has('basis');

/** As few digits as read back to the same float32. */
function short(value: number): string {
  const digits = [4, 5, 6, 7, 8].find((count) => Math.fround(Number(value.toPrecision(count))) === Math.fround(value));
  return String(Number(value.toPrecision(digits ?? 9)));
}

function numbers(text: string | null): readonly number[] | undefined {
  if (text === null) return undefined;
  const values = text.split(/[\s,]+/).filter((part) => part !== '');
  const found = values.map((value) => Math.fround(Number(value)));
  return found.every(Number.isFinite) ? found : undefined;
}
