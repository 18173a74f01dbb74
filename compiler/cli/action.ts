import type { FlagName, FlagValues } from './flags.js';
import { UsageError } from '../errors.js';

/** What is done with the activations, if not write them: each is a flag of its own. */
const ACTIONS = ['check', 'watch', 'dump', 'target', 'verify'] as const satisfies readonly FlagName[];
export type Action = (typeof ACTIONS)[number];

/** The action that flags ask for. Throws UsageError for flags that contradict each other. */
export function actionOf(flags: FlagValues): Action | undefined {
  const [action, other] = ACTIONS.filter((name) => flags.has(name));
  if (action !== undefined && other !== undefined) {
    throw new UsageError(`--${action} and --${other} cannot be given together`);
  }
  if (flags.has('format') && action !== 'dump') {
    throw new UsageError('--format belongs to --dump: use for example --dump form --format latex');
  }
  const out = flags.get('out');
  if (action === 'verify' && out !== undefined) {
    throw new UsageError('--out and --verify exclude each other: --verify writes nothing');
  }
  if (action !== undefined && action !== 'check' && out !== undefined) {
    const where = action === 'watch' ? 'the config says where files go' : `--${action} prints to stdout`;
    throw new UsageError(`--${action} and --out cannot be given together: ${where}`);
  }
  if (action === 'check' && out === '-') {
    throw new UsageError('--check compares files, but --out is -: name a directory');
  }
  return action;
}
