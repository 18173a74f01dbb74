import type { TensorInfo } from '@tensorflow/tfjs-core';
import { matrices, packed, run, type Shader, type Texture, type WebGLBackend } from './backend.js';
import { groupsOf, partialsShader, slopeShader } from './backward.js';
import { backwardInstead, forwardInstead, obstacle, warnOfFallback } from './fallback.js';
import { coefficientsShader } from './coefficients.js';
import { forwardShader } from './forward.js';
import { texelsOf, type Width } from './glsl.js';
import { outputsAtOnce, runForSeveral } from './outputs.js';
import { planBlocks, planSums, texelsShape, type Plan } from './plan.js';
import { gradientShader, reductionShader } from './sums.js';
import type { CpuKernels } from '../cpu.js';
import { register, type Attributes, type Inputs } from '../register.js';
import type { ShaderKernels } from '../shader.js';
import type { ActivationSpec } from '../spec.js';

/**
 * Registers `<name>` (x, c, d -> y) and `<name>Grad` (x, dy, c, d -> dx, dc, dd) on the webgl backend. x has any shape, and
 * the attribute says how its elements are divided among sets; c is [sets, m + 1] and d [sets, n]. Throws an Error that
 * says what to do where the device has lost its WebGL context. `cpu` stands in where a device lacks float32 textures.
 */
export function registerWebGLKernels(
  name: string,
  spec: ActivationSpec,
  kernels: ShaderKernels,
  cpu: CpuKernels,
): void {
  const gather = coefficientsShader(spec);
  const forward = byWidth((width) => forwardShader(spec, kernels.forward, width));
  register<WebGLBackend>(name, 'webgl', (inputs, backend, attributes) => {
    const x = inputs['x']!;
    if (sizeOf(x.shape) === 0) return zeros(backend, x.shape);
    const lack = obstacle();
    if (lack !== undefined) {
      warnOfFallback(lack);
      return forwardInstead(cpu, backend, inputs, attributes);
    }
    expectContext(name, backend);
    const operands = [packed(backend, x), gathered(backend, spec, gather, inputs)];
    const y = run(backend, forward(widthOf(attributes)), infos(operands), shapeOf(x, attributes), x.shape, true);
    disposeAll(operands);
    return y;
  });

  const { c: groupsC, d: groupsD } = groupsOf(spec);
  const slope = byWidth((width) => slopeShader(spec, kernels, width));
  const groups = [...groupsC, ...groupsD];
  const partials = byWidth((width, atOnce) =>
    inBatches(groups, atOnce).map((batch) => partialsShader(spec, kernels, width, batch)),
  );
  register<WebGLBackend>(`${name}Grad`, 'webgl', (inputs, backend, attributes) => {
    const [x, c, d] = [inputs['x']!, inputs['c']!, inputs['d']!];
    if (sizeOf(x.shape) === 0) return [x, c, d].map((like) => zeros(backend, like.shape));
    const lack = obstacle();
    if (lack !== undefined) {
      warnOfFallback(lack);
      return backwardInstead(cpu, backend, inputs, attributes);
    }
    expectContext(name, backend);
    const operands = [packed(backend, x), packed(backend, inputs['dy']!), gathered(backend, spec, gather, inputs)];
    const [width, shape] = [widthOf(attributes), shapeOf(x, attributes)];
    const dx = run(backend, slope(width), infos(operands), shape, x.shape, true);

    const { count, plan } = planFor(x, attributes, width);
    const [, sets] = attributes.shape;
    const work = [...shape, [count], [plan.items], [plan.chunks], plan.strides];
    const parts = partials(width, outputsAtOnce(backend)).flatMap((shader) =>
      runForSeveral(backend, shader, infos(operands), work, texelsShape(plan.chunks * sets)),
    );
    disposeAll(operands);
    const [dc, dd] = [parts.slice(0, groupsC.length), parts.slice(groupsC.length)].map((own, i) =>
      own.length === 0 ? zeros(backend, d.shape) : addUp(backend, own, plan, sets, [c, d][i]!.shape),
    );
    return [dx, dc!, dd!];
  });
}

