import { TFJS, type CandidateName } from './backends.js';
import type { Machine } from './machine.js';
import type { Traits } from './traits.js';

/** A backend that does not run. */
export interface Failure {
  readonly name: CandidateName;
  readonly reason: string;
  /** What its process printed. */
  readonly log: string;
  readonly machine: Machine;
}

/** A backend that runs. */
export interface Success {
  readonly name: CandidateName;
  readonly traits: Traits;
  readonly log: string;
  readonly machine: Machine;
}

interface Rule<Patient> {
  readonly fits: (patient: Patient) => boolean;
  readonly cure: (patient: Patient) => string;
}

const LINK = 'node node_modules/opau/examples/tfjs-node/link-libtensorflow.mjs .';
const WITH_CUDA = `${LINK} --wheel 'tensorflow[and-cuda]==2.21.0'`;

const isNative = ({ name }: { readonly name: CandidateName }): boolean => name.startsWith('tfjs-node');
const noAdapter = ({ name, reason }: Failure): boolean => name === 'webgpu' && /no graphics adapter/.test(reason);
const missesCuda11 = ({ log }: { readonly log: string }): boolean =>
  /lib(?:cudart|cublas|cublasLt|cudnn|cufft|cusolver|cusparse)\.so\.(?:11|10|8)/.test(log);

/** What mends a backend that does not run: the first that fits. */
const CURES: readonly Rule<Failure>[] = [
  {
    fits: (failure) => isNative(failure) && failure.machine.nodeMajor >= 23,
    cure: ({ machine, name }) =>
      `${name} 4.22.0 calls functions that Node 23 took away, and this is Node ${machine.nodeMajor}: use Node 20 or 22, ` +
      `or the webgpu or wasm backend`,
  },
  {
    fits: (failure) => isNative(failure) && /native addon|tfjs_binding|libtensorflow/i.test(failure.reason),
    cure: ({ machine }) =>
      machine.platform === 'linux'
        ? `its native library was not downloaded or does not load: ${LINK}`
        : 'its native library was not downloaded: npm rebuild @tensorflow/tfjs-node',
  },
  {
    fits: ({ name, reason }) => name === 'webgpu' && /GLIBC|GLIBCXX/.test(reason),
    cure: () => 'the package webgpu 0.6.2 needs a newer C++ library: Debian 12, Ubuntu 22.04 or newer',
  },
  {
    fits: (failure) => noAdapter(failure) && failure.machine.missingDrivers.length > 0,
    cure: ({ machine }) =>
      `VK_ICD_FILENAMES or VK_DRIVER_FILES names ${machine.missingDrivers.join(' and ')}, which does not exist: unset it` +
      (machine.softwareDriver === undefined ? '' : `, or export VK_ICD_FILENAMES=${machine.softwareDriver}`),
  },
  {
    fits: (failure) => noAdapter(failure) && failure.machine.vulkanLoader === false,
    cure: () => 'libvulkan.so.1, which loads graphics drivers, is not installed: apt install libvulkan1',
  },
  {
    fits: (failure) => noAdapter(failure) && failure.machine.nvidia,
    cure: () =>
      'there is an NVIDIA card, but no Vulkan driver for it: apt install libnvidia-gl-VERSION of the driver that runs; in a ' +
      'container, start it with NVIDIA_DRIVER_CAPABILITIES=all',
  },
  {
    fits: (failure) => noAdapter(failure) && failure.machine.softwareDriver !== undefined,
    cure: ({ machine }) =>
      `install a Vulkan driver for your graphics card; to compute in software: export VK_ICD_FILENAMES=${machine.softwareDriver}`,
  },
  {
    fits: noAdapter,
    cure: ({ machine }) =>
      'install a Vulkan driver for your graphics card' +
      (machine.platform === 'linux'
        ? '; to compute in software: apt install chromium, and export VK_ICD_FILENAMES=/usr/lib/chromium/vk_swiftshader_icd.json'
        : ''),
  },
  {
    fits: ({ reason }) => /^no answer within/.test(reason),
    cure: () => 'try again on a machine with less to do; where it stays so, take another backend',
  },
  {
    fits: ({ reason }) => /computes wrongly/.test(reason),
    cure: () => 'do not train on it; update the graphics driver, and report it to opau with these lines',
  },
  {
    fits: ({ reason }) => /registered|refused/.test(reason),
    cure: () => `install every part of tfjs in one version: npm install ${TFJS.join(' ')}`,
  },
];

/** What makes a backend that runs run as it could: all that fit. */
const ADVICE: readonly (Rule<Success> & {
  /** Whether it then is not what was installed. */ readonly grave?: boolean;
})[] = [
  {
    fits: ({ name, traits, machine }) => name === 'tfjs-node-gpu' && traits.gpu === false && machine.nvidia,
    grave: true,
    cure: ({ machine, ...success }) =>
      `it computes on the CPU although there is an NVIDIA card: it wants the libraries of CUDA 11.2` +
      (missesCuda11(success) ? ', which are missing' : '') +
      (machine.cuda === undefined ? '' : `, and the driver here runs CUDA ${machine.cuda}`) +
      `. Use TensorFlow's with CUDA 12: ${WITH_CUDA}; or the webgpu backend`,
  },
  {
    fits: ({ name, traits, machine }) => name === 'tfjs-node-gpu' && traits.gpu === false && !machine.nvidia,
    cure: () => 'it computes on the CPU: no NVIDIA card with a running driver is here',
  },
  {
    fits: ({ name, traits, machine }) => name === 'tfjs-node' && traits.gpu === false && machine.nvidia,
    cure: () => `it computes on the CPU, and there is an NVIDIA card: ${WITH_CUDA}; or the webgpu backend`,
  },
  {
    fits: ({ name, traits }) => name === 'wasm' && traits.simd === false,
    cure: () =>
      'without WebAssembly SIMD, layers are composed of tf ops, right but many times slower: use an engine that has it ' +
      '(Node 16.4, Chrome 91, Firefox 89, Safari 16.4 or newer)',
  },
  {
    fits: ({ name, traits }) => name === 'wasm' && traits.simd === true && traits.relaxedSimd === false,
    cure: ({ machine }) =>
      'relaxed SIMD would save a fifth of the time: ' +
      (machine.nodeMajor < 21 ? 'node --experimental-wasm-relaxed-simd, or Node 22' : 'use a newer engine'),
  },
  {
    fits: ({ name, traits, machine }) => name === 'webgpu' && traits.software === true && machine.nvidia,
    cure: () => 'a CPU plays the graphics card although there is an NVIDIA card: unset VK_ICD_FILENAMES',
  },
  {
    fits: ({ name, traits, machine }) => name === 'webgpu' && traits.software === true && !machine.nvidia,
    cure: () => 'a CPU plays the graphics card: good for tests, not for speed',
  },
];

/** The exact cure, or what is left to do where none is known. */
export function cureFor(failure: Failure): string {
  const rule = CURES.find(({ fits }) => fits(failure));
  return rule?.cure(failure) ?? 'no cure is known: look at its own words, and report it to opau with these lines';
}

export interface Note {
  readonly text: string;
  readonly grave: boolean;
}

export const adviceFor = (success: Success): readonly Note[] =>
  ADVICE.filter(({ fits }) => fits(success)).map(({ cure, grave = false }) => ({ text: cure(success), grave }));
