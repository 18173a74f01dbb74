// The suite in a browser: the test calls window.matrix through the browser's debugging protocol.
import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-backend-wasm';
import '@tensorflow/tfjs-backend-webgl';
import '@tensorflow/tfjs-backend-webgpu';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import { env, getBackend, ready, setBackend } from '@tensorflow/tfjs-core';
import type { EmittedModule } from '../../support/emit.js';
import { SLACK, type VectorCase } from '../../support/units.js';
import { cases } from '../cases/index.js';
import { nameOf, type Device } from '../device.js';
import { runCase } from '../run-case.js';

export interface Note {
  readonly kind: string;
  readonly units: number;
  readonly where: string;
}

export interface Outcome {
  readonly notes: readonly Note[];
  readonly inapplicable?: string;
}

export interface Matrix {
  /** Sets the backend; from then on every case runs on it. */
  start(backend: string): Promise<void>;
  run(caseName: string): Promise<Outcome>;
}

/** `modules` by nameOf. */
export function install(modules: Readonly<Record<string, EmittedModule>>): void {
  let device: Device;
  let notes: Note[] = [];

  async function start(backend: string): Promise<void> {
    setWasmPaths('/wasm/');
    // Else tfjs computes small tensors on the CPU.
    env().set('WEBGPU_CPU_FORWARD', false);
    env().set('WEBGL_CPU_FORWARD', false);
    if (!(await setBackend(backend)) || getBackend() !== backend) throw new Error(`tfjs refused to set ${backend}`);
    await ready();
    // The page is isolated so that the build with shared memory runs: Node has the other one.
    if (backend === 'wasm' && !(await env().getAsync('WASM_HAS_MULTITHREAD_SUPPORT'))) {
      throw new Error('the wasm backend runs without threads');
    }
    const { cases: vectors } = (await (await fetch('/vectors.json')).json()) as { cases: readonly VectorCase[] };
    device = {
      name: `chromium-${backend}`,
      backend,
      slack: SLACK.singles,
      vectors,
      load: async (activation) => modules[nameOf(activation)]!,
      note: (kind, units, where) => notes.push({ kind, units, where }),
    };
  }

  async function run(caseName: string): Promise<Outcome> {
    notes = [];
    const one = cases.find(({ name }) => name === caseName);
    if (one === undefined) throw new Error(`no case named ${caseName}`);
    const inapplicable = await runCase(one, device);
    return inapplicable === undefined ? { notes } : { notes, inapplicable };
  }

  Object.assign(globalThis, { matrix: { start, run } satisfies Matrix });
}
