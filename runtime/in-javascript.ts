import type { CpuKernels } from './cpu.js';
import { kernelsInOwnMemory, type OwnKernels } from './own-memory.js';
import { warnOnce } from './warn-once.js';
import type { WasmKernels } from './wasm.js';

/**
 * The fastest kernels for data that lies in JavaScript: those of WebAssembly in a memory of their own, or loops where there
 * are none, the engine lacks what they need, or the policy of a page does not let it compile them, which is said once.
 */
export function kernelsInJavaScript(wasm: WasmKernels | undefined, loops: CpuKernels): CpuKernels {
  const own = wasm && kernelsInOwnMemory(wasm);
  if (own === undefined) return loops;
  // Found out at the first call: an engine asks the policy when it compiles, and complains of each attempt.
  let chosen: CpuKernels | undefined;
  const choose = (): CpuKernels => (chosen ??= isAllowed(own) ? own : loops);
  return {
    forward: (...operands) => choose().forward(...operands),
    backward: (...operands) => choose().backward(...operands),
  };
}

/** Throws what is no refusal. */
function isAllowed(own: OwnKernels): boolean {
  try {
    own.start();
    return true;
  } catch (error) {
    if (!isRefusal(error)) throw error;
    warnOfPolicy();
    return false;
  }
}

/** The module is known to be valid: an engine that then cannot compile it was forbidden to. Some throw an EvalError. */
const isRefusal = (error: unknown): boolean => error instanceof WebAssembly.CompileError || error instanceof EvalError;

const warnOfPolicy = (): void =>
  warnOnce(
    "opau: this page's content security policy forbids WebAssembly: its script-src lacks 'wasm-unsafe-eval'. Activations " +
      'run as loops in JavaScript instead: right, but slower.',
  );
