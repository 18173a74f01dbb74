// The suite as a program for machines with a graphics card and nothing else: here, what it is made of.
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { requiredDevices } from '../support/required-devices.js';
import { directory } from '../support/emit.js';
import { cases } from './cases/index.js';
import { NODE_DEVICES } from './node-devices.js';
import { bundle } from './packed/bundle.js';

const missing = await NODE_DEVICES.find(({ name }) => name === 'webgpu')!
  .start()
  .then(
    () => undefined,
    (error: Error) => error.message.split('\n')[0]!,
  );
const skipped = missing !== undefined && !requiredDevices().has('webgpu');

const PART = 'parameter gradients over';

describe.skipIf(skipped)(`the packed suite${missing === undefined ? '' : `: ${missing}`}`, () => {
  it('runs in a process of its own', async () => {
    const folder = `${directory}${process.pid}-suite`;
    await bundle(folder);
    const { stdout } = await promisify(execFile)(process.execPath, [`${folder}/device-suite.js`, PART]);
    const number = cases.filter(({ name }) => name.includes(PART)).length;
    expect(number).toBeGreaterThan(1);
    expect(stdout.trim().split('\n').at(-1)).toBe(`${number} passed, 0 failed, 0 do not apply`);
    expect(stdout).toMatch(/sums over 1000: at most [0-9.]+ units/);
  }, 180_000);
});
