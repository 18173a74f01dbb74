// Every case on every backend of Node. Browsers: chromium.test.ts.
import { beforeAll } from 'vitest';
import { useBackend } from '../support/backends.js';
import { vectorCases } from '../support/vectors.js';
import type { Device } from './device.js';
import { load } from './modules.js';
import { NODE_DEVICES } from './node-devices.js';
import { Report } from './report.js';
import { runCase } from './run-case.js';
import { testDevice, type Found } from './tests.js';

for (const { name, backend, slack, start } of NODE_DEVICES) {
  const found: Found = await start().then(
    (about) => ({ about }),
    (error: Error) => ({ missing: error.message.split('\n')[0]! }),
  );
  const report = new Report();
  const device: Device = { name, backend, slack, vectors: vectorCases, load, note: report.note.bind(report) };
  testDevice(
    name,
    found,
    report,
    () => beforeAll(() => useBackend(backend)),
    (one) => runCase(one, device),
  );
}
