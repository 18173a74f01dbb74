/** The same function in @jax-js/jax, jitted: `forward`, and `both`, its value and all gradients. */
import { blockUntilReady, defaultDevice, init, jit, numpy as np, vjp, type Array as JaxArray } from '@jax-js/jax';
import { answer } from './answer.js';
import { c, d, dys, xs } from './inputs.js';

await init('wasm');
defaultDevice('wasm');

/** He 5/4, sum-abs. Arrays are used up by what takes them: `ref` is another use. */
function F(x: JaxArray, cs: JaxArray, ds: JaxArray): JaxArray {
  const at = (values: JaxArray, i: number): JaxArray => values.ref.slice(i);
  const h2 = x.ref.mul(x.ref).sub(1);
  const h3 = x.ref.mul(h2.ref).sub(x.ref.mul(2));
  const h4 = x.ref.mul(h3.ref).sub(h2.ref.mul(3));
  const h5 = x.ref.mul(h4.ref).sub(h3.ref.mul(4));
  const h = [x, h2, h3, h4];
  const q = h.map((f, j) => np.abs(at(ds, j).mul(f.ref))).reduce((sum, term) => sum.add(term), np.array(1));
  const p = [...h, h5].reduce((sum, f, i) => sum.add(at(cs, i + 1).mul(f)), at(cs, 0));
  cs.dispose();
  ds.dispose();
  return p.div(q);
}

const forward = jit(F);
const both = jit((x: JaxArray, cs: JaxArray, ds: JaxArray, dy: JaxArray): JaxArray[] => {
  const [y, back] = vjp(F, [x, cs, ds]);
  return [y, ...(back(dy) as JaxArray[])];
});

const arrays = new Map<number, readonly [x: JaxArray, dy: JaxArray]>();
const inputsOf = (n: number): readonly [x: JaxArray, dy: JaxArray] => {
  const known = arrays.get(n) ?? ([np.array(xs(n)), np.array(dys(n))] as const);
  arrays.set(n, known);
  return known;
};
const [cs, ds] = [np.array(c), np.array(d)];

await answer({
  prepare: (n) => void inputsOf(n),
  forward: async (n) => {
    const [x] = inputsOf(n);
    (await blockUntilReady(forward(x.ref, cs.ref, ds.ref))).dispose();
  },
  both: async (n) => {
    const [x, dy] = inputsOf(n);
    for (const result of await blockUntilReady(both(x.ref, cs.ref, ds.ref, dy.ref))) result.dispose();
  },
});
