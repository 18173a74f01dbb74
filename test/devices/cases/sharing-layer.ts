import { grad, mul, sum, tidy, variableGrads, type Tensor } from '@tensorflow/tfjs-core';
import { sequential } from '@tensorflow/tfjs-layers';
import type { PadeLayerArgs } from 'opau/runtime';
import { Worst } from '../../support/units.js';
import { HERMITE, wave, type Case } from '../device.js';
import { read, toTensor } from '../evaluate.js';
import { conclude, expectEqual, judge } from '../judge.js';
import { reload } from '../reload.js';
import { manySets, product, setsOf } from './sharing.js';

const SHAPE = [2, 3, 2, 4];

interface Pattern {
  readonly args: {
    readonly sharing?: 'layer' | 'channel' | { groups: number };
    readonly sharedAxes?: number | number[];
  };
  /** The weights' shape but for the last axis. */
  readonly prefix: readonly number[];
  /** Where a set is not one element of a broadcast prefix. */
  readonly setOf?: (element: number) => number;
}

const channel = (element: number): number => element % 4;

const SUBSETS = [[], [1], [2], [3], [1, 2], [1, 3], [2, 3], [1, 2, 3]];

const PATTERNS: readonly Pattern[] = [
  { args: {}, prefix: [] },
  { args: { sharing: 'layer' }, prefix: [] },
  { args: { sharing: 'channel' }, prefix: [4] },
  ...[1, 2, 4].map((groups) => ({
    args: { sharing: { groups } },
    prefix: [groups],
    setOf: (element: number) => Math.floor(channel(element) / (4 / groups)),
  })),
  { args: { sharedAxes: 2 }, prefix: [3, 1, 4] },
  ...SUBSETS.map((sharedAxes) => ({
    args: { sharedAxes },
    prefix: SHAPE.slice(1).map((side, i) => (sharedAxes.includes(i + 1) ? 1 : side)),
  })),
];

const inTheLayer = ({ args, prefix, setOf }: Pattern): Case => ({
  name: `sharing in the layer: ${JSON.stringify(args)}`,
  needs: [HERMITE],
  async run(device) {
    const { Layer } = await device.load(HERMITE);
    const layer = new Layer({ ...args, inputShape: SHAPE.slice(1) } as PadeLayerArgs);
    const net = sequential({ layers: [layer] });
    expectEqual(
      layer.getWeights().map((w) => w.shape),
      [
        [...prefix, 6],
        [...prefix, 4],
      ],
      'shapes of the weights',
    );
    const sets = { ...setsOf(prefix, SHAPE), ...(setOf && { setOf }) };
    const { c, d } = manySets(product(prefix));
    const weights = [toTensor({ values: c, shape: [...prefix, 6] }), toTensor({ values: d, shape: [...prefix, 4] })];
    layer.setWeights(weights);
    const [x, dy] = [wave(48), wave(48, 1, 2.2)];

    const found = tidy(() => {
      const input = toTensor({ values: x, shape: SHAPE });
      const factor = toTensor({ values: dy, shape: SHAPE });
      const y = layer.apply(input) as Tensor;
      const { grads } = variableGrads(() => sum(mul(layer.apply(input) as Tensor, factor)));
      const [dc, dd] = layer.weights.map((w) => grads[(w.read() as Tensor & { name: string }).name]!);
      const dx = grad((v) => sum(mul(layer.apply(v) as Tensor, factor)))(input);
      return [y, dc!, dd!, dx];
    }) as [Tensor, Tensor, Tensor, Tensor];
    expectEqual(
      [found[1].shape, found[2].shape],
      [
        [...prefix, 6],
        [...prefix, 4],
      ],
      'shapes of the gradients',
    );
    const [y, dc, dd, dx] = (await Promise.all(found.map(read))) as [
      Float32Array,
      Float32Array,
      Float32Array,
      Float32Array,
    ];
    const worst = new Worst(device.slack);
    judge(worst, HERMITE, { x, c, d, dy }, { y, dx, dc, dd }, sets, `, layer ${JSON.stringify(args)}`);
    conclude(device, 'sharing', worst);

    const config = layer.getConfig();
    const loaded = await reload(net);
    expectEqual(loaded.layers[0]!.getConfig(), config, 'the config after saving and loading');
    const again = await read(loaded.predict(toTensor({ values: x, shape: SHAPE })) as Tensor);
    expectEqual([...again], [...y], 'y after saving and loading');
    weights.forEach((w) => w.dispose());
    net.dispose();
    loaded.dispose();
  },
});

export const sharingLayerCases: readonly Case[] = PATTERNS.map(inTheLayer);
