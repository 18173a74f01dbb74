import type { DataId, KernelBackend, TensorInfo } from '@tensorflow/tfjs-core';

/** The part of tfjs's webgl backend that kernels need. */
export interface WebGLBackend extends KernelBackend {
  readonly gpgpu: { readonly gl: WebGL2RenderingContext; readonly framebuffer: WebGLFramebuffer };
  readonly texData: { get(dataId: DataId): TextureData };
  compileAndRun(
    program: Program,
    inputs: TensorInfo[],
    dtype: 'float32',
    uniforms: number[][],
    preventEagerUnpackingOfOutput: boolean,
  ): TensorInfo;
  packTensor(input: TensorInfo): TensorInfo;
  disposeIntermediateTensorInfo(tensor: TensorInfo): void;
  makeTensorInfo(shape: number[], dtype: 'float32', values?: Float32Array): TensorInfo;
  uploadToGPU(dataId: DataId): void;
  readSync(dataId: DataId): Float32Array;
}

interface TextureData {
  readonly texture?: { readonly texture: WebGLTexture } | null;
  isPacked?: boolean;
}

/** A fragment shader in tfjs's terms. All textures are packed: a texel holds 2 rows by 2 columns. */
interface Program {
  readonly variableNames: string[];
  readonly outputShape: number[];
  readonly userCode: string;
  readonly packedInputs: true;
  readonly packedOutput: true;
  /** One shader serves all shapes. */
  readonly enableShapeUniforms: true;
  readonly customUniforms: { readonly name: string; readonly type: Uniform['type'] }[];
}

/** The text of a shader, and what it reads. */
export interface Shader {
  readonly code: string;
  readonly inputs: readonly string[];
  readonly uniforms: readonly Uniform[];
  /** Textures that it writes at once, all of one shape; 1 if not given. */
  readonly outputs?: number;
}

export interface Uniform {
  readonly name: string;
  readonly type: 'int' | 'ivec2' | 'ivec3';
}

export type Matrices = readonly [batch: number, rows: number, columns: number];

/** A shape as tfjs packs it: the last two dimensions are what shares texels. */
export function matrices(shape: readonly number[]): Matrices {
  const [rows, columns] = [shape.at(-2) ?? 1, shape.at(-1) ?? 1];
  return [shape.slice(0, -2).reduce((size, side) => size * side, 1), rows, columns];
}

/** What belongs to a texture that is there for a while: it must be disposed. */
export interface Texture {
  readonly tensor: TensorInfo;
  dispose(): void;
}

/** A tensor as a packed texture: itself, or a copy, so that not each shader that reads it makes its own. */
export function packed(backend: WebGLBackend, { dataId, dtype, shape }: TensorInfo): Texture {
  const tensor = { dataId, dtype, shape: [...matrices(shape)] };
  const { texture, isPacked } = backend.texData.get(dataId);
  // What is not on the device yet is packed when it is uploaded.
  if (texture == null || isPacked) return { tensor, dispose: () => {} };
  const copy = backend.packTensor(tensor);
  return { tensor: copy, dispose: () => backend.disposeIntermediateTensorInfo(copy) };
}

/**
 * Runs a shader over the texels of a packed texture of the given shape. The result is one for the user if `unpacks` leaves
 * it to tfjs how it is stored, else it stays packed.
 */
export function run(
  backend: WebGLBackend,
  { code, inputs, uniforms }: Shader,
  operands: readonly TensorInfo[],
  values: readonly (readonly number[])[],
  shape: readonly number[],
  unpacks: boolean,
): TensorInfo {
  const program: Program = {
    variableNames: [...inputs],
    outputShape: [...matrices(shape)],
    userCode: code,
    packedInputs: true,
    packedOutput: true,
    enableShapeUniforms: true,
    customUniforms: [...uniforms],
  };
  // tfjs changes an operand's shape for a while: each gets its own.
  const infos = operands.map((operand) => ({ ...operand }));
  const { dataId } = backend.compileAndRun(
    program,
    infos,
    'float32',
    values.map((v) => [...v]),
    !unpacks,
  );
  return { dataId, dtype: 'float32', shape: [...shape] };
}
