import { Refused } from '../compiler/client.js';
import type { EmitAnswer } from '../compiler/messages.js';
import { byId, eachFrame, html, show } from '../dom.js';
import type { Shape } from '../shape/evaluate.js';
import type { Coefficients } from '../shape/sliders.js';
import { ActivationViews } from './activations.js';
import { best, type BackendName, type Found } from './backends.js';
import { DEFAULT_DATA, isData, type DataName } from './data-names.js';
import { LearningCurves } from './learning.js';
import { NETS, type FrameOfTraining, type Job, type News } from './messages.js';
import { PictureView } from './picture.js';
import { planarSet, POINTS, trainingSeed } from './planar-sets.js';
import { trainingForm, type TrainingForm } from './form.js';
import { TrainingWorker } from './client.js';

/** What training starts from. */
export interface Ingredients {
  readonly emitted: Promise<EmitAnswer>;
  /** Where the visitor has moved them away from the fit. */
  readonly coefficients: Coefficients | undefined;
  readonly shape: Shape | undefined;
}

/** Milliseconds between frames; readers who asked for less motion get a picture a second. */
const PAUSE = 60;
const CALM_PAUSE = 1000;

/** Two nets in training, side by side. */
export class TrainingPanel {
  private readonly form: TrainingForm;
  private readonly worker = new TrainingWorker((news) => this.hear(news));
  private readonly pictures = [new PictureView('Generated layer'), new PictureView('ReLU')] as const;
  private readonly scores = NETS.map(() => html('p', { class: 'score' }, '–'));
  private readonly facts = NETS.map(() => html('p', { class: 'facts' }, 'not trained yet'));
  private readonly name = html('span', {}, 'Generated layer');
  private readonly curves: LearningCurves;
  private readonly activations: ActivationViews;
  private found: readonly Found[] = [];
  private running = false;
  private preparing = false;
  private run = 0;

  constructor(
    private readonly host: HTMLElement,
    private readonly ingredients: () => Ingredients,
    private readonly onData: (data: DataName) => void,
  ) {
    this.form = trainingForm({
      onStart: () => void this.start(),
      onStop: () => this.stop(),
      onData: (data) => {
        this.onData(data);
        this.preview();
      },
      onSeed: () => this.preview(),
    });
    const titles = [this.name, html('span', {}, 'ReLU')];
    const nets = this.pictures.map((picture, i) =>
      html(
        'figure',
        { class: `net ${i === 0 ? 's-f' : 's-relu'}` },
        html('figcaption', {}, html('i', {}), titles[i]!),
        picture.element,
        this.scores[i]!,
        this.facts[i]!,
      ),
    );
    const curves = html('div', { class: 'curves' });
    const activations = html('div', { class: 'activations', id: 'activations' });
    host.append(
      this.form.element,
      html('div', { class: 'contest' }, html('div', { class: 'nets' }, ...nets), curves),
      activations,
    );
    this.curves = new LearningCurves(curves);
    this.activations = new ActivationViews(activations);
    new IntersectionObserver((entries, observer) => {
      if (!entries.some((entry) => entry.isIntersecting)) return;
      observer.disconnect();
      this.worker.tell({ kind: 'look' });
    }).observe(host);
  }

  /** Shows the function that would be trained. */
  offer(shape: Shape): void {
    if (this.running) return;
    this.activations.begin(shape);
    this.activations.show([shape]);
  }

  choose(data: string | undefined): void {
    this.form.setData(data !== undefined && isData(data) ? data : DEFAULT_DATA);
    this.preview();
  }

  /** The points that nets will be trained on, for those who have not started yet. */
  private preview(): void {
    if (this.running) return;
    const { data, seed } = this.form.values();
    const samples = data === 'fashion-mnist' ? [] : planarSet(data, POINTS, trainingSeed(seed));
    this.pictures.forEach((picture) => picture.begin(samples));
    this.scores.forEach((score) => (score.textContent = '\u2013'));
    this.facts.forEach((fact) => (fact.textContent = 'not trained yet'));
    this.curves.clear();
  }

  /** What is being prepared is not with the worker yet: it ends here. */
  private stop(): void {
    if (this.preparing) {
      this.preparing = false;
      this.say('Stopped before the first step');
      this.setRunning(false);
    } else this.worker.tell({ kind: 'stop' });
  }

  private async start(): Promise<void> {
    const { emitted, coefficients, shape } = this.ingredients();
    const run = ++this.run;
    this.preparing = true;
    this.host.dataset['step'] = '-1';
    this.setRunning(true);
    this.say('Compiling the layer…');
    try {
      const { javascript, className } = await emitted;
      const { data, backend, seed, learningRate } = this.form.values();
      this.name.textContent = className;
      this.activations.begin(shape!);
      this.curves.clear();
      const found = this.found.length > 0 ? this.found : await this.worker.look();
      if (!this.preparing || run !== this.run) return;
      this.preparing = false;
      const job: Job = {
        data,
        backend: backend === 'auto' ? best(found) : backend,
        seed,
        learningRate,
        javascript,
        className,
        ...(coefficients === undefined ? {} : { coefficients }),
        pictures: new URL('./fashion-mnist/', document.baseURI).href,
        pause: matchMedia('(prefers-reduced-motion: reduce)').matches ? CALM_PAUSE : PAUSE,
      };
      this.worker.start(job);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      this.preparing = false;
      this.say(error.message);
      this.setRunning(false);
    }
  }

  private hear(news: News): void {
    switch (news.kind) {
      case 'found':
        this.found = news.backends;
        this.form.setBackends(news.backends, best(news.backends));
        return;
      case 'status':
        return this.say(news.text);
      case 'started':
        this.backend = news.backend;
        return this.pictures.forEach((picture) => picture.begin(news.samples));
      case 'frame':
        this.curves.add(news.frame);
        return this.draw(news.frame);
      case 'ended':
        this.host.dataset['tensors'] = String(news.tensors);
        this.say(`${news.complete ? 'Done' : 'Stopped'} on ${this.backend}; all memory of the run is freed.`);
        return this.setRunning(false);
      case 'failed':
        this.say(news.message);
        return this.setRunning(false);
      default:
        return news satisfies never;
    }
  }

  private backend: BackendName | undefined;

  /** Where frames come faster than the screen can show them, the last one counts. */
  private readonly draw = eachFrame((frame: FrameOfTraining): void => {
    const { step, steps, nets } = frame;
    this.host.dataset['step'] = String(step);
    if (this.running) this.say(`Step ${step} of ${steps} on ${this.backend}`);
    this.curves.draw();
    nets.forEach(({ loss, accuracy, picture, milliseconds }, i) => {
      if (picture !== undefined && accuracy !== undefined) {
        this.pictures[i]!.show(picture, accuracy);
        this.scores[i]!.textContent = `${(100 * accuracy).toFixed(1)} %`;
      }
      if (step === 0) this.facts[i]!.textContent = 'before training';
      else this.facts[i]!.textContent = `loss ${show(loss, 3)} · ${show(milliseconds, 2)} ms a step`;
    });
    this.host.dataset['losses'] = nets.map(({ loss }) => loss).join(' ');
    this.activations.show(nets[0]!.layers);
  });

  private say(text: string): void {
    byId('training-status').textContent = text;
  }

  private setRunning(running: boolean): void {
    this.running = running;
    this.host.dataset['running'] = String(running);
    this.form.setRunning(running);
  }
}
