/** Devices whose absence is a failure, not a skip: OPAU_REQUIRED_DEVICES, names with commas between, e.g. `cpu,wasm`. */
const required = (process.env['OPAU_REQUIRED_DEVICES'] ?? '').split(',').map((name) => name.trim());

/** Throws where this run requires the absent device; else says why its tests are skipped, and returns the reason. */
export function requireDevice(name: string, reason: string): string {
  if (required.includes(name)) {
    throw new Error(`OPAU_REQUIRED_DEVICES names ${name}, which cannot be used here: ${reason}`);
  }
  console.warn(`${name} is skipped: ${reason}`);
  return reason;
}
