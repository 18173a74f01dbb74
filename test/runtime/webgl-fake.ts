// What stands in for tfjs's webgl backend and its context, where there is no browser.
import type { TensorInfo } from '@tensorflow/tfjs-core';
import { expect } from 'vitest';

/** As much of a context as kernels touch: what is attached to the framebuffer, and which texts go to the compiler. */
class FakeContext {
  readonly MAX_DRAW_BUFFERS = 1;
  readonly FRAMEBUFFER = 2;
  readonly TEXTURE_2D = 3;
  readonly FRAMEBUFFER_COMPLETE = 4;
  readonly COLOR_ATTACHMENT0 = 100;
  isLost = false;
  /** What the device says it writes at once, and what it really does. */
  limits = { said: 8, real: 8 };
  readonly attached = new Map<number, object>();
  drawn: readonly number[] = [100];
  readonly compiled: string[] = [];

  isContextLost = (): boolean => this.isLost;
  getParameter = (): number => this.limits.said;
  bindFramebuffer(): void {}
  drawBuffers(places: readonly number[]): void {
    this.drawn = places;
  }
  framebufferTexture2D(_: number, place: number, __: number, texture: object | null): void {
    if (texture === null) this.attached.delete(place);
    else this.attached.set(place, texture);
  }
  checkFramebufferStatus(): number {
    return this.attached.size <= this.limits.real ? this.FRAMEBUFFER_COMPLETE : 0;
  }
  shaderSource(_: object, text: string): void {
    this.compiled.push(text);
  }
}

export interface Run {
  /** Textures that it writes besides its result. */
  readonly more: number;
  readonly code: string;
  readonly inputs: readonly string[];
  readonly operands: readonly TensorInfo[];
  readonly shape: readonly number[];
}

/** Stands in for tfjs's backend: notes what runs, and what of it is still there. */
export class FakeBackend {
  readonly runs: Run[] = [];
  readonly alive = new Set<object>();
  readonly gpgpu = { gl: new FakeContext(), framebuffer: {} };
  readonly texData = {
    get: (dataId: object) => {
      const data = this.textures.get(dataId) ?? {};
      this.textures.set(dataId, data);
      return data;
    },
  };
  private readonly textures = new Map<object, { texture?: object; isPacked?: boolean }>();
  private readonly values = new Map<object, Float32Array>();

  compileAndRun(program: Record<string, unknown>, operands: TensorInfo[], dtype: 'float32'): TensorInfo {
    for (const { dataId } of operands) expect(this.alive.has(dataId)).toBe(true);
    const [code, shape] = [program['userCode'] as string, program['outputShape'] as number[]];
    const { gl } = this.gpgpu;
    const more = [...gl.attached.keys()].filter((place) => place > gl.COLOR_ATTACHMENT0);
    expect(gl.drawn).toEqual([gl.COLOR_ATTACHMENT0, ...more]);
    gl.shaderSource({}, `out vec4 outputColor;\n${code}`);
    this.runs.push({ code, inputs: program['variableNames'] as string[], operands, shape, more: more.length });
    return this.make(shape, dtype);
  }
  packTensor({ shape }: TensorInfo): TensorInfo {
    return this.make(shape, 'float32');
  }
  makeTensorInfo(shape: number[], dtype: 'float32', values?: Float32Array): TensorInfo {
    const tensor = this.make(shape, dtype);
    if (values !== undefined) this.values.set(tensor.dataId, values);
    return tensor;
  }
  uploadToGPU(dataId: object): void {
    this.texData.get(dataId).texture ??= { texture: {} };
  }
  disposeIntermediateTensorInfo({ dataId }: TensorInfo): void {
    expect(this.alive.delete(dataId)).toBe(true);
  }
  readSync(dataId: object): Float32Array {
    return this.values.get(dataId)!;
  }
  /** On the device already, one number to a texel. */
  unpacked(shape: number[]): TensorInfo {
    const tensor = this.make(shape, 'float32');
    this.textures.set(tensor.dataId, { texture: {}, isPacked: false });
    return tensor;
  }
  make(shape: number[], dtype: 'float32'): TensorInfo {
    const dataId = {};
    this.alive.add(dataId);
    return { dataId, shape: [...shape], dtype };
  }
}
