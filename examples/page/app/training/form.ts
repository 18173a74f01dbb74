import { html } from '../dom.js';
import { BACKENDS, type BackendName, type Found } from './backends.js';
import { DATA, type DataName } from './data-names.js';

export interface TrainingChoice {
  readonly data: DataName;
  readonly backend: BackendName | 'auto';
  readonly seed: number;
  readonly learningRate: number;
}

export interface TrainingForm {
  readonly element: HTMLElement;
  values(): TrainingChoice;
  setData(data: DataName): void;
  setBackends(found: readonly Found[], best: BackendName): void;
  setRunning(running: boolean): void;
}

interface Listeners {
  readonly onStart: () => void;
  readonly onStop: () => void;
  readonly onData: (data: DataName) => void;
  readonly onSeed: () => void;
}

const RATES = [0.001, 0.003, 0.01, 0.03];
const DEFAULT_RATE = 0.003;
/** LeNet learns with less. */
const PICTURE_RATE = 0.001;

const NAMES: Readonly<Record<BackendName, string>> = {
  webgpu: 'WebGPU',
  webgl: 'WebGL',
  wasm: 'WebAssembly',
  cpu: 'CPU',
};

const ONLY_CPU =
  'This browser has neither WebGPU nor WebGL 2 nor WebAssembly, so training runs in plain JavaScript: the ' +
  'two-dimensional sets learn well that way, pictures slowly. A current browser with hardware acceleration does better.';

/** The controls of training, and a line that says what is going on. */
export function trainingForm({ onStart, onStop, onData, onSeed }: Listeners): TrainingForm {
  const data = html(
    'select',
    { id: 'data' },
    ...Object.entries(DATA).map(([value, title]) => html('option', { value }, title)),
  );
  const backend = html(
    'select',
    { id: 'backend', 'aria-describedby': 'backend-note' },
    ...backendOptions([], undefined),
  );
  const seed = html('input', { id: 'seed', type: 'number', min: 0, max: 9999, step: 1, value: 1 });
  const rate = html('select', { id: 'rate' }, ...RATES.map((value) => html('option', { value }, String(value))));
  rate.value = String(DEFAULT_RATE);
  const button = html('button', { type: 'submit', id: 'train' }, 'Start training');
  const note = html('p', { id: 'backend-note', class: 'hint' });
  const status = html('p', { id: 'training-status', class: 'status', role: 'status' });
  const field = (label: string, input: HTMLElement): HTMLElement =>
    html('div', { class: 'field' }, html('label', { for: input.id }, label), input);
  const element = html(
    'form',
    { class: 'card training-form', 'aria-label': 'Training', novalidate: true },
    field('Data', data),
    field('Backend', backend),
    field('Learning rate', rate),
    field('Seed', seed),
    button,
    html('div', { class: 'says' }, status, note),
  );
  let running = false;
  element.addEventListener('submit', (event) => {
    event.preventDefault();
    if (running) onStop();
    else onStart();
  });
  seed.addEventListener('input', onSeed);
  data.addEventListener('change', () => {
    rate.value = String(data.value === 'fashion-mnist' ? PICTURE_RATE : DEFAULT_RATE);
    onData(data.value as DataName);
  });
  return {
    element,
    values: () => ({
      data: data.value as DataName,
      backend: backend.value as BackendName | 'auto',
      seed: Math.max(0, Math.trunc(seed.valueAsNumber)) || 0,
      learningRate: Number(rate.value),
    }),
    setData: (name) => {
      data.value = name;
      rate.value = String(name === 'fashion-mnist' ? PICTURE_RATE : DEFAULT_RATE);
    },
    setBackends: (found, best) => {
      const chosen = backend.value;
      backend.replaceChildren(...backendOptions(found, best));
      backend.value = chosen;
      note.textContent = best === 'cpu' ? ONLY_CPU : found.map(describe).join(' · ');
    },
    setRunning: (now) => {
      running = now;
      button.textContent = now ? 'Stop' : 'Start training';
      button.classList.toggle('stops', now);
    },
  };
}

const backendOptions = (found: readonly Found[], best: BackendName | undefined): readonly HTMLOptionElement[] => [
  html('option', { value: 'auto' }, best === undefined ? 'Best of this browser' : `Best: ${NAMES[best]}`),
  ...BACKENDS.map((name) => {
    const usable = found.find((one) => one.name === name)?.usable ?? true;
    return html('option', { value: name, disabled: !usable }, NAMES[name]);
  }),
];

const describe = ({ name, about, software }: Found): string =>
  `${NAMES[name]}: ${software ? 'in software, slower than WebAssembly' : about}`;
