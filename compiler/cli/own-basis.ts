import { basename } from 'node:path';
import { findConfig, namedConfig, type ConfigPath } from './config/find.js';
import { loadConfig } from './config/load.js';
import { readConfig } from './config/read.js';
import { visible, type Io } from './io.js';
import { quoted } from './shell-word.js';
import { basisForms, findFamily, knownNames, type Family } from '../bases/index.js';
import { unknownName } from '../did-you-mean.js';
import { UsageError } from '../errors.js';

/** A basis that a config defines. */
export interface OwnBasis {
  readonly family: Family;
  readonly config: ConfigPath;
}

/**
 * The basis of that name in the config at `named`, or else in that of the directory; undefined where the name is one of
 * the compiler's own. Throws UsageError where neither knows it.
 */
export async function ownBasis(name: string, named: string | undefined, io: Io): Promise<OwnBasis | undefined> {
  if (findFamily(name) !== undefined || knownNames.includes(name)) return undefined;
  const config = named === undefined ? await findConfig(io.fs, io.cwd) : await namedConfig(io.fs, io.cwd, named);
  if (config === undefined) throw unknown(name, 'a basis of your own comes from a config: name it with --config FILE');
  const { bases } = readConfig(config.shown, (await loadConfig(io.fs, config)).value);
  const family = bases.get(name);
  if (family !== undefined) return { family, config };
  throw unknown(
    name,
    bases.size === 0 ? `${config.shown} has none` : `of ${config.shown}: ${[...bases.keys()].join(', ')}`,
  );
}

const unknown = (name: string, where: string): UsageError =>
  new UsageError(`${unknownName('basis', name, basisForms).message}; ${where}`);

/** What the compiler, which knows of no config, writes where a basis is not its own. */
const COMMAND = /^(\/\/ .*npx opau-gen)$/m;

/**
 * The text of a module on a config's own basis with the command that makes it again, for the directory of the config:
 * the same wherever the command runs. Other texts as they are.
 */
export const withConfig = (text: string, config: ConfigPath | undefined): string =>
  config === undefined ? text : text.replace(COMMAND, (line) => line + option(config));

/** The reverse of `withConfig`: other texts, and those that name another config, as they are. */
export function withoutConfig(text: string, config: ConfigPath | undefined): string {
  if (config === undefined) return text;
  const bare = text.replace(`npx opau-gen${option(config)}\n`, 'npx opau-gen\n');
  return withConfig(bare, config) === text ? bare : text;
}

/** In one line: it stands in a comment. */
const option = ({ path }: ConfigPath): string => ` --config ${visible(quoted(basename(path)))}`;
