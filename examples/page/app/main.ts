import { families, familyNamed, parametricFamilies, type Family } from '../../../compiler/bases/index.js';
import { example } from '../../../compiler/bases/parametric.js';
import { floatSteps, type Step } from '../../../compiler/fit/basis-values.js';
import { parseTarget, targetNames } from '../../../compiler/fit/targets.js';
import { DENOMINATORS, type Denominator } from '../../../compiler/spec.js';
import { firstFit } from 'virtual:first-fit';
import { fromHash, isState, toHash, VIEWS, type PageState } from './address.js';
import { DEFAULT_CHOICE, sameChoice, type Choice, type ChoiceField } from './choice.js';
import { CodePanel } from './code/panel.js';
import { CompilerClient, latestOnly, Refused } from './compiler/client.js';
import { fitAnswer } from './compiler/fit-answer.js';
import type { FitAnswer } from './compiler/messages.js';
import { byId, eachFrame, html } from './dom.js';
import { Charts, grid } from './shape/charts.js';
import type { Shape } from './shape/evaluate.js';
import { figures } from './shape/figures.js';
import { formula } from './shape/formula.js';
import { Sliders, type Coefficients } from './shape/sliders.js';
import { TrainingPanel } from './training/panel.js';

/** The function on show: what the last choice that the compiler took was fitted to. */
interface Fitted {
  readonly choice: Choice;
  readonly family: Family;
  /** The family's recurrence, up to the higher degree. */
  readonly steps: readonly Step[];
  readonly fit: FitAnswer;
}

const DENOMINATOR_TEXTS: Readonly<Record<Denominator, string>> = {
  'sum-abs': '1 + Σ |dⱼ fⱼ|  (sum-abs)',
  'abs-sum': '1 + |Σ dⱼ fⱼ|  (abs-sum)',
  none: '1 + Σ dⱼ fⱼ, with poles  (none)',
};

let state: PageState = fromHash(location.hash);
let fitted: Fitted | undefined;
let coefficients: Coefficients = { c: [], d: [] };

const fitter = new CompilerClient();
const charts = new Charts(byId('plots'));
const code = new CodePanel(byId('code-panel'), (language) => remember({ language }));
const training = new TrainingPanel(
  byId('training-panel'),
  () => ({ emitted: code.latest(), coefficients: state.coefficients, shape: shapeNow() }),
  (data) => remember({ data }),
);
const sliders = new Sliders(byId('sliders'), (moved, differ) => {
  coefficients = moved;
  state = differ ? { ...state, coefficients: moved } : atFit(state);
  redraw();
  saveSoon();
});

function shapeNow(): Shape | undefined {
  if (fitted === undefined) return undefined;
  const { choice, steps } = fitted;
  return { steps, denominator: choice.denominator as Denominator, ...coefficients };
}

function fittedTo(choice: Choice, answer: FitAnswer): Fitted {
  const family = familyNamed(choice.basis);
  return { choice, family, steps: floatSteps(family, Math.max(Number(choice.m), Number(choice.n))), fit: answer };
}

const redraw = eachFrame(() => {
  const shape = shapeNow();
  if (shape === undefined || fitted === undefined) return;
  charts.move(shape);
  byId('figures').replaceChildren(...figures(shape, fitted.fit.interval, fitted.fit.onInterval));
});

const fit = latestOnly(async (choice: Choice) => {
  byId('choice').setAttribute('aria-busy', 'true');
  try {
    const answer = await fitter.ask({ kind: 'fit', choice, points: grid(state.view) });
    complain(undefined);
    take(fittedTo(choice, answer));
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    complain(error.refusal.field ?? 'target', error.message);
    // A link that asks for what there is not still opens a page that shows something.
    if (fitted === undefined) take(firstOf(state.view));
  } finally {
    byId('choice').removeAttribute('aria-busy');
  }
});

/** Shows what was fitted. */
function take(next: Fitted): void {
  fitted = next;
  const { choice, family, fit: answer } = next;
  const [m, n] = [Number(choice.m), Number(choice.n)];
  const moved = sameChoice(choice, state.choice) ? state.coefficients : undefined;
  coefficients = moved ?? answer;
  byId('formula').replaceChildren(formula(family, m, n, choice.denominator as Denominator));
  byId('recurrence').replaceChildren(
    ...[family.formula, ...(family.where ?? [])].map((line) => html('span', {}, line)),
  );
  drawAfresh(answer.targetValues);
  sliders.setFit(answer, moved);
  code.show(choice);
  training.offer(shapeNow()!);
  document.documentElement.dataset['ready'] = '';
}

