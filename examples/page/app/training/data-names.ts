/** What can be trained on, in the order of the menu. */
export const DATA = {
  spirals: 'Spirals',
  moons: 'Moons',
  circles: 'Circles',
  xor: 'Exclusive or',
  'fashion-mnist': 'Fashion-MNIST (LeNet)',
} as const;

export type DataName = keyof typeof DATA;
export const DEFAULT_DATA: DataName = 'spirals';
export type PlanarName = Exclude<DataName, 'fashion-mnist'>;

export const isData = (name: string): name is DataName => Object.hasOwn(DATA, name);
