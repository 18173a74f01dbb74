// How each device of a Node process is started. Each returns what it found, or throws why it is not there.
import { existsSync } from 'node:fs';
import { env, version_core } from '@tensorflow/tfjs-core';
import { startWebGPU } from 'opau/webgpu-node';
import { useBackend } from '../support/backends.js';
import { loadTensorflow } from '../support/tensorflow.js';
import { SLACK } from '../support/units.js';

export interface NodeDevice {
  readonly name: string;
  readonly backend: string;
  readonly slack: number;
  start(): Promise<string>;
}

/** What Debian's chromium brings. */
const SWIFTSHADER = '/usr/lib/chromium/vk_swiftshader_icd.json';

async function startDawn(): Promise<string> {
  // A machine with a graphics card has a driver of its own, which this variable would hide.
  if (!existsSync('/dev/dri') && !existsSync('/dev/nvidia0') && existsSync(SWIFTSHADER)) {
    process.env['VK_ICD_FILENAMES'] ??= SWIFTSHADER;
  }
  const { description, software, subgroups } = await startWebGPU();
  // Else tfjs computes small tensors on the CPU.
  env().set('WEBGPU_CPU_FORWARD', false);
  return `${description}${software ? ', software' : ''}, ${subgroups ? 'with' : 'without'} subgroups`;
}

async function startTensorflow(): Promise<string> {
  const outcome = loadTensorflow();
  if (!outcome.ok) throw new Error(outcome.reason);
  await useBackend('tensorflow');
  return `libtensorflow ${outcome.libtensorflow}`;
}

const ready = (backend: string) => async (): Promise<string> => {
  await useBackend(backend);
  return `tfjs ${version_core}`;
};

export const NODE_DEVICES: readonly NodeDevice[] = [
  { name: 'cpu', backend: 'cpu', slack: SLACK.doubles, start: ready('cpu') },
  { name: 'wasm', backend: 'wasm', slack: SLACK.singles, start: ready('wasm') },
  { name: 'webgpu', backend: 'webgpu', slack: SLACK.singles, start: startDawn },
  { name: 'tensorflow', backend: 'tensorflow', slack: SLACK.singles, start: startTensorflow },
];