function drawAfresh(values: Float64Array): void {
  const { target, interval, c, d } = fitted!.fit;
  const shape = shapeNow()!;
  charts.show({ ...shape, c, d }, shape, { name: target, interval, values }, state.view);
}

/** Puts the compiler's words beside the field that they are about. */
function complain(field: ChoiceField | undefined, message = ''): void {
  for (const name of Object.keys(DEFAULT_CHOICE) as ChoiceField[]) {
    byId(`${name}-error`).textContent = name === field ? message : '';
    byId(name).setAttribute('aria-invalid', String(name === field));
  }
}

function remember(change: Partial<PageState>): void {
  state = { ...state, ...change };
  save();
}

/** The state without coefficients of the visitor's own. */
function atFit({ choice, view, language, data }: PageState): PageState {
  return { choice, view, ...(language === undefined ? {} : { language }), ...(data === undefined ? {} : { data }) };
}

const save = (): void => history.replaceState(null, '', toHash(state));
let saving: ReturnType<typeof setTimeout> | undefined;
const saveSoon = (): void => {
  clearTimeout(saving);
  saving = setTimeout(save, 250);
};

function choose(field: ChoiceField, value: string): void {
  state = { ...atFit(state), choice: { ...state.choice, [field]: value } };
  saveSoon();
  fit(state.choice);
}

function fillForm(): void {
  const offered = [...families, ...parametricFamilies.map((family) => familyNamed(example(family)))];
  byId('basis').replaceChildren(...offered.map(basisOption));
  byId('denominator').replaceChildren(
    ...DENOMINATORS.map((name) => html('option', { value: name }, DENOMINATOR_TEXTS[name])),
  );
  byId('targets').replaceChildren(...targetNames.map((name) => html('option', { value: name })));
  for (const field of Object.keys(DEFAULT_CHOICE) as ChoiceField[]) {
    byId(field).addEventListener('input', (event) => choose(field, (event.target as HTMLInputElement).value));
  }
  byId('choice').addEventListener('submit', (event) => event.preventDefault());
  byId('views').append(
    ...VIEWS.map((view) => {
      const input = html('input', { type: 'radio', name: 'view', value: view });
      input.addEventListener('change', () => void look(view));
      return html('label', {}, input, html('span', {}, `±${view}`));
    }),
  );
}

const basisOption = ({ name, title }: Pick<Family, 'name' | 'title'>): HTMLOptionElement => {
  const parameters = /\(.*\)$/.exec(name)?.[0];
  return html('option', { value: name }, parameters === undefined ? title : `${title} ${parameters}`);
};

async function look(view: number): Promise<void> {
  remember({ view });
  if (fitted === undefined) return;
  const { targetValues } = await fitter.ask({ kind: 'sample', choice: fitted.choice, points: grid(view) });
  if (state.view === view) drawAfresh(targetValues);
}

function showState(): void {
  // A link may name a basis with other parameters, or by another name.
  const { basis } = state.choice;
  if (byId<HTMLSelectElement>('basis').querySelector(`option[value="${CSS.escape(basis)}"]`) === null) {
    byId('basis').append(basisOption({ name: basis, title: basis.replace(/\(.*$/, '') }));
  }
  for (const field of Object.keys(DEFAULT_CHOICE) as ChoiceField[]) {
    byId<HTMLInputElement>(field).value = state.choice[field];
  }
  byId('views')
    .querySelectorAll('input')
    .forEach((input) => (input.checked = input.value === String(state.view)));
  code.choose(state.language);
  training.choose(state.data);
  if (sameChoice(state.choice, DEFAULT_CHOICE)) take(firstOf(state.view));
  else fit(state.choice);
}

/** The page's first choice needs no worker: it was fitted when the page was built. */
function firstOf(view: number): Fitted {
  const answer = fitAnswer(firstFit, parseTarget(DEFAULT_CHOICE.target), firstFit.interval, grid(view));
  return fittedTo(DEFAULT_CHOICE, answer);
}

addEventListener('hashchange', () => {
  if (!isState(location.hash)) return;
  state = fromHash(location.hash);
  showState();
});

fillForm();
showState();
