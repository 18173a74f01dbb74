import { mkdir, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Tensor } from '@tensorflow/tfjs-core';
import type { layers } from '@tensorflow/tfjs-layers';
import type { ActivationOp, ActivationSpec, PadeLayerArgs } from 'opau/runtime';
import { className, opName, specHash } from '../../compiler/emit/identity.js';
import { describeFit } from '../../compiler/fit/index.js';
import { parseTarget } from '../../compiler/fit/targets.js';
import { generate, STAGES, type Stages } from '../../compiler/generate.js';
import { defineSpec, type Spec, type SpecRequest } from '../../compiler/spec.js';

/** Emitted modules under test are written here, inside the package, so that `opau/runtime` resolves. */
export const directory = fileURLToPath(new URL('../.emitted/', import.meta.url));

export const specOf = (
  basis: SpecRequest['basis'],
  m: number,
  n: number,
  denominator = 'sum-abs',
  target = 'leaky_relu',
  scale: Pick<SpecRequest, 'domain' | 'normalise'> = {},
): Spec => defineSpec({ basis, m, n, denominator, target: parseTarget(target), ...scale });

/** For tests of the arithmetic, which bring their own truth: no fit and no witness. */
export const arithmeticOnly: Stages = {
  ...STAGES,
  witness: () => ({ polynomials: 0, gradients: 0, points: 0 }),
  fit: (spec) =>
    describeFit(
      spec,
      Array.from({ length: spec.m + 1 }, (_, i) => Math.fround(1 / (i + 1))),
      Array.from({ length: spec.n }, (_, j) => Math.fround(1 / (j + 2))),
    ),
};

export interface EmittedModule {
  readonly op: ActivationOp;
  readonly Layer: new (args?: PadeLayerArgs) => layers.Layer;
  readonly spec: ActivationSpec;
}

const loaded = new Map<string, Promise<EmittedModule>>();

/** Generates a module, writes it, and loads it, once each: what runs is what a user gets. */
export function emitAndLoad(spec: Spec, stages: Stages = STAGES): Promise<EmittedModule> {
  const key = `${stages === STAGES ? 'full' : 'arithmetic'}/${specHash(spec)}`;
  const known = loaded.get(key) ?? emit(spec, stages, `${process.pid}-${key.replace(/[^a-z0-9]/g, '-')}`);
  loaded.set(key, known);
  return known;
}

async function emit(spec: Spec, stages: Stages, folder: string): Promise<EmittedModule> {
  const path = await writeModule(spec, stages, folder);
  return pick(spec, (await import(path)) as Record<string, unknown>);
}

/** Generates a module and writes it to a folder of emitted modules; returns its path. */
export async function writeModule(spec: Spec, stages: Stages, folder: string): Promise<string> {
  const [[name, text]] = [...generate(spec, stages).files] as [[string, string]];
  await mkdir(`${directory}${folder}`, { recursive: true });
  await writeFile(`${directory}${folder}/${name}`, text);
  return `${directory}${folder}/${name}`;
}

function pick(spec: Spec, module: Record<string, unknown>): EmittedModule {
  return {
    op: module[opName(spec)] as ActivationOp,
    Layer: module[className(spec)] as EmittedModule['Layer'],
    spec: module['spec'] as ActivationSpec,
  };
}

export const numbers = (tensor: Tensor): number[] => Array.from(tensor.dataSync());
