// The compiler in a page. It starts by itself: what a debugger calls is exempt from the content security policy.
import { defineSpec, generate, resolveTarget } from '../../compiler/index.js';

export interface Outcome {
  /** The files of every request, in order; or what was thrown. */
  readonly files: readonly (readonly (readonly [path: string, text: string])[])[] | string;
  /** What the page's policy said to eval. */
  readonly policy: string;
}

const REQUESTS = [
  ['hermite', 3, 2, 'gelu'],
  ['legendre', 2, 1, 'x * sigmoid(x)'],
] as const;

export async function compile(): Promise<Outcome['files']> {
  return Promise.all(
    REQUESTS.map(async ([basis, m, n, target]) => [
      ...generate(defineSpec({ basis, m, n, target: await resolveTarget(target) })).files,
    ]),
  );
}

if ('document' in globalThis) {
  const files = await compile().catch(String);
  Object.assign(globalThis, { outcome: { files, policy: tryEval() } satisfies Outcome });
}

function tryEval(): string {
  try {
    // eslint-disable-next-line @typescript-eslint/no-implied-eval
    return String(new Function('return "allowed"')());
  } catch (error) {
    return String(error);
  }
}
