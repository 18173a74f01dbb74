/**
 * The devices that must be there, as named by OPAU_REQUIRED_DEVICES, e.g. "cpu,webgpu,chromium-webgl": one of these
 * that is missing is a failure. Others that are missing are skipped, visibly.
 */
export function requiredDevices(): ReadonlySet<string> {
  const names = (process.env['OPAU_REQUIRED_DEVICES'] ?? '').split(',').map((name) => name.trim());
  return new Set(names.filter((name) => name !== ''));
}
