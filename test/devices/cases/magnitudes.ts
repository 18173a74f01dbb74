// Gradients whose factors are tiny or huge, and whose product is neither: dy / Q, F and f_j can each leave float32.
import { Worst } from '../../support/units.js';
import { activation, nameOf, NotApplicable, type Activation, type Case, type Device } from '../device.js';
import { evaluate, vector } from '../evaluate.js';
import { conclude } from '../judge.js';
import { truth } from '../truth.js';

const SAMPLES = 250;

/** Elements enough for the vectors of every backend; one of them counts. */
const SIZE = 16;

/** How far x goes, and what float32 may lose: see compiler/stages/underflow.ts. */
const SPECS: readonly (readonly [of: Activation, radius: number, lost: number])[] = [
  [activation('hermite', 5, 4), 512, 2 ** -124],
  [activation('hermite', 5, 4, 'abs-sum'), 512, 2 ** -124],
  [activation('hermite', 8, 8), 32, 2 ** -100],
  [activation('hermite-phys', 12, 12), 4, 2 ** -100],
  [activation('hermite-phys', 16, 15), 4, 2 ** -100],
];

const isGPU = ({ backend }: Device): boolean => backend === 'webgpu' || backend === 'webgl';

/** GPUs may take numbers below 2^-126 for 0, where others go down to 2^-150. */
const slackOf = (device: Device, lost: number): number =>
  isGPU(device) ? lost * 2 ** 24 : Math.max(lost, device.slack);

/** Numbers evenly spread over magnitudes, the same in every run. */
class Magnitudes {
  private state = 1;

  next(): number {
    return (this.state = (this.state * 16807) % 2147483647) / 2147483647;
  }
  between(least: number, most: number): number {
    const sign = this.next() < 0.5 ? -1 : 1;
    return Math.fround(sign * 2 ** (least + (most - least) * this.next()));
  }
}

const magnitudesCase = (of: Activation, radius: number, lost: number): Case => ({
  name: `factors of all magnitudes: ${nameOf(of)}`,
  needs: [of],
  async run(device) {
    if (isGPU(device) && of.n > 4)
      throw new NotApplicable('shaders of high degree take minutes to compile in software');
    const { op } = await device.load(of);
    const numbers = new Magnitudes();
    const worst = new Worst(slackOf(device, lost));
    for (let k = 0; k < SAMPLES; k++) {
      const least = k % 2 === 0 ? -100 : -10;
      const c = Array.from({ length: of.m + 1 }, () => (numbers.next() < 0.5 ? 0 : numbers.between(least, 12)));
      const d = Array.from({ length: of.n }, () => (numbers.next() < 0.3 ? 0 : numbers.between(-30, 12)));
      const x = numbers.next() < 0.3 ? numbers.between(-120, 0) : numbers.between(0, Math.log2(radius));
      const dy = numbers.between(-66, 16);
      const only = Float32Array.from({ length: SIZE }, (_, i) => (i === 0 ? dy : 0));
      const x16 = new Float32Array(SIZE).fill(x);
      const { dx, dc, dd } = await evaluate(op, vector(x16), vector(c), vector(d), vector(only));
      const t = truth(of, x, c, d);
      const at = (name: string) => (): string => `${name}, ${nameOf(of)} at ${JSON.stringify({ x, dy, c, d })}`;
      const see = (computed: number, value: number, size: number, name: string): void => {
        // Where the terms themselves leave float32, what is left of their sum says nothing.
        if (Math.abs(dy) * size < 1e37) worst.see(computed, dy * value, Math.abs(dy) * size, at(name));
      };
      see(dx[0]!, t.dx, t.sdx, 'dx');
      t.dc.forEach((value, i) => see(dc[i]!, value, t.sdc[i]!, `dc_${i}`));
      t.dd.forEach((value, j) => see(dd[j]!, value, t.sdd[j]!, `dd_${j + 1}`));
    }
    conclude(device, 'factors of all magnitudes', worst);
  },
});

export const magnitudesCases: readonly Case[] = SPECS.map((spec) => magnitudesCase(...spec));
