import { seededRandom } from '../../../fashion-mnist/random.js';
import type { PlanarName } from './data-names.js';
import type { Sample } from './messages.js';

/** All sets lie in [-REACH, REACH] on both axes, where the activations were fitted. */
export const REACH = 3;

/** Points to learn from, and as many others to be asked about. */
export const POINTS = 384;

/** The seeds of the two parts: never the same, for any two seeds. */
export const trainingSeed = (seed: number): number => 2 * seed + 1;
export const unseenSeed = (seed: number): number => 2 * seed + 2;

type Place = readonly [x: number, y: number];
type Draw = (label: 0 | 1, uniform: () => number, normal: () => number) => Place;

/** One random point of a class. */
const SETS: Readonly<Record<PlanarName, Draw>> = {
  // Two half circles, each with its end in the other.
  moons: (label, uniform, normal) => {
    const angle = Math.PI * uniform();
    const [x, y] = label === 0 ? [Math.cos(angle), Math.sin(angle)] : [1 - Math.cos(angle), 0.5 - Math.sin(angle)];
    return [(x - 0.5 + 0.1 * normal()) * 1.5, (y - 0.25 + 0.1 * normal()) * 1.8];
  },
  // Two arms of an Archimedean spiral, a turn and three quarters each.
  spirals: (label, uniform, normal) => {
    const way = Math.sqrt(0.02 + 0.98 * uniform());
    const angle = 3.5 * Math.PI * way + label * Math.PI;
    return [2.6 * way * Math.cos(angle) + 0.06 * normal(), 2.6 * way * Math.sin(angle) + 0.06 * normal()];
  },
  // A disc in a ring.
  circles: (label, uniform, normal) => {
    const angle = 2 * Math.PI * uniform();
    const radius = label === 0 ? 1.1 * Math.sqrt(uniform()) : 2.1 + 0.2 * normal();
    return [radius * Math.cos(angle), radius * Math.sin(angle)];
  },
  // The second class where the signs of x and y differ.
  xor: (label, uniform, normal) => {
    const x = 0.25 + 2 * uniform();
    const y = 0.25 + 2 * uniform();
    const left = uniform() < 0.5 ? -1 : 1;
    return [left * x + 0.12 * normal(), left * (label === 0 ? 1 : -1) * y + 0.12 * normal()];
  },
};

/** As many points of both classes, which depend on the name and the seed alone. */
export function planarSet(name: PlanarName, count: number, seed: number): readonly Sample[] {
  const uniform = seededRandom(seed);
  // Box and Muller.
  const normal = (): number => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());
  return Array.from({ length: count }, (_, i) => {
    const label = i % 2 === 0 ? 0 : 1;
    const [x, y] = SETS[name](label, uniform, normal);
    return { x, y, label };
  });
}
