/** Which backends of tfjs run generated layers here, and what mends the others: `opau-gen doctor`. */
import { CANDIDATES, type CandidateName } from './backends.js';
import { adviceFor, cureFor, type Note } from './cures.js';
import type { Diagnosis } from './diagnosis.js';
import { thisMachine, type Machine } from './machine.js';
import type { Probe } from './probe.js';
import { runProbe, type Surroundings, type Trial } from './run-probe.js';

export { report } from './report.js';
export type { Diagnosis, Machine, Note, Surroundings, Trial };

/** What is looked at; tests put other machines in its place. */
export interface Instruments {
  readonly machine: (env: Surroundings['env']) => Machine;
  readonly run: (name: CandidateName, surroundings: Surroundings) => Promise<Trial>;
}

/** Tries every backend from the project in `cwd`, each in a process of its own, one after another. */
export async function examine(
  surroundings: Surroundings,
  { machine: look, run }: Instruments = { machine: thisMachine, run: runProbe },
): Promise<readonly Diagnosis[]> {
  const machine = look(surroundings.env);
  const diagnoses: Diagnosis[] = [];
  for (const { name } of CANDIDATES) {
    const { probe, log } = await run(name, surroundings);
    diagnoses.push(diagnose(name, probe, log, machine));
  }
  return diagnoses;
}

/** Whether a backend works, and every one that is installed does what it is for. */
export const isHealthy = (diagnoses: readonly Diagnosis[]): boolean =>
  diagnoses.some(({ state }) => state === 'works') &&
  diagnoses.every((d) => d.state !== 'broken' && !(d.state === 'works' && d.notes.some(({ grave }) => grave)));

function diagnose(name: CandidateName, probe: Probe, log: string, machine: Machine): Diagnosis {
  if (probe.state === 'absent') return { name, ...probe };
  if (probe.state === 'works')
    return { name, ...probe, notes: adviceFor({ name, traits: probe.traits, log, machine }) };
  // What follows the colon is a cure for any machine: below stands the one for this.
  const reason = probe.reason
    .trim()
    .split('\n')[0]!
    .replace(/(no graphics adapter): .*/, '$1');
  return { name, ...probe, reason, said: lastWords(log), cure: cureFor({ name, reason: probe.reason, log, machine }) };
}

/** The last lines that the process printed, without stacks. */
const lastWords = (log: string): readonly string[] =>
  log
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !/^(?:at |Node\.js v)/.test(line))
    .slice(-3);
