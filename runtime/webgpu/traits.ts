/** What a device is like, as far as it matters here. */
export interface Traits {
  /** Whether a CPU plays the graphics card. */
  readonly software: boolean;
  /**
   * Threads of a subgroup, at least: where shaders may add by subgroups, and know which is whose. tfjs makes devices
   * without; startWebGPU sees to it.
   */
  readonly subgroup: number | undefined;
  /** The longest part of a buffer that a shader sees. */
  readonly bindingBytes: number;
  readonly workgroupsPerDimension: number;
}

/** Newer than the types that tfjs brings. */
interface AdapterInfo {
  readonly subgroupMinSize?: number;
  readonly isFallbackAdapter?: boolean;
}

/** WebGPU allows no fewer threads of a subgroup. */
const SMALLEST_SUBGROUP = 4;

const known = new WeakMap<GPUDevice, Traits>();

/** Asked for once: each answer of a device crosses into the browser, or Dawn, and is an object of its own. */
export function traitsOf(device: GPUDevice): Traits {
  const traits = known.get(device) ?? ask(device);
  known.set(device, traits);
  return traits;
}

function ask(device: GPUDevice): Traits {
  const { limits, features } = device;
  const adapter = (device as { readonly adapterInfo?: AdapterInfo }).adapterInfo ?? {};
  const language = (navigator.gpu as { wgslLanguageFeatures?: ReadonlySet<string> }).wgslLanguageFeatures;
  const bySubgroups = features.has('subgroups' as GPUFeatureName) && language?.has('subgroup_id') === true;
  return {
    software: adapter.isFallbackAdapter === true,
    subgroup: bySubgroups ? (adapter.subgroupMinSize ?? SMALLEST_SUBGROUP) : undefined,
    bindingBytes: Math.min(limits.maxStorageBufferBindingSize, limits.maxBufferSize),
    workgroupsPerDimension: limits.maxComputeWorkgroupsPerDimension,
  };
}
