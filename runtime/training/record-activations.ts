import { dispose, tidy, type Tensor } from '@tensorflow/tfjs-core';
import { CustomCallback, type LayersModel } from '@tensorflow/tfjs-layers';
import { generatedLayers, type GeneratedLayer } from './generated-layers.js';
import { digits, histogram } from './histogram.js';
import type { Frame, Moment, RecordedLayer, Recording } from './recording.js';
import { coefficientTensors, sampledSets, sampleValues, setsOf } from './sample.js';
import { watchInputs } from './watch-inputs.js';

export interface RecordOptions {
  /** Inputs of the model, some hundred at most: always the same ones are looked at. They stay the caller's. */
  readonly probe: Tensor | Tensor[];
  /** When to record besides before training: after each epoch, or after so many batches. Default `'epoch'`. */
  readonly every?: 'epoch' | { readonly batches: number };
  /** Where functions are sampled and inputs counted; default [-8, 8]. */
  readonly range?: readonly [number, number];
  /** At how many places; default 161. */
  readonly points?: number;
}

/**
 * A callback for `model.fit` that records the generated layers of a model as they learn: coefficients, functions, and a
 * histogram of what reaches each from a fixed probe.
 *
 *     const recorder = recordActivations(model, { probe });
 *     await model.fit(x, y, { callbacks: recorder });
 *     const html = trainingReport(recorder.recording);
 *
 * In a loop of one's own: `await recorder.record({ epoch, step })`. Throws an Error where the model has no generated
 * layers, or an option does not hold.
 */
export const recordActivations = (model: LayersModel, options: RecordOptions): ActivationRecorder =>
  new ActivationRecorder(model, options);

const EVENTS = ['onTrainBegin', 'onTrainEnd', 'onEpochBegin', 'onEpochEnd', 'onBatchBegin', 'onBatchEnd'] as const;

/** A recorded layer under construction. */
type Draft = RecordedLayer & { readonly frames: Frame[] };

/** See `recordActivations`, which makes it. */
export class ActivationRecorder extends CustomCallback {
  private readonly grid: readonly number[];
  private readonly watched: readonly GeneratedLayer[];
  private readonly moments: Moment[] = [];
  private readonly drafts: readonly Draft[];
  private epochs = 0;
  private steps = 0;
  private batchOfEpoch = 0;

  constructor(
    private readonly network: LayersModel,
    private readonly options: RecordOptions,
  ) {
    super({});
    this.grid = gridOf(options);
    this.watched = generatedLayers(network);
    if (this.watched.length === 0) {
      throw new Error(
        `recordActivations: ${network.name} has no generated layers: replaceActivations(model, makeLayer) puts some in`,
      );
    }
    this.drafts = this.watched.map(({ path, layer }) => {
      const { basis, m, n, denominator, initial } = layer.op.spec;
      const { target, interval } = initial;
      const sets = setsOf(layer);
      const about = { path, className: layer.getClassName(), basis, m, n, denominator, target, interval };
      return { ...about, sets, sampled: sampledSets(sets), frames: [] };
    });
    // In a list that starts with plain callbacks tfjs takes the methods of all without their objects.
    for (const name of EVENTS) this[name] = this[name].bind(this) as never;
  }

  /** What was recorded up to now; plain data. */
  get recording(): Recording {
    const layers = this.drafts.map((draft) => ({ ...draft, frames: [...draft.frames] }));
    return { grid: this.grid, moments: [...this.moments], layers };
  }

