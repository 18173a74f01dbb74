// The suite as a program, on WebGPU in Node: for a machine that has a graphics card and nothing else of this project.
import { readFile } from 'node:fs/promises';
import { env } from '@tensorflow/tfjs-core';
import { startWebGPU } from 'opau/webgpu-node';
import type { EmittedModule } from '../../support/emit.js';
import { SLACK, type VectorCase } from '../../support/units.js';
import { cases } from '../cases/index.js';
import { nameOf, type Device } from '../device.js';
import { Report } from '../report.js';
import { runCase } from '../run-case.js';

/**
 * Runs all cases, or those whose names contain the program's argument, and prints what failed, the worst errors, and the
 * counts. Exit code 1 where a case fails.
 */
export async function install(modules: Readonly<Record<string, EmittedModule>>): Promise<void> {
  const { description, subgroups } = await startWebGPU();
  // Else tfjs computes small tensors on the CPU.
  env().set('WEBGPU_CPU_FORWARD', false);
  const text = await readFile(new URL('./vectors.json', import.meta.url), 'utf8');
  const report = new Report();
  const device: Device = {
    name: 'webgpu',
    backend: 'webgpu',
    slack: SLACK.singles,
    vectors: (JSON.parse(text) as { cases: readonly VectorCase[] }).cases,
    load: async (activation) => modules[nameOf(activation)]!,
    note: report.note.bind(report),
  };
  const counts = { passed: 0, failed: 0, inapplicable: 0 };
  const part = process.argv[2] ?? '';
  for (const one of cases.filter(({ name }) => name.includes(part))) {
    try {
      const inapplicable = await runCase(one, device);
      if (inapplicable === undefined) counts.passed++;
      else counts.inapplicable++;
    } catch (error) {
      counts.failed++;
      console.log(`failed: ${one.name}: ${(error as Error).message}`);
    }
  }
  console.log(report.lines(`${description}, ${subgroups ? 'with' : 'without'} subgroups`));
  console.log(`${counts.passed} passed, ${counts.failed} failed, ${counts.inapplicable} do not apply`);
  process.exit(counts.failed > 0 ? 1 : 0);
}
