import type { CpuKernels } from './cpu.js';
import { bestModule, instantiate, type WasmKernels } from './wasm.js';

/** Elements that go through the module's memory at a time: few enough to stay in a processor's cache. */
const CHUNK = 16384;

/** Places in bytes: room for 64 coefficients, or sums, each, and three arrays of a chunk. */
const [C, D, DC, DD, XS] = [1024, 1280, 1536, 1792, 4096] as const;
const [DYS, OUT, END] = [XS + 4 * CHUNK, XS + 8 * CHUNK, XS + 12 * CHUNK] as const;
const PAGE = 65536;

/** Kernels that are compiled when they are first needed. */
export interface OwnKernels extends CpuKernels {
  /** Compiles them now, if that has not been done. Throws what the engine throws, as where a page's policy forbids it. */
  start(): void;
}

/**
 * The kernels of the wasm backend in a memory of their own, for data that lies in JavaScript: copies cost less than the
 * difference to arithmetic in JavaScript. Undefined where the engine cannot run the module.
 */
export function kernelsInOwnMemory(wasm: WasmKernels): OwnKernels | undefined {
  const bytes = bestModule(wasm);
  if (bytes === undefined) return undefined;
  let running: ReturnType<typeof compiled> | undefined;
  const compiled = () => {
    const memory = new WebAssembly.Memory({ initial: Math.ceil(END / PAGE) });
    return { ...instantiate(bytes, wasm.limitsAt, memory), floats: new Float32Array(memory.buffer) };
  };
  const load = (c: Float32Array, d: Float32Array): ReturnType<typeof compiled> => {
    running ??= compiled();
    running.floats.set(c, C / 4);
    running.floats.set(d, D / 4);
    return running;
  };

  return {
    start: () => void (running ??= compiled()),
    forward(xs, c, d, ys) {
      const { forward, floats } = load(c, d);
      eachChunk(xs.length, (at, size) => {
        floats.set(xs.subarray(at, at + size), XS / 4);
        forward(XS, size, C, D, OUT);
        ys.set(floats.subarray(OUT / 4, OUT / 4 + size), at);
      });
    },
    backward(xs, dys, c, d, dxs, dc, dd) {
      const { backward, floats } = load(c, d);
      // In doubles: float32 sums of many chunks would lose digits.
      const [sumsC, sumsD] = [new Float64Array(dc.length), new Float64Array(dd.length)];
      eachChunk(xs.length, (at, size) => {
        floats.set(xs.subarray(at, at + size), XS / 4);
        floats.set(dys.subarray(at, at + size), DYS / 4);
        backward(XS, DYS, size, C, D, OUT, DC, DD);
        dxs.set(floats.subarray(OUT / 4, OUT / 4 + size), at);
        for (let i = 0; i < sumsC.length; i++) sumsC[i]! += floats[DC / 4 + i]!;
        for (let j = 0; j < sumsD.length; j++) sumsD[j]! += floats[DD / 4 + j]!;
      });
      dc.set(sumsC);
      dd.set(sumsD);
    },
  };
}

function eachChunk(length: number, run: (at: number, size: number) => void): void {
  for (let at = 0; at < length; at += CHUNK) run(at, Math.min(CHUNK, length - at));
}
