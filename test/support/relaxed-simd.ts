import { setFlagsFromString } from 'node:v8';

/** Relaxed SIMD is behind a flag up to Node 20; later engines do not know the flag. */
export function enableRelaxedSimd(): void {
  if (Number.parseInt(process.versions.node) <= 20) setFlagsFromString('--experimental-wasm-relaxed-simd');
}
