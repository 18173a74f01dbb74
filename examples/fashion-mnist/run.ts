import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { HELP, readArguments, type Arguments } from './args.js';
import { chooseBackend, type ChosenBackend } from './backend.js';
import { measureScaling } from './batches.js';
import { compare } from './compare.js';
import { loadDataset, type Dataset } from './dataset.js';
import { duration, plural, thousands } from './format.js';
import type { Io } from './io.js';
import type { ActivationChoice } from './lenet.js';
import { makePlan } from './plan.js';
import { Progress } from './progress.js';
import { renderReport } from './report.js';
import type { LearningRates } from './step.js';
import { prepareReportFolder, writeReport } from './report-files.js';
import { summarise } from './summary.js';
import { formatTable } from './table.js';
import type { Job } from './train.js';
import { UserError } from './user-error.js';

/** What the compiler and its runtime bring in; the rest of this example is plain TensorFlow.js. */
export interface Product {
  /** The first is what the others are held against. */
  readonly choices: readonly ActivationChoice[];
  /** Adds what a backend lacks for training a LeNet; true where something was added. */
  readonly completeBackend: (backend: string) => boolean;
}

const LEARNING_RATES: LearningRates = { weights: 1e-3, coefficients: 1e-3 };

/** The whole program. Returns the exit code: 0 done, 1 failed, 2 wrong use. */
export async function run(argv: readonly string[], io: Io, product: Product): Promise<number> {
  try {
    const options = readArguments(argv);
    if (options === undefined) io.stdout.write(HELP);
    else await compareAndReport(options, io, product);
    return 0;
  } catch (error) {
    if (error instanceof UserError) {
      io.stderr.write(`fashion-mnist: ${error.message}\n`);
      return 2;
    }
    io.stderr.write(`fashion-mnist: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    return 1;
  }
}

async function compareAndReport(options: Arguments, io: Io, { choices, completeBackend }: Product): Promise<void> {
  const say = (line: string): unknown => io.stderr.write(`${line}\n`);
  const started = io.now();
  const dataset = loadDataset(options.data ?? committedData());
  prepareReportFolder(options.report);
  say(`data: ${describeData(options, dataset)}`);
  const backend = await chooseBackend(options.backend);
  say(`backend: ${describeBackend(backend, completeBackend(backend.backend))}`);
  const { epochs, batchSize } = options;
  const scaling = measureScaling(dataset.train, dataset.shape[2]);
  const job: Job = { dataset, scaling, epochs, batchSize, learningRates: LEARNING_RATES, now: io.now };
  const plan = await makePlan(choices, job, options);
  const reason =
    options.seeds === undefined ? ` (as many as fit into ${duration(60 * options.minutes)}, at least 1)` : '';
  say(
    `plan: ${choices.length} nets, ${plural(epochs, 'epoch')}, ${plural(plan.seeds, 'seed')}${reason}: ` +
      `about ${duration(plan.expectedSeconds)}`,
  );
  const nets = await compare(choices, job, plan, new Progress(io, plan.expectedSeconds));
  const rows = summarise(nets);
  const total = (io.now() - started) / 1000;
  const settings = [
    ['data', describeData(options, dataset)],
    ['backend', `${backend.name}: ${backend.why}`],
    [
      'optimiser',
      `Adam, learning rate ${LEARNING_RATES.weights}, for coefficients ${LEARNING_RATES.coefficients} and gradients clipped at norm 5`,
    ],
    ['batches', `${batchSize} pictures, shuffled anew in each epoch`],
    ['epochs', String(epochs)],
    ['seeds', plan.seeds === 1 ? '1' : `1 to ${plan.seeds}`],
    ['seconds per epoch', 'training steps alone, without measuring'],
    ['time in all', duration(total)],
  ] as const;
  const html = renderReport({ nets, choices, testPictures: dataset.test.count, settings });
  const page = writeReport(options.report, html, {
    settings: Object.fromEntries(settings),
    summary: rows,
    nets,
  });
  io.stdout.write(`\n${formatTable(rows)}`);
  say(`\ndone in ${duration(total)}; report: ${page}`);
}

function describeData(options: Arguments, { format, train, test, shape }: Dataset): string {
  const from = options.data ?? 'the class-balanced subset that comes with this example';
  const counts = `${thousands(train.count)} training and ${thousands(test.count)} test pictures`;
  return `${format}, ${counts} of ${shape.join(' x ')}, from ${from}`;
}

function describeBackend({ name, why }: ChosenBackend, completed: boolean): string {
  return `${name}, ${why}${completed ? '; it lacks Conv2DBackpropFilter, so a composed one was added' : ''}`;
}

/** The data are not compiled into dist/, so they are looked for from the package's root. */
function committedData(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'package.json')) && folder !== dirname(folder)) folder = dirname(folder);
  return join(folder, 'examples', 'fashion-mnist', 'data');
}
