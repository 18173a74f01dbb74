import {
  findBackendFactory,
  getKernel,
  registerBackend,
  removeBackend,
  scalar,
  tidy,
  type KernelBackend,
  type TensorInfo,
} from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { registerWasmKernels } from '../../runtime/wasm.js';
import { generate } from '../../compiler/generate.js';
import { base64 } from '../../compiler/targets/wasm/bytes.js';
import { encodeModule } from '../../compiler/targets/wasm/encode.js';
import { activationModule } from '../../compiler/targets/wasm/module.js';
import { useBackend } from '../support/backends.js';
import { arithmeticOnly, emitAndLoad, numbers, specOf } from '../support/emit.js';

const kernels = () => {
  const { activation } = generate(specOf('monomial', 1, 1), arithmeticOnly);
  const { bytes, limitsAt } = encodeModule(activationModule(activation));
  return { base64: base64(bytes), limitsAt };
};

/** Stands in for tfjs's threaded build, which Node does not run: tensors one after another in a shared memory. */
class ThreadedBackend {
  readonly wasm = { wasmMemory: new WebAssembly.Memory({ initial: 1, maximum: 65536, shared: true }) };
  private readonly offsets = new Map<object, number>();
  private end = 4096;
  readonly dataIdMap = { get: (dataId: object) => ({ memoryOffset: this.offsets.get(dataId)! }) };

  makeOutput(shape: number[], dtype: 'float32'): TensorInfo {
    const dataId = {};
    this.offsets.set(dataId, this.end);
    this.end += 4 * shape.reduce((a, b) => a * b, 1);
    return { dataId, shape, dtype };
  }
  values({ dataId, shape }: TensorInfo): Float32Array {
    return new Float32Array(
      this.wasm.wasmMemory.buffer,
      this.offsets.get(dataId)!,
      shape.reduce((a, b) => a * b, 1),
    );
  }
  tensor(shape: number[], ...values: number[]): TensorInfo {
    const tensor = this.makeOutput(shape, 'float32');
    this.values(tensor).set(values);
    return tensor;
  }
}

describe('kernels on the wasm backend', () => {
  it('run in the shared memory of a threaded build', () => {
    registerWasmKernels('OpauThreaded', kernels());
    const threaded = new ThreadedBackend();
    const run = (name: string, inputs: Record<string, TensorInfo>): TensorInfo | TensorInfo[] =>
      getKernel(name, 'wasm')!.kernelFunc({
        inputs,
        backend: threaded as unknown as KernelBackend,
        attrs: { shape: [1, 1, 2] },
      }) as TensorInfo | TensorInfo[];
    const inputs = {
      x: threaded.tensor([1, 1, 2], 1, -2),
      c: threaded.tensor([1, 2], 3, 4),
      d: threaded.tensor([1, 1], 0.5),
    };

    // (3 + 4 x) / (1 + |x / 2|)
    const y = run('OpauThreaded', inputs) as TensorInfo;
    expect([...threaded.values(y)]).toEqual([7 / 1.5, -5 / 2].map(Math.fround));
    threaded.wasm.wasmMemory.grow(1);
    const [dx, dc, dd] = run('OpauThreadedGrad', { ...inputs, dy: threaded.tensor([1, 1, 2], 1, 1) }) as [
      TensorInfo,
      TensorInfo,
      TensorInfo,
    ];
    expect([...threaded.values(dx)]).toEqual(
      [4 / 1.5 - (7 * 0.5) / 1.5 ** 2, 4 / 2 - (-5 * -0.5) / 4].map(Math.fround),
    );
    expect([...threaded.values(dc)]).toEqual([1 / 1.5 + 1 / 2, 1 / 1.5 - 2 / 2].map(Math.fround));
    expect([...threaded.values(dd)]).toEqual([Math.fround(-7 / 1.5 ** 2 + (5 * 2) / 4)]);
  });

  it('are left out where the engine cannot run them', () => {
    const validate = vi.spyOn(WebAssembly, 'validate').mockReturnValue(false);
    registerWasmKernels('OpauNoSimd', kernels());
    validate.mockRestore();
    expect(getKernel('OpauNoSimd', 'wasm')).toBeUndefined();
    registerWasmKernels('OpauEmpty', { base64: '', limitsAt: 0 });
    expect(getKernel('OpauEmpty', 'wasm')).toBeUndefined();
  });

  it('say when the backend hides its memory', () => {
    registerWasmKernels('OpauHidden', kernels());
    const hidden = Object.assign(new ThreadedBackend(), { wasm: {} });
    const inputs = {
      x: hidden.makeOutput([1, 1, 1], 'float32'),
      c: hidden.makeOutput([1, 2], 'float32'),
      d: hidden.makeOutput([1, 1], 'float32'),
    };
    expect(() =>
      getKernel('OpauHidden', 'wasm')!.kernelFunc({
        inputs,
        backend: hidden as unknown as KernelBackend,
        attrs: { shape: [1, 1, 1] },
      }),
    ).toThrow(/gives no access to its memory/);
  });
});

describe('instances', () => {
  beforeAll(() => useBackend('wasm'));

  it('are made once for each backend', async () => {
    const factory = findBackendFactory('wasm');
    const { op } = await emitAndLoad(specOf('monomial', 2, 1), arithmeticOnly);
    let made = 0;
    const { Instance } = WebAssembly;
    WebAssembly.Instance = class extends Instance {
      constructor(...args: ConstructorParameters<typeof Instance>) {
        super(...args);
        made++;
      }
    };
    const run = (): number => tidy(() => numbers(op(scalar(2), [1, 1, 1], [0.5]))[0]!);
    expect(run()).toBe(3.5);
    run();
    expect(made).toBe(1);
    // A backend that was removed and started again has another memory.
    removeBackend('wasm');
    registerBackend('wasm', factory);
    await useBackend('wasm');
    expect(run()).toBe(3.5);
    expect(made).toBe(2);
    WebAssembly.Instance = Instance;
  });
});
