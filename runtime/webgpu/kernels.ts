import type { TensorInfo } from '@tensorflow/tfjs-core';
import { dispatchAll, type Operand, type WebGPUBackend } from './backend.js';
import { backwardShader } from './backward.js';
import { FORWARD_ITEMS, forwardShader } from './forward.js';
import { nextCall } from './mark.js';
import { once, pipelineFor } from './pipeline.js';
import { ALIGNMENT, rangesOf } from './ranges.js';
import { reductionBy } from './reduction.js';
import { sumShader } from './sums.js';
import { traitsOf } from './traits.js';
import { MOST_LANES, THREADS, type Pass, type Width } from './wgsl.js';
import { register, type Attributes, type Inputs } from '../register.js';
import type { ShaderKernels } from '../shader.js';
import type { ActivationSpec } from '../spec.js';

type Shape = Attributes['shape'];

const PASSES: readonly Pass[] = ['plain', 'wide'];

/** Neighbouring elements of x, all of sets that start anew with the range. */
interface Part {
  readonly start: number;
  readonly size: number;
  readonly width: Width;
}

/**
 * Registers `<name>` (x, c, d -> y) and `<name>Grad` (x, dy, c, d -> dx, dc, dd) on the webgpu backend. x has shape [outer,
 * sets, inner], c [sets, m + 1] and d [sets, n].
 */
export function registerWebGPUKernels(name: string, spec: ActivationSpec, kernels: ShaderKernels): void {
  const forwardText = once((width: Width, pass: Pass) => forwardShader(spec, kernels.forward, width, pass));
  const backwardText = once((width: Width, pass: Pass, subgroup?: number) =>
    backwardShader(spec, kernels, width, pass, reductionBy(subgroup)),
  );
  const sumText = once(() => sumShader(spec));

  register<WebGPUBackend>(name, 'webgpu', (inputs, backend, { shape }) => {
    const { x, coefficients } = operandsOf(inputs);
    const y = output(backend, x.shape);
    for (const { width, ...range } of partsOf(name, backend, shape)) {
      const count = range.size / width;
      const { mark, call } = nextCall(backend.device);
      const operands = [{ tensor: x, range }, ...coefficients, { tensor: y, range }, mark];
      const workgroups = ceilDiv(count, THREADS * FORWARD_ITEMS);
      dispatchAll(backend, ({ bind, dispatch }) => {
        const bindings = bind(operands, [0, count, shape[1], shape[2], call]);
        for (const pass of PASSES) {
          const pipeline = pipelineFor(backend.device, name, forwardText(width, pass));
          dispatch(pipeline, bindings, workgroupsOf(backend.device, pass, workgroups));
        }
      });
    }
    return y;
  });

  register<WebGPUBackend>(`${name}Grad`, 'webgpu', (inputs, backend, { shape }) => {
    const { x, coefficients } = operandsOf(inputs);
    const [, sets, inner] = shape;
    const [dx, dc, dd] = [x, inputs['c']!, inputs['d']!].map((like) => output(backend, like.shape));
    const jobs = partsOf(name, backend, shape).map((part) => {
      const plan = planBackward(backend.device, part, shape);
      // By subgroups where no thread has another's set.
      const subgroup = plan.lanes === 1 ? traitsOf(backend.device).subgroup : undefined;
      return { part, plan, subgroup, partials: plan.chunks * reductionBy(subgroup).partials };
    });
    const all = jobs.reduce((total, { partials }) => total + partials, 0);
    // No element, no sum: new tensors hold whatever was in their buffers.
    if (all === 0) return [dx!, zeros(backend, dc!.shape), zeros(backend, dd!.shape)];

    const sums = sets * (spec.m + 1 + spec.n);
    const partials = backend.makeTensorInfo([sums, 2 * all], 'float32');
    dispatchAll(backend, ({ bind, dispatch }) => {
      let first = 0;
      for (const { part, plan, subgroup, partials: own } of jobs) {
        const range = { start: part.start, size: part.size };
        const inputsOfPart = [{ tensor: x, range }, { tensor: inputs['dy']!, range }, ...coefficients];
        const { count, lanes, items, workgroups } = plan;
        const { mark, call } = nextCall(backend.device);
        const uniforms = [count, sets, inner, lanes, items, workgroups, plan.chunks, first, all, call];
        const operands = [...inputsOfPart, { tensor: dx!, range }, { tensor: partials }, mark];
        const bindings = bind(operands, uniforms);
        for (const pass of PASSES) {
          const text = backwardText(part.width, pass, subgroup);
          const pipeline = pipelineFor(backend.device, `${name}Grad`, text);
          dispatch(pipeline, bindings, workgroupsOf(backend.device, pass, workgroups));
        }
        first += own;
      }
      const results = (spec.n > 0 ? [dc!, dd!] : [dc!]).map((tensor): Operand => ({ tensor }));
      const operands = [{ tensor: partials }, ...results];
      dispatch(pipelineFor(backend.device, `${name}Sums`, sumText()), bind(operands, [2 * all, sums]), sums);
    });
    backend.disposeData(partials.dataId);
    return [dx!, dc!, dd!];
  });
}

