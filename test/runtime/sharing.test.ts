import {
  fill,
  grads,
  io,
  mul,
  randomNormal,
  slice,
  squeeze,
  stack,
  sum,
  tidy,
  train,
  type Tensor,
} from '@tensorflow/tfjs-core';
import { layers, loadLayersModel, sequential } from '@tensorflow/tfjs-layers';
import type { PadeLayerArgs } from 'opau/runtime';
import { beforeAll, describe, expect, it } from 'vitest';
import { BACKENDS, useBackend } from '../support/backends.js';
import { arithmeticOnly, emitAndLoad, numbers, specOf, type EmittedModule } from '../support/emit.js';

const [M, N] = [3, 2];

/** Coefficients with leading dimensions, all different. */
const coefficients = (sets: readonly number[], length: number, seed: number): Tensor =>
  randomNormal([...sets, length], 0, 1, 'float32', seed);

/** Every element by itself, with the coefficients that broadcasting gives it: what sharing means. */
function elementwise(op: EmittedModule['op'], x: Tensor, c: Tensor, d: Tensor, dy: Tensor) {
  const [xs, dys] = [numbers(x), numbers(dy)];
  const sets = c.shape.slice(0, -1);
  const strides = x.shape.map((_, axis) => x.shape.slice(axis + 1).reduce((a, b) => a * b, 1));
  const [dc, dd] = [new Float64Array(c.size), new Float64Array(d.size)];
  const [cs, ds] = [numbers(c), numbers(d)];
  const [y, dx]: [number[], number[]] = [[], []];
  xs.forEach((value, i) => {
    let set = 0;
    sets.forEach((side, k) => {
      const axis = x.shape.length - sets.length + k;
      const at = Math.floor(i / strides[axis]!) % x.shape[axis]!;
      set = set * side + (side === 1 ? 0 : at);
    });
    tidy(() => {
      const inputs = [[value], cs.slice(set * (M + 1), (set + 1) * (M + 1)), ds.slice(set * N, (set + 1) * N)] as const;
      const tensors = inputs.map((list) => stack(list.map((v) => fill([], v))));
      y.push(numbers(op(tensors[0]!, tensors[1]!, tensors[2]!))[0]!);
      const [gx, gc, gd] = grads((a, b, e) => op(a!, b!, e!))(tensors, fill([1], dys[i]!));
      dx.push(numbers(gx!)[0]!);
      numbers(gc!).forEach((g, k) => (dc[set * (M + 1) + k]! += g));
      numbers(gd!).forEach((g, k) => (dd[set * N + k]! += g));
    });
  });
  return { y, dx, dc: [...dc], dd: [...dd] };
}

function close(actual: readonly number[], expected: readonly number[]): void {
  expect(actual.length).toBe(expected.length);
  actual.forEach((value, i) =>
    expect(Math.abs(value - expected[i]!)).toBeLessThan(2e-5 * (1 + Math.abs(expected[i]!))),
  );
}

const PATTERNS = [
  { x: [2, 3, 4], sets: [] },
  { x: [2, 3, 4], sets: [4] },
  { x: [2, 3, 4], sets: [1] },
  { x: [2, 3, 4], sets: [3, 1] },
  { x: [2, 3, 4], sets: [3, 4] },
  { x: [2, 3, 4], sets: [2, 1, 1] },
  { x: [2, 3, 4], sets: [2, 1, 4] },
  { x: [2, 3, 4], sets: [2, 3, 4] },
  { x: [2, 2, 3, 5], sets: [2, 1, 5] },
  { x: [2, 2, 3, 5], sets: [2, 3, 1] },
  { x: [2, 1, 3, 5], sets: [1, 1, 5] },
  { x: [40, 6], sets: [6] },
] as const;

