import { checked, SLACK, UNTOUCHED, type Path } from './kernels.js';

interface Exports {
  forward(xs: number, n: number, c: number, d: number, ys: number): void;
  backward(xs: number, dys: number, n: number, c: number, d: number, dxs: number, dc: number, dd: number): void;
}

const PAGE = 65536;

/** The bytes of a module in base64. Throws for text that is not base64. */
export const bytesOf = (base64: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));

/** A wasm module in a memory of its own, as it lies in the emitted text. Throws where the engine refuses it. */
export function wasmPath(name: string, bytes: Uint8Array<ArrayBuffer>, reach: number): Path {
  const memory = new WebAssembly.Memory({ initial: 1 });
  const instance = new WebAssembly.Instance(new WebAssembly.Module(bytes), { env: { memory } });
  const { forward, backward } = instance.exports as unknown as Exports;
  return {
    name,
    reach,
    lightest: 0,
    slack: SLACK.singles,
    // A whole turn of vectors, and what is left over.
    copies: [1, 16],
    sums: true,
    run({ x, dy, c, d }) {
      const arrays = { x, dy, c, d, y: guarded(x), dx: guarded(x), dc: guarded(c), dd: guarded(d) };
      let end = 16;
      const places = Object.values(arrays).map((values) => {
        const place = end;
        // tfjs's memory is aligned to 16 bytes, too.
        end += Math.ceil(values.byteLength / 16) * 16;
        return place;
      });
      if (end > memory.buffer.byteLength) memory.grow(Math.ceil((end - memory.buffer.byteLength) / PAGE));
      const floats = new Float32Array(memory.buffer);
      Object.values(arrays).forEach((values, i) => floats.set(values, places[i]! / 4));
      const [xs, dys, cs, ds, ys, dxs, dcs, dds] = places as [
        number,
        number,
        number,
        number,
        number,
        number,
        number,
        number,
      ];
      forward(xs, x.length, cs, ds, ys);
      backward(xs, dys, x.length, cs, ds, dxs, dcs, dds);
      const read = (place: number, like: Float32Array): Float32Array =>
        floats.slice(place / 4, place / 4 + like.length + 1);
      return checked({ y: read(ys, x), dx: read(dxs, x), dc: read(dcs, c), dd: read(dds, d) });
    },
  };
}

/** An array one longer than another. */
const guarded = ({ length }: Float32Array): Float32Array => new Float32Array(length + 1).fill(UNTOUCHED);
