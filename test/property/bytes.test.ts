import fc from 'fast-check';
import { expect, it } from 'vitest';
import { shapes } from './arbitrary.js';
import { generate } from '../../compiler/generate.js';
import { specOf } from '../support/emit.js';

it('the same spec gives the same bytes, whatever was generated before it', () => {
  fc.assert(
    fc.property(shapes(5), ({ basis, m, n, denominator }) => {
      const files = (): readonly (readonly [string, string])[] => [...generate(specOf(basis, m, n, denominator)).files];
      expect(files()).toEqual(files());
    }),
    { numRuns: 8, seed: 20240611 },
  );
}, 600_000);
