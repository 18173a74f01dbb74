/**
 * Runs the WebAssembly kernels of an activation on command, as bench/native/main.c runs the native ones: the same
 * arguments after the module's file, the same lines, the same answers.
 */
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';

const [file, ...rest] = process.argv.slice(2);
const [size, ...coefficients] = rest.map(Number) as [number, ...number[]];
const PAGE = 65536;

/** In bytes: the coefficients and their gradients at the start, then arrays of `size` float32 numbers. */
const C = 64;
const D = 128;
const DC = 192;
const DD = 256;
const XS = 4096;
const DYS = XS + 4 * size;
const OUT = DYS + 4 * size;

const memory = new WebAssembly.Memory({ initial: Math.ceil((OUT + 4 * size) / PAGE) });
const { exports } = new WebAssembly.Instance(new WebAssembly.Module(readFileSync(file!)), { env: { memory } });
const { forward, backward } = exports as Record<string, (...places: number[]) => void>;
const floats = new Float32Array(memory.buffer);
floats.set(coefficients.slice(0, 6), C / 4);
floats.set(coefficients.slice(6), D / 4);
for (let k = 0; k < size; k++) {
  floats[XS / 4 + k] = 6 * Math.sin(k * 1.37) * Math.cos(k * 0.11);
  floats[DYS / 4 + k] = Math.cos(k * 0.77);
}

createInterface({ input: process.stdin }).on('line', (line) => {
  const [what, n] = [line.split(' ')[0]!, Number(line.split(' ')[1])];
  const start = performance.now();
  if (what === 'forward') forward!(XS, n, C, D, OUT);
  else backward!(XS, DYS, n, C, D, OUT, DC, DD);
  const time = performance.now() - start;
  const check = what === 'forward' ? floats[OUT / 4 + Math.floor(n / 3)]! : floats[DC / 4 + 5]!;
  process.stdout.write(`${time} ${check}\n`);
});
