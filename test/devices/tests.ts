import { afterAll, describe, it } from 'vitest';
import { requiredDevices } from '../support/required-devices.js';
import { cases as all } from './cases/index.js';
import type { Case } from './device.js';
import type { Report } from './report.js';

/** A device of this machine, or the reason why it is not there. */
export type Found = { readonly missing: string } | { readonly missing?: undefined; readonly about: string };

/**
 * Makes a test of every case, or of those given, on one device. A device that is missing is one skipped test that says why, or a failed
 * one where OPAU_REQUIRED_DEVICES names it. `run` returns why a case does not apply, if it does not.
 */
export function testDevice(
  name: string,
  found: Found,
  report: Report,
  prepare: () => void,
  run: (one: Case) => Promise<string | undefined>,
  cases: readonly Case[] = all,
): void {
  describe(name, () => {
    if (found.missing !== undefined) {
      const { missing } = found;
      if (requiredDevices().has(name)) {
        it('is there, as OPAU_REQUIRED_DEVICES demands', () => {
          throw new Error(`${name} is missing: ${missing}`);
        });
      } else {
        console.log(`not tested: ${name}: ${missing}`);
        it.skip(`not tested: ${missing}`, () => undefined);
      }
      return;
    }
    prepare();
    for (const one of cases) {
      it(one.name, async ({ skip }) => {
        const inapplicable = await run(one);
        if (inapplicable !== undefined) skip(inapplicable);
      });
    }
    afterAll(() => console.log(`${name} (${found.about})\n${report.lines(name)}`));
  });
}