/** Adds up partial sums, disposes them, and returns the gradient of c or d, [sets, length]. */
function addUp(
  backend: WebGLBackend,
  partials: readonly TensorInfo[],
  plan: Plan,
  sets: number,
  shape: readonly number[],
): TensorInfo {
  const groups = partials.length;
  let parts = partials;
  let chunks = plan.chunks;
  let strides: readonly [chunk: number, set: number, group: number] = [...plan.strides, 0];
  const addWith = (shader: Shader, last: number, to: readonly number[], unpacks: boolean): TensorInfo => {
    const sum = run(backend, shader, parts, [[sets], [chunks], strides, [last]], to, unpacks);
    parts.forEach((part) => backend.disposeIntermediateTensorInfo(part));
    return sum;
  };
  for (const kept of planSums(chunks)) {
    parts = [addWith(reductionShader(parts.length), kept, texelsShape(groups * kept * sets), false)];
    [chunks, strides] = [kept, [sets, 1, kept * sets]];
  }
  return addWith(gradientShader(parts.length), Math.ceil(shape.at(-1)! / 2), shape, true);
}

/** Texels of x, or the elements of each set, as fragments share them. */
function planFor(x: TensorInfo, { shape: [outer, sets, inner] }: Attributes, width: Width) {
  const [batch, rows, columns] = matrices(x.shape);
  const count = width === 4 ? batch * Math.ceil(rows / 2) * Math.ceil(columns / 2) : outer * inner;
  return { count, plan: planBlocks(count, sets, inner, width) };
}

/** Whole texels where all their numbers have the same coefficients. */
const widthOf = ({ shape: [, sets] }: Attributes): Width => (sets === 1 ? 4 : 1);

/** The values of SHAPE. */
const shapeOf = (x: TensorInfo, { shape: [, sets, inner] }: Attributes): readonly (readonly number[])[] => [
  matrices(x.shape),
  [sets],
  [inner],
];

/** The coefficients as the shaders read them. */
function gathered(backend: WebGLBackend, spec: ActivationSpec, shader: Shader, { c, d }: Inputs): Texture {
  // A polynomial's d is empty, and no texture.
  const matricesOf = [c!, d!].slice(0, shader.inputs.length).map((matrix) => packed(backend, matrix));
  const tensor = run(backend, shader, infos(matricesOf), [], [2 * c!.shape[0]!, 2 * texelsOf(spec)], false);
  disposeAll(matricesOf);
  return { tensor, dispose: () => backend.disposeIntermediateTensorInfo(tensor) };
}

const infos = (textures: readonly Texture[]): readonly TensorInfo[] => textures.map(({ tensor }) => tensor);

const disposeAll = (textures: readonly Texture[]): void => textures.forEach((texture) => texture.dispose());

const zeros = (backend: WebGLBackend, shape: number[]): TensorInfo =>
  backend.makeTensorInfo(shape, 'float32', new Float32Array(sizeOf(shape)));

function expectContext(name: string, backend: WebGLBackend): void {
  if (!backend.gpgpu.gl.isContextLost()) return;
  throw new Error(
    `${name}: the browser has taken away the WebGL context, and all tensors on it are lost: reload the page, or use ` +
      "another backend from the start, as with tf.setBackend('wasm')",
  );
}

/** Makes the shaders of each width (and number of outputs) when they are first needed, and once. */
function byWidth<Result>(make: (width: Width, outputs: number) => Result): (width: Width, outputs?: number) => Result {
  const made = new Map<string, Result>();
  return (width, outputs = 1) => {
    const key = `${width} ${outputs}`;
    const known = made.get(key) ?? make(width, outputs);
    made.set(key, known);
    return known;
  };
}

const inBatches = <Item>(items: readonly Item[], most: number): readonly (readonly Item[])[] =>
  Array.from({ length: Math.ceil(items.length / most) }, (_, i) => items.slice(i * most, (i + 1) * most));

const sizeOf = (shape: readonly number[]): number => shape.reduce((size, side) => size * side, 1);
