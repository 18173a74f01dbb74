import { families, familyNamed, parametricFamilies, type Family } from '../../../compiler/bases/index.js';
import { example } from '../../../compiler/bases/parametric.js';
import { targetNames } from '../../../compiler/fit/targets.js';
import { DENOMINATORS, NORMS, TAILS, type Denominator, type Norm, type Tail } from '../../../compiler/spec.js';
import { CHOICE_FIELDS, DEFAULT_CHOICE, OFF, ON, type Choice, type ChoiceField } from './choice.js';
import { byId, html, set } from './dom.js';

const DENOMINATOR_TEXTS: Readonly<Record<Denominator, string>> = {
  'sum-abs': '1 + Σ |dⱼ fⱼ|  (sum-abs)',
  'abs-sum': '1 + |Σ dⱼ fⱼ|  (abs-sum)',
  none: '1 + Σ dⱼ fⱼ, with poles  (none)',
};

const NORM_TEXTS: Readonly<Record<Norm, string>> = {
  'least-squares': 'mean square error',
  minimax: 'largest error (minimax)',
};

const TAIL_TEXTS: Readonly<Record<Tail, string>> = {
  bounded: 'near the target',
  free: 'free',
};

/** The controls that say which function is meant. They stand in index.html, and have the names of the choice's fields. */
export class ChoiceForm {
  private readonly element = byId('choice');
  private readonly more = byId<HTMLDetailsElement>('more');

  constructor(onChoose: (field: ChoiceField, value: string) => void) {
    const offered = [...families, ...parametricFamilies.map((family) => familyNamed(example(family)))];
    byId('basis').replaceChildren(...offered.map(basisOption));
    offer('denominator', DENOMINATORS, DENOMINATOR_TEXTS);
    offer('norm', NORMS, NORM_TEXTS);
    offer('tail', TAILS, TAIL_TEXTS);
    byId('targets').replaceChildren(...targetNames.map((name) => html('option', { value: name })));
    for (const field of CHOICE_FIELDS) {
      const input = control(field);
      input.addEventListener('input', () => onChoose(field, valueOf(input)));
    }
    this.element.addEventListener('submit', (event) => event.preventDefault());
  }

  /** Sets every control. */
  show(choice: Choice): void {
    // A link may name a basis with other parameters, or by another name.
    const { basis } = choice;
    if (byId('basis').querySelector(`option[value="${CSS.escape(basis)}"]`) === null) {
      byId('basis').append(basisOption({ name: basis, title: basis.replace(/\(.*$/, '') }));
    }
    for (const field of CHOICE_FIELDS) {
      const input = control(field);
      if (isSwitch(input)) input.checked = choice[field] === ON;
      else input.value = choice[field];
      if (this.more.contains(input) && choice[field] !== DEFAULT_CHOICE[field]) this.more.open = true;
    }
  }

  /** Puts the compiler's words beside the field that they are about. */
  complain(field: ChoiceField | undefined, message = ''): void {
    for (const name of CHOICE_FIELDS) {
      byId(`${name}-error`).textContent = name === field ? message : '';
      control(name).setAttribute('aria-invalid', String(name === field));
    }
    if (field !== undefined && this.more.contains(control(field))) this.more.open = true;
  }

  setBusy(busy: boolean): void {
    set(this.element, { 'aria-busy': busy && 'true' });
  }
}

type Control = HTMLInputElement | HTMLSelectElement;

const control = (field: ChoiceField): Control => byId<Control>(field);

const isSwitch = (input: Control): input is HTMLInputElement => input.type === 'checkbox';

const valueOf = (input: Control): string => (isSwitch(input) ? (input.checked ? ON : OFF) : input.value);

function offer<Name extends string>(
  field: ChoiceField,
  names: readonly Name[],
  texts: Readonly<Record<Name, string>>,
): void {
  byId(field).replaceChildren(...names.map((name) => html('option', { value: name }, texts[name])));
}

function basisOption({ name, title }: Pick<Family, 'name' | 'title'>): HTMLOptionElement {
  const parameters = /\(.*\)$/.exec(name)?.[0];
  return html('option', { value: name }, parameters === undefined ? title : `${title} ${parameters}`);
}
