import { dirname, join, relative, resolve } from 'node:path';
import { CONFIG_NAMES, findConfig, namedConfig, type ConfigPath } from './config/find.js';
import { loadConfig } from './config/load.js';
import { inEntry, readConfig, type Entry } from './config/read.js';
import type { FlagName, FlagValues } from './flags.js';
import type { Io } from './io.js';
import { specOf, valueOf } from './request.js';
import type { Directory } from './write.js';
import { fileName } from '../emit/identity.js';
import type { Family } from '../bases/index.js';
import { UsageError } from '../errors.js';
import type { Spec } from '../spec.js';

/** One file to make. */
export interface Job {
  readonly spec: Spec;
  readonly directory: Directory;
  /** As it is shown. */
  readonly file: string;
  /** Which config defines its basis, if the compiler does not. */
  readonly config?: ConfigPath;
}

/** What one command makes. */
export interface Plan {
  readonly jobs: readonly Job[];
  /** Where the jobs come from, if not from flags. */
  readonly config?: ConfigPath;
}

/** Flags that say what to do, not with which activation. */
const FOR_ANY_PLAN: readonly FlagName[] = ['config', 'check', 'watch', 'out', 'dump', 'format', 'target', 'verify'];

/** The config that a command means: the one of `--config`, or with no activation on flags that of the directory. */
export async function configOf(flags: FlagValues, io: Io): Promise<ConfigPath | undefined> {
  const given = [...flags.keys()].filter((name) => !FOR_ANY_PLAN.includes(name));
  const named = flags.get('config');
  if (named === undefined && given.length > 0) return undefined;
  const [extra] = [...given, ...[...flags.keys()].filter((name) => name === 'out')];
  if (named !== undefined) {
    if (extra === undefined) return namedConfig(io.fs, io.cwd, named);
    throw new UsageError(`--${extra} and --config cannot be given together: a config says that for each activation`);
  }
  const found = await findConfig(io.fs, io.cwd);
  if (found === undefined) {
    throw new UsageError(
      `no activation on flags, and none of ${CONFIG_NAMES.join(', ')} here: use for example ` +
        '--basis hermite --m 5 --n 4, or --help',
    );
  }
  if (extra === undefined) return found;
  throw new UsageError(`--${extra} without --basis, --m and --n: ${found.shown} says where its files go`);
}

/** The one activation that flags ask for. Throws UsageError. */
export async function planFlags(flags: FlagValues, io: Io): Promise<Plan> {
  const out = valueOf(flags, 'out');
  const directory = { path: resolve(io.cwd, out), shown: out, origin: `--out "${out}"` };
  return { jobs: [job(await specOf(flags, io), directory)] };
}

/** All activations of a config, and the files that they were read from. Throws UsageError, naming the entry. */
export async function planConfig(
  config: ConfigPath,
  io: Io,
): Promise<Plan & { readonly config: ConfigPath; readonly files: readonly string[] }> {
  const { value, files } = await loadConfig(io.fs, config);
  const { entries, bases } = readConfig(config.shown, value);
  const jobs: Job[] = [];
  for (const entry of entries) jobs.push(await jobOf(config, entry, bases, io));
  checkOutputs(config, entries, jobs);
  return { jobs, config, files };
}

async function jobOf(config: ConfigPath, entry: Entry, bases: ReadonlyMap<string, Family>, io: Io): Promise<Job> {
  const path = resolve(dirname(config.path), entry.out);
  const directory = { path, shown: relative(io.cwd, path) || '.', origin: `out "${entry.out}" of ${config.shown}` };
  try {
    const made = job(await specOf(entry.flags, { ...io, cwd: dirname(config.path) }, bases), directory);
    return made.spec.family.recurrenceText === undefined ? made : { ...made, config };
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    const own = error.message.startsWith('unknown basis') && bases.size > 0 ? [...bases.keys()].join(', ') : '';
    throw inEntry(config.shown, entry, own === '' ? error : new UsageError(`${error.message}; of the config: ${own}`));
  }
}

const job = (spec: Spec, directory: Directory): Job => ({
  spec,
  directory,
  file: join(directory.shown, fileName(spec)),
});

function checkOutputs({ shown }: ConfigPath, entries: readonly Entry[], jobs: readonly Job[]): void {
  const makers = new Map<string, number>();
  jobs.forEach(({ directory, spec, file }, i) => {
    const path = join(directory.path, fileName(spec));
    const other = makers.get(path);
    if (other === undefined) return void makers.set(path, i);
    throw new UsageError(
      `${shown}: ${entries[other]!.where} and ${entries[i]!.where} would both be ${file}: give one of them another out`,
    );
  });
}
