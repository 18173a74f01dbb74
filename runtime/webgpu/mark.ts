import type { Pass } from './wgsl.js';

/**
 * How the plain pass of a call tells the wide one that something is left for it: it writes the call's number into a buffer that
 * all calls of a device share. Passes run one after another, so that nothing needs to be set back, and no call has to make a
 * buffer of its own, as an indirect dispatch would need.
 */
export const MARK: Readonly<Record<Pass, string>> = {
  plain: 'var<storage, read_write> mark: atomic<u32>',
  wide: 'var<storage, read> mark: u32',
};

/** What a shader's `main` begins with; `call` is the number in its uniforms. */
export const opening = (pass: Pass, call: string): string =>
  pass === 'plain' ? 'var is_large = false;' : `if (mark != ${call}) { return; }`;

/** What comes when all elements are done. */
export const closing = (pass: Pass, call: string): string =>
  pass === 'plain' ? `if (is_large) { atomicStore(&mark, ${call}); }` : '';

interface Calls {
  readonly mark: GPUBuffer;
  count: number;
}

const callsOf = new WeakMap<GPUDevice, Calls>();

/** The device's mark, and a number for the next call: 1 and up, as the mark is 0 to begin with. */
export function nextCall(device: GPUDevice): { readonly mark: GPUBuffer; readonly call: number } {
  const calls = callsOf.get(device) ?? {
    mark: device.createBuffer({ label: 'opau mark', size: 4, usage: GPUBufferUsage.STORAGE }),
    count: 0,
  };
  callsOf.set(device, calls);
  // u32, from 1: after four thousand million calls numbers come again.
  calls.count = (calls.count % 0xffffffff) + 1;
  return { mark: calls.mark, call: calls.count };
}
