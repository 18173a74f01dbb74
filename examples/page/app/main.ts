import type { Family } from '../../../compiler/bases/index.js';
import { resolveBasis } from '../../../compiler/bases/resolve.js';
import { floatSteps, type Step } from '../../../compiler/fit/basis-values.js';
import { parseTarget } from '../../../compiler/fit/targets.js';
import type { Denominator } from '../../../compiler/spec.js';
import { firstFit } from 'virtual:first-fit';
import { fromHash, isState, toHash, VIEWS, type PageState } from './address.js';
import { DEFAULT_CHOICE, sameChoice, type Choice, type ChoiceField } from './choice.js';
import { CodePanel } from './code/panel.js';
import { CompilerClient, latestOnly, Refused } from './compiler/client.js';
import { fitAnswer } from './compiler/fit-answer.js';
import type { FitAnswer } from './compiler/messages.js';
import { basisRequest } from './compiler/request.js';
import { byId, eachFrame, html } from './dom.js';
import { ChoiceForm } from './form.js';
import { Charts, grid } from './shape/charts.js';
import type { Shape } from './shape/evaluate.js';
import { Figures } from './shape/figures.js';
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

let state: PageState = fromHash(location.hash);
let fitted: Fitted | undefined;
let coefficients: Coefficients = { c: [], d: [] };

const fitter = new CompilerClient();
const form = new ChoiceForm(choose);
const charts = new Charts(byId('plots'));
const figures = new Figures(byId('figures'));
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
  const { family } = resolveBasis(basisRequest(choice));
  return { choice, family, steps: floatSteps(family, Math.max(Number(choice.m), Number(choice.n))), fit: answer };
}

const redraw = eachFrame(() => {
  const shape = shapeNow();
  if (shape === undefined) return;
  charts.move(shape);
  figures.move(shape);
});

const fit = latestOnly(async (choice: Choice) => {
  form.setBusy(true);
  try {
    const answer = await fitter.ask({ kind: 'fit', choice, points: grid(state.view) });
    form.complain(undefined);
    take(fittedTo(choice, answer));
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    form.complain(error.refusal.field ?? 'target', error.message);
    // A link that asks for what there is not still opens a page that shows something.
    if (fitted === undefined) take(firstOf(state.view));
  } finally {
    form.setBusy(false);
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
  figures.show(shapeNow()!, answer.interval, answer.onInterval);
  sliders.setFit(answer, moved);
  code.show(choice, answer);
  training.offer(shapeNow()!);
  document.documentElement.dataset['ready'] = '';
}

function drawAfresh(values: Float64Array): void {
  const { target, interval, c, d } = fitted!.fit;
  const shape = shapeNow()!;
  charts.show({ ...shape, c, d }, shape, { name: target, interval, values }, state.view);
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

function fillViews(): void {
  byId('views').append(
    ...VIEWS.map((view) => {
      const input = html('input', { type: 'radio', name: 'view', value: view });
      input.addEventListener('change', () => void look(view));
      return html('label', {}, input, html('span', {}, `±${view}`));
    }),
  );
}

async function look(view: number): Promise<void> {
  remember({ view });
  if (fitted === undefined) return;
  const { targetValues } = await fitter.ask({ kind: 'sample', choice: fitted.choice, points: grid(view) });
  if (state.view === view) drawAfresh(targetValues);
}

function showState(): void {
  form.show(state.choice);
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

fillViews();
showState();
