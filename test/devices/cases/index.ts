import type { Case } from '../device.js';
import { extremeCases } from './extremes.js';
import { formulaCases } from './formulas.js';
import { magnitudesCases } from './magnitudes.js';
import { memoryCases } from './memory.js';
import { scatteredCases } from './scattered.js';
import { shapeCases } from './shapes.js';
import { sharingCases } from './sharing.js';
import { sharingLayerCases } from './sharing-layer.js';
import { sumCases } from './sums.js';
import { trainingCases } from './training.js';
import { vectorCases } from './vectors.js';

/** Everything that is asked of every device. */
export const cases: readonly Case[] = [
  ...vectorCases,
  ...extremeCases,
  ...formulaCases,
  ...magnitudesCases,
  ...sumCases,
  ...scatteredCases,
  ...shapeCases,
  ...sharingCases,
  ...sharingLayerCases,
  ...trainingCases,
  ...memoryCases,
];
