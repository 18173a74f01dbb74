import * as core from '@tensorflow/tfjs-core';
import type { layers } from '@tensorflow/tfjs-layers';
import * as runtime from 'opau/runtime';

export type LayerClass = new (args?: runtime.PadeLayerArgs) => layers.Layer;

/** What an emitted module may import. */
const MODULES: Readonly<Record<string, object>> = { '@tensorflow/tfjs-core': core, 'opau/runtime': runtime };

/** Where the module finds them: a name of its own on the worker's global object. */
const REGISTRY = 'opauModules';

const loaded = new Map<string, Promise<LayerClass>>();

/**
 * Runs an emitted module as it is, but for its import statements: workers have no import maps, so each becomes a look into
 * a table of this worker's own modules. A module from a blob: address needs no eval.
 */
export function loadLayer(javascript: string, className: string): Promise<LayerClass> {
  const known = loaded.get(javascript) ?? load(javascript, className);
  loaded.set(javascript, known);
  return known;
}

async function load(javascript: string, className: string): Promise<LayerClass> {
  Object.assign(globalThis, { [REGISTRY]: MODULES });
  const address = URL.createObjectURL(new Blob([withoutImports(javascript)], { type: 'text/javascript' }));
  try {
    const module = (await import(/* @vite-ignore */ address)) as Readonly<Record<string, unknown>>;
    return module[className] as LayerClass;
  } finally {
    URL.revokeObjectURL(address);
  }
}

/** `import { a } from 'b';` as `const { a } = table['b'];`. Throws an Error for a module that is not in the table. */
const withoutImports = (javascript: string): string =>
  javascript.replace(/^import (\{[^}]*\}) from '([^']+)';/gm, (_, names: string, from: string) => {
    if (!Object.hasOwn(MODULES, from)) throw new Error(`the emitted module imports ${from}, which this page has not`);
    return `const ${names} = globalThis.${REGISTRY}['${from}'];`;
  });
