import { expect, test } from 'vitest';
import { parseCifarBatch } from '../../examples/fashion-mnist/cifar10.js';
import { UserError } from '../../examples/fashion-mnist/user-error.js';

/** One record: its label, then planes filled with `red`, `green` and `blue`. */
export function record(label: number, red: number, green: number, blue: number): Uint8Array {
  const bytes = new Uint8Array(3073);
  bytes[0] = label;
  [red, green, blue].forEach((value, plane) => bytes.fill(value, 1 + plane * 1024, 1 + (plane + 1) * 1024));
  return bytes;
}

const two = Uint8Array.from([...record(7, 10, 20, 30), ...record(0, 40, 50, 60)]);

test('planes become interleaved pixels', () => {
  const bytes = two.slice();
  bytes[1 + 1024 + 33] = 99; // green, row 1, column 1
  const { count, pixels, labels } = parseCifarBatch({ path: 'batch', bytes });
  expect(count).toBe(2);
  expect([...labels]).toEqual([7, 0]);
  expect([...pixels.subarray(0, 6)]).toEqual([10, 20, 30, 10, 20, 30]);
  expect([...pixels.subarray(33 * 3, 33 * 3 + 3)]).toEqual([10, 99, 30]);
  expect([...pixels.subarray(3072, 3075)]).toEqual([40, 50, 60]);
});

test.each([
  [
    'a truncated file',
    two.subarray(0, 6000),
    'batch: truncated or no CIFAR-10 binary file, 6000 bytes are not a whole number of 3073-byte records',
  ],
  ['an empty file', new Uint8Array(), 'batch: empty'],
  ['a wrong label', record(10, 0, 0, 0), 'batch: label 10 of record 0, labels go from 0 to 9: no CIFAR-10 binary file'],
])('%s', (_, bytes, message) => {
  expect(() => parseCifarBatch({ path: 'batch', bytes })).toThrow(new UserError(message));
});