  /** Records the model as it is at the time of the call. */
  async record(moment: Moment): Promise<void> {
    const inputs = watchInputs(
      this.network,
      this.watched.map(({ layer }) => layer),
      this.options.probe,
    );
    // All is copied before anything is waited for: a training loop may go on meanwhile.
    const copies = this.watched.map(({ layer }, i) => {
      const { c, d } = tidy(() => {
        const own = coefficientTensors(layer);
        return { c: own.c.clone(), d: own.d.clone() };
      });
      return { c, d, values: sampleValues(layer, this.grid, this.drafts[i]!.sampled) };
    });
    const frames = await Promise.all(
      copies.map(async ({ c, d, values }, i) => ({
        numerator: await rows(c, 9),
        denominator: await rows(d, 9),
        values: await rows(values, 6),
        inputs: histogram(this.grid, await Promise.all(inputs[i]!.map((input) => input.data()))),
      })),
    );
    dispose([...inputs.flat(), ...copies.flatMap(({ c, d, values }) => [c, d, values])]);
    this.moments.push(moment);
    this.drafts.forEach((draft, i) => draft.frames.push(frames[i]!));
  }

  override async onTrainBegin(): Promise<void> {
    if (this.moments.at(-1)?.step !== this.steps) await this.record({ epoch: this.epochs, step: this.steps });
  }

  override async onBatchEnd(...[batch, logs]: Parameters<CustomCallback['onBatchEnd']>): Promise<void> {
    this.steps++;
    this.batchOfEpoch++;
    const { every = 'epoch' } = this.options;
    if (every !== 'epoch' && this.steps % every.batches === 0) {
      const part = this.batchesPerEpoch === undefined ? 0 : this.batchOfEpoch / this.batchesPerEpoch;
      await this.record({ epoch: digits(this.epochs + part, 6), step: this.steps });
    }
    await super.onBatchEnd(batch, logs);
  }

  override async onEpochEnd(...[epoch, logs]: Parameters<CustomCallback['onEpochEnd']>): Promise<void> {
    this.epochs++;
    this.batchOfEpoch = 0;
    const moment = { epoch: this.epochs, step: this.steps, logs: await numbersOf(logs ?? {}) };
    // What the last batch of the epoch has recorded is this moment already.
    if (this.moments.at(-1)?.step === this.steps) this.moments[this.moments.length - 1] = moment;
    else await this.record(moment);
    await super.onEpochEnd(epoch, logs);
  }

  /** Not known for datasets of unknown length. */
  private get batchesPerEpoch(): number | undefined {
    const { steps, samples, batchSize } = (this.params ?? {}) as Record<string, number | null | undefined>;
    return steps ?? (samples && batchSize ? Math.ceil(samples / batchSize) : undefined);
  }
}

function gridOf({ range: [low, high] = [-8, 8], points = 161, every = 'epoch' }: RecordOptions): readonly number[] {
  if (!(Number.isFinite(low) && Number.isFinite(high) && low < high))
    throw new Error(`recordActivations: range is [${low}, ${high}], but must be two numbers, the smaller one first`);
  if (!(Number.isInteger(points) && points >= 2))
    throw new Error(`recordActivations: points is ${points}, but must be a whole number, 2 at least`);
  if (every !== 'epoch' && !(Number.isInteger(every.batches) && every.batches > 0))
    throw new Error(`recordActivations: every.batches is ${every.batches}, but must be a whole number above 0`);
  return Array.from({ length: points }, (_, i) => digits(low + ((high - low) * i) / (points - 1), 9));
}

async function rows(matrix: Tensor, precision: number): Promise<number[][]> {
  const [count, length] = matrix.shape as [number, number];
  const flat = await matrix.data();
  return Array.from({ length: count }, (_, i) =>
    Array.from(flat.slice(i * length, (i + 1) * length), (value) => digits(value, precision)),
  );
}

/** tfjs gives some logs as scalars that are not read yet; others read and dispose of them. */
async function numbersOf(logs: Readonly<Record<string, number | Tensor>>): Promise<Record<string, number>> {
  const read = async (value: number | Tensor): Promise<number> =>
    typeof value === 'number' ? value : (await value.data())[0]!;
  const entries = Object.entries(logs).map(async ([name, value]) => [name, digits(await read(value), 6)] as const);
  return Object.fromEntries(await Promise.all(entries));
}
