import type { Activation } from '../../activation.js';
import { composedPath, cpuPath, type Path } from './kernels.js';
import type { Definition } from './load.js';
import { bytesOf, wasmPath } from './wasm.js';

/** A wasm module of the emitted text. */
export interface Module {
  readonly name: 'wasm' | 'wasm, relaxed';
  readonly size: number;
  /** Absent where this engine does not take it. */
  readonly path?: Path;
}

/** What doubles and float32 can hold of f_n(x). */
const RANGE = { doubles: 1e307, singles: 1e38 } as const;

/** The ways in JavaScript in which an emitted module computes: the loops of cpu, and the forms composed of tf ops. */
export function pathsInJavaScript({ cpu, composed }: Definition, activation: Activation): readonly Path[] {
  const { m, n } = activation.spec;
  const product = leading(activation, m) * leading(activation, n);
  return [
    cpuPath(cpu, reachOfDoubles(activation)),
    // P f_n stands in dd_n before it is divided by Q^2, |x| / 4 at a time.
    composedPath(composed, 4 * (RANGE.singles / product) ** (1 / (m + n))),
  ];
}

/** Both wasm modules, where there are two. Throws where the text holds something else. */
export function wasmModules({ wasm }: Definition, activation: Activation): readonly Module[] {
  const texts = [['wasm', wasm?.base64] as const, ['wasm, relaxed', wasm?.relaxed] as const];
  return texts.flatMap(([name, base64]) => {
    if (base64 === undefined) return [];
    const bytes = bytesOf(base64);
    if (!WebAssembly.validate(bytes)) return [{ name, size: bytes.length }];
    return [{ name, size: bytes.length, path: wasmPath(name, bytes, reachOfDoubles(activation)) }];
  });
}

const reachOfDoubles = ({ doubles, spec, expansion }: Activation): number =>
  doubles.stabilised ? (RANGE.doubles / leading({ expansion }, spec.n)) ** (1 / Math.max(1, spec.n)) : Infinity;

/** The size of f_k's highest coefficient, at least 1. */
const leading = ({ expansion }: Pick<Activation, 'expansion'>, k: number): number =>
  Math.max(1, Math.abs(expansion.polynomials[k]!.at(-1)!.valueOf()));
