import * as tf from '@tensorflow/tfjs-core';
import { CANDIDATES, type Candidate, type Load } from './backend-candidates.js';
import { UserError } from './user-error.js';

export const BACKEND_NAMES: readonly string[] = CANDIDATES.map((candidate) => candidate.name);

export interface ChosenBackend {
  readonly name: string;
  /** What tf.getBackend() now says. */
  readonly backend: string;
  /** What speaks for it, and what became of the better ones. */
  readonly why: string;
}

/** Sets the best backend that works here, or the one named. Throws UserError where that one does not work. */
export async function chooseBackend(wanted?: string, load: Load = (name) => import(name)): Promise<ChosenBackend> {
  const rejected: string[] = [];
  for (const candidate of CANDIDATES) {
    if (wanted !== undefined && candidate.name !== wanted) continue;
    try {
      const praise = await activate(candidate, load, wanted !== undefined);
      const why = wanted === undefined ? [praise, ...rejected].join('; ') : `${praise}; asked for with --backend`;
      return { name: candidate.name, backend: candidate.backend, why };
    } catch (error) {
      rejected.push(`${candidate.name}: ${complaint(candidate, error)}`);
    }
  }
  throw new UserError(`no backend: ${rejected.join('; ')}`);
}

async function activate({ packages, backend, start, check }: Candidate, load: Load, forced: boolean): Promise<string> {
  if (start === undefined) for (const packageName of packages) await load(packageName);
  else await start(load, forced);
  // setBackend can return false without throwing, and a backend can be set and yet fail at its first operation.
  await tf.setBackend(backend);
  if (tf.getBackend() !== backend) throw new Error('tfjs refused to set it');
  await tf.ready();
  await probe();
  return check();
}

async function probe(): Promise<void> {
  const sum = tf.tidy(() => tf.add(tf.tensor1d([1, 2]), 1));
  const values = await sum.data();
  sum.dispose();
  if (values[0] !== 2 || values[1] !== 3) throw new Error('it computes 1 + 1 wrongly');
}

function complaint({ packages }: Candidate, error: unknown): string {
  // A package that is there, but misses a part of its own, is a fault to show.
  if (packages.some((name) => isMissing(name, error) || isMissing(name, (error as Error).cause)))
    return 'not installed';
  return (error as Error).message.split('\n')[0]!;
}

function isMissing(name: string, error: unknown): boolean {
  const { code, message } = (error ?? {}) as NodeJS.ErrnoException;
  return (code === 'ERR_MODULE_NOT_FOUND' || code === 'MODULE_NOT_FOUND') && message.includes(`'${name}'`);
}