describe.each(BACKENDS)('sets of coefficients on %s', (backend) => {
  let emitted: EmittedModule;
  beforeAll(async () => {
    await useBackend(backend);
    emitted = await emitAndLoad(specOf('hermite', M, N), arithmeticOnly);
  });

  it.each(PATTERNS)('x $x with sets $sets', ({ x: shape, sets }) => {
    const x = randomNormal([...shape], 0, 1, 'float32', 1);
    const dy = randomNormal([...shape], 0, 1, 'float32', 2);
    const [c, d] = [coefficients(sets, M + 1, 3), coefficients(sets, N, 4)];
    const expected = elementwise(emitted.op, x, c, d, dy);
    const y = emitted.op(x, c, d);
    const [dx, dc, dd] = grads((a, b, e) => emitted.op(a!, b!, e!))([x, c, d], dy);
    expect([y.shape, dx!.shape, dc!.shape, dd!.shape]).toEqual([x.shape, x.shape, c.shape, d.shape]);
    close(numbers(y), expected.y);
    close(numbers(dx!), expected.dx);
    close(numbers(dc!), expected.dc);
    close(numbers(dd!), expected.dd);
  });

  it('have second derivatives', () => {
    const x = randomNormal([5, 3], 0, 1, 'float32', 5);
    const [c, d] = [coefficients([3], M + 1, 6), coefficients([3], N, 7)];
    const second = (a: Tensor, b: Tensor, e: Tensor): Tensor[] =>
      grads((x, c, d) => sum(mul(grads((x, c, d) => emitted.op(x!, c!, d!))([x!, c!, d!])[0]!, 1)))([a, b, e]);
    const together = second(x, c, d);
    expect(together.map((t) => t.shape)).toEqual([x.shape, c.shape, d.shape]);
    for (let k = 0; k < 3; k++) {
      const one = (t: Tensor): Tensor => squeeze(slice(t, [k, 0], [1, -1]), [0]);
      const alone = second(slice(x, [0, k], [-1, 1]), one(c), one(d));
      close(numbers(slice(together[0]!, [0, k], [-1, 1])), numbers(alone[0]!));
      close(numbers(one(together[1]!)), numbers(alone[1]!));
      close(numbers(one(together[2]!)), numbers(alone[2]!));
    }
  });

  const LAYERS: readonly (readonly [PadeLayerArgs, number[]])[] = [
    [{}, []],
    [{ sharing: 'layer' }, []],
    [{ sharing: 'channel' }, [6]],
    [{ sharing: { groups: 1 } }, [1]],
    [{ sharing: { groups: 3 } }, [3]],
    [{ sharedAxes: [] }, [4, 5, 6]],
    [{ sharedAxes: 1 }, [1, 5, 6]],
    [{ sharedAxes: [2] }, [4, 1, 6]],
    [{ sharedAxes: [3] }, [4, 5, 1]],
    [{ sharedAxes: [1, 2] }, [1, 1, 6]],
    [{ sharedAxes: [1, 3] }, [1, 5, 1]],
    [{ sharedAxes: [2, 3] }, [4, 1, 1]],
    [{ sharedAxes: [1, 2, 3] }, [1, 1, 1]],
  ];

  it.each(LAYERS)('a layer with %j has weights [%j, m + 1], trains, and is saved and loaded', async (args, sets) => {
    const layer = new emitted.Layer({ ...args, inputShape: [4, 5, 6] });
    const net = sequential({ layers: [layer] });
    expect(layer.getWeights().map((w) => w.shape)).toEqual([
      [...sets, M + 1],
      [...sets, N],
    ]);
    const x = randomNormal([2, 4, 5, 6], 0, 1, 'float32', 8);
    // New layers start with the same coefficients in each set.
    close(
      numbers(net.predict(x) as Tensor),
      numbers(emitted.op(x, [...emitted.spec.initial.c], [...emitted.spec.initial.d])),
    );
    // Large steps: with one set an element, gradients are small.
    net.compile({ optimizer: train.sgd(10), loss: 'meanSquaredError' });
    const before = layer.getWeights().map(numbers);
    await net.fit(x, randomNormal([2, 4, 5, 6], 0, 1, 'float32', 9), { verbose: 0 });
    layer.getWeights().forEach((w, i) => numbers(w).forEach((value, k) => expect(value).not.toBe(before[i]![k])));

    let artifacts: io.ModelArtifacts | undefined;
    await net.save(
      io.withSaveHandler(async (a) => {
        artifacts = a;
        return { modelArtifactsInfo: { dateSaved: new Date(0), modelTopologyType: 'JSON' } };
      }),
    );
    const loaded = await loadLayersModel(io.fromMemory(artifacts!));
    expect(loaded.layers[0]!.getConfig()).toMatchObject(args as object);
    expect(numbers(loaded.predict(x) as Tensor)).toEqual(numbers(net.predict(x) as Tensor));
  });

  it('groups are of neighbouring channels', () => {
    const layer = new emitted.Layer({ sharing: { groups: 2 }, inputShape: [4] });
    sequential({ layers: [layer] });
    const [c, d] = [coefficients([2], M + 1, 10), coefficients([2], N, 11)];
    layer.setWeights([c, d]);
    const x = randomNormal([3, 4], 0, 1, 'float32', 12);
    const byChannel = (w: Tensor): Tensor => stack([0, 0, 1, 1].map((k) => squeeze(slice(w, [k, 0], [1, -1]), [0])));
    close(numbers(layer.apply(x) as Tensor), numbers(emitted.op(x, byChannel(c), byChannel(d))));
  });

  it('one layer in two places has one set of weights', () => {
    const layer = new emitted.Layer({ sharing: 'channel' });
    const net = sequential({
      layers: [layers.dense({ units: 3, inputShape: [3] }), layer, layers.dense({ units: 3 }), layer],
    });
    // tfjs lists the weights of a layer once for each place.
    expect(new Set(net.trainableWeights.filter((w) => /numerator/.test(w.originalName))).size).toBe(1);
  });

  it('bad arguments are named', () => {
    const of = (args: object) => () => new emitted.Layer({ name: 'act', ...args } as PadeLayerArgs);
    expect(of({ sharing: 'row' })).toThrow(
      `act: sharing is "row", but must be 'layer', 'channel' or { groups: a positive`,
    );
    expect(of({ sharing: { groups: 1.5 } })).toThrow(/sharing is \{"groups":1.5\}/);
    expect(of({ sharing: null })).toThrow(/sharing is null/);
    expect(of({ sharing: 'channel', sharedAxes: 1 })).toThrow(/either sharing or sharedAxes/);
    expect(of({ sharedAxes: [0] })).toThrow(/axes are counted from 1/);
    const built = (args: object, inputShape: (number | null)[]) => () =>
      sequential({ layers: [new emitted.Layer({ name: 'act', ...args, inputShape } as PadeLayerArgs)] });
    expect(built({ sharing: { groups: 4 } }, [6])).toThrow('act: 6 channels cannot be divided into 4 groups');
    expect(built({ sharedAxes: [3] }, [4, 6])).toThrow('act: sharedAxes holds 3, but the input has axes 1 to 2 only');
    expect(built({ sharedAxes: [2] }, [null, 6])).toThrow(
      /axis 1 has coefficients of its own, so its size must be known/,
    );
    const x = randomNormal([2, 3]);
    expect(() => emitted.op(x, coefficients([2], M + 1, 1), coefficients([2], N, 1))).toThrow(
      /c has shape \[2, 4\], but \[2\] does not broadcast to x's shape \[2, 3\]/,
    );
  });
});