function operandsOf(inputs: Inputs): { readonly x: TensorInfo; readonly coefficients: readonly Operand[] } {
  const [x, c, d] = [inputs['x']!, inputs['c']!, inputs['d']!];
  // A polynomial's d is empty, and an empty buffer cannot be bound.
  const coefficients = sizeOf(d.shape) === 0 ? [{ tensor: c }] : [{ tensor: c }, { tensor: d }];
  return { x, coefficients };
}

const output = (backend: WebGPUBackend, shape: number[]): TensorInfo =>
  sizeOf(shape) === 0 ? zeros(backend, shape) : backend.makeTensorInfo(shape, 'float32');

const zeros = (backend: WebGPUBackend, shape: number[]): TensorInfo =>
  backend.makeTensorInfo(shape, 'float32', new Float32Array(sizeOf(shape)));

/** Ranges that the device can bind; vectors of four where all elements share a set, and the last few one by one. */
function partsOf(name: string, { device }: WebGPUBackend, shape: Shape): readonly Part[] {
  const [, sets, inner] = shape;
  const size = sizeOf(shape);
  if (size === 0) return [];
  const limit = traitsOf(device).bindingBytes;
  const ranges = rangesOf(size, sets === 1 ? 1 : sets * inner, limit);
  if (ranges === undefined) {
    throw new Error(
      `${name}: x has ${size} elements in rows of ${sets * inner}, and this device binds ${limit} bytes at most: ` +
        'use smaller batches, or share coefficients along more axes',
    );
  }
  if (sets > 1) return ranges.map((range): Part => ({ ...range, width: 1 }));
  return ranges.flatMap(({ start, size: length }): Part[] => {
    if (length % 4 === 0) return [{ start, size: length, width: 4 }];
    const vectors = length - (length % ALIGNMENT);
    const rest: Part = { start: start + vectors, size: length - vectors, width: 1 };
    return vectors === 0 ? [rest] : [{ start, size: vectors, width: 4 }, rest];
  });
}

/** Workgroups that keep a device busy: beyond as many, each does more. In software, where they cost more, few suffice. */
const ENOUGH_WORKGROUPS = { hardware: 512, software: 64 } as const;
const MOST_ITEMS = 32;

/** Workgroups of the wide pass: enough for many large elements, and soon done where there is none. */
const WIDE_WORKGROUPS = { hardware: 4096, software: 8 } as const;

const workgroupsOf = (device: GPUDevice, pass: Pass, plain: number): number =>
  pass === 'plain' ? plain : Math.min(plain, WIDE_WORKGROUPS[kindOf(device)]);

const kindOf = (device: GPUDevice): 'hardware' | 'software' => (traitsOf(device).software ? 'software' : 'hardware');

/** How the elements of a part are divided among workgroups: by sizes and the device, so that sums are the same on every run. */
function planBackward(device: GPUDevice, { size, width }: Part, [, sets, inner]: Shape) {
  const count = size / sets / width;
  const lanes = inner >= MOST_LANES ? 1 : Math.min(MOST_LANES, 2 ** Math.ceil(Math.log2(sets)));
  const columns = ceilDiv(sets, lanes);
  const rows = THREADS / lanes;
  const enough = ENOUGH_WORKGROUPS[kindOf(device)];
  const items = Math.min(MOST_ITEMS, Math.max(1, ceilDiv(count * columns, rows * enough)));
  const chunks = ceilDiv(count, rows * items);
  return { count, lanes, items, chunks, workgroups: chunks * columns };
}

const ceilDiv = (a: number, b: number): number => Math.ceil(a / b);

const sizeOf = (shape: readonly number[]): number => shape.reduce((size, side) => size * side, 1);
