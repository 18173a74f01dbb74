import type { TensorInfo } from '@tensorflow/tfjs-core';
import { matrices, run, type Shader, type WebGLBackend } from './backend.js';

/** How tfjs declares the output of every shader. GLSL wants to be told places where there are several. */
const ONLY_OUTPUT = 'out vec4 outputColor;';
const FIRST_OUTPUT = `layout(location = 0) ${ONLY_OUTPUT}`;

/** Declares what a shader writes besides tfjs's output. */
export const moreOutputs = (outputs: number): string =>
  Array.from({ length: outputs - 1 }, (_, i) => `layout(location = ${i + 1}) out vec4 output${i + 1};`).join('\n');

/** The statement that writes a texel of an output. */
export const setOutput = (output: number, texel: string): string =>
  output === 0 ? `setOutput(${texel});` : `output${output} = ${texel};`;

/** No more than this at once, whatever a device can do: sixteen sums of four numbers are as many as registers hold. */
const MOST = 4;

const known = new WeakMap<WebGLBackend, number>();

/** How many float32 textures this device writes at once. */
export function outputsAtOnce(backend: WebGLBackend): number {
  const most = known.get(backend) ?? tryOutputs(backend);
  known.set(backend, most);
  return most;
}

/** The limit that a device names need not hold for texels as wide as these: only a trial tells. */
function tryOutputs(backend: WebGLBackend): number {
  const { gl } = backend.gpgpu;
  const limit = Math.min(MOST, gl.getParameter(gl.MAX_DRAW_BUFFERS) as number);
  for (let outputs = limit; outputs > 1; outputs--) {
    const textures = Array.from({ length: outputs }, () => texture(backend, [1, 1, 1]));
    const complete = attached(backend, textures, 0, () => gl.checkFramebufferStatus(gl.FRAMEBUFFER));
    textures.forEach((one) => backend.disposeIntermediateTensorInfo(one));
    if (complete === gl.FRAMEBUFFER_COMPLETE) return outputs;
  }
  return 1;
}

/**
 * Runs a shader that writes several packed textures of the given shape, which stay packed. Its operands must be on the
 * device already: tfjs may bring others there while the textures are attached, and would write to them.
 */
export function runForSeveral(
  backend: WebGLBackend,
  shader: Shader,
  operands: readonly TensorInfo[],
  values: readonly (readonly number[])[],
  shape: readonly number[],
): readonly TensorInfo[] {
  const more = Array.from({ length: (shader.outputs ?? 1) - 1 }, () => texture(backend, matrices(shape)));
  const draw = (): TensorInfo => run(backend, shader, operands, values, shape, false);
  const first = more.length === 0 ? draw() : attached(backend, more, 1, () => withPlaces(backend, draw));
  return [first, ...more];
}

/** A packed texture on the device, of whatever numbers. */
function texture(backend: WebGLBackend, shape: readonly number[]): TensorInfo {
  const info = backend.makeTensorInfo([...shape], 'float32');
  backend.texData.get(info.dataId).isPacked = true;
  backend.uploadToGPU(info.dataId);
  return info;
}

/** Does something while textures are attached to tfjs's framebuffer, from the given place on. */
function attached<Result>(
  backend: WebGLBackend,
  textures: readonly TensorInfo[],
  from: number,
  act: () => Result,
): Result {
  const { gl, framebuffer } = backend.gpgpu;
  const attach = (textureOf: (info: TensorInfo) => WebGLTexture | null): void =>
    textures.forEach((info, i) =>
      gl.framebufferTexture2D(gl.FRAMEBUFFER, gl.COLOR_ATTACHMENT0 + from + i, gl.TEXTURE_2D, textureOf(info), 0),
    );
  gl.bindFramebuffer(gl.FRAMEBUFFER, framebuffer);
  attach(({ dataId }) => backend.texData.get(dataId).texture!.texture);
  gl.drawBuffers(Array.from({ length: from + textures.length }, (_, i) => gl.COLOR_ATTACHMENT0 + i));
  try {
    return act();
  } finally {
    gl.bindFramebuffer(gl.FRAMEBUFFER, framebuffer);
    attach(() => null);
    gl.drawBuffers([gl.COLOR_ATTACHMENT0]);
  }
}

/** Does something while the output of new shaders is told its place. */
function withPlaces<Result>({ gpgpu: { gl } }: WebGLBackend, act: () => Result): Result {
  const own = Object.getOwnPropertyDescriptor(gl, 'shaderSource');
  const source = gl.shaderSource.bind(gl);
  gl.shaderSource = (shader, text) => source(shader, text.replace(ONLY_OUTPUT, FIRST_OUTPUT));
  try {
    return act();
  } finally {
    if (own === undefined) delete (gl as Partial<WebGL2RenderingContext>).shaderSource;
    else Object.defineProperty(gl, 'shaderSource', own);
  }
}
