// Every cure, on a machine that is played.
import { describe, expect, it } from 'vitest';
import { CANDIDATES, type CandidateName } from '../../runtime/doctor/backends.js';
import { examine, isHealthy, report, type Diagnosis, type Machine, type Trial } from '../../runtime/doctor/index.js';

const HEALTHY: Machine = { nodeMajor: 20, platform: 'linux', vulkanLoader: true, missingDrivers: [], nvidia: false };
const absent = (name: CandidateName): Trial => {
  const { packages } = CANDIDATES.find((candidate) => candidate.name === name)!;
  return { probe: { state: 'absent', missing: packages }, log: '' };
};
const broken = (reason: string, log = ''): Trial => ({ probe: { state: 'broken', reason }, log });
const works = (traits: object, log = ''): Trial => ({
  probe: { state: 'works', found: 'it', traits, selfTest: { value: 1, gradients: 2, seconds: 0.1 } },
  log,
});

const play = (trials: Partial<Record<CandidateName, Trial>>, machine: Partial<Machine> = {}) =>
  examine(
    { cwd: '/', env: {} },
    { machine: () => ({ ...HEALTHY, ...machine }), run: async (name) => trials[name] ?? absent(name) },
  );

const find = (diagnoses: readonly Diagnosis[], name: CandidateName): Diagnosis =>
  diagnoses.find((diagnosis) => diagnosis.name === name)!;

const NO_ADAPTER = 'WebGPU found no graphics adapter: install a Vulkan driver for your graphics card; or, ...';
const NO_UTIL = '(0 , util_1.isNullOrUndefined) is not a function';
const NO_ADDON =
  'The Node.js native addon module (tfjs_binding.node) can not be found at path: /p/lib/napi-v8/tfjs_binding.node.\nPlease ...';

describe('a backend that is broken has its cure', () => {
  it.each<[what: string, CandidateName, Trial, Partial<Machine>, cure: RegExp]>([
    ['tfjs-node on Node 23', 'tfjs-node', broken(NO_UTIL), { nodeMajor: 24 }, /this is Node 24: use Node 20 or 22/],
    ['tfjs-node without its library', 'tfjs-node', broken(NO_ADDON), {}, /link-libtensorflow\.mjs \.$/],
    [
      'the same elsewhere',
      'tfjs-node',
      broken(NO_ADDON),
      { platform: 'darwin' },
      /npm rebuild @tensorflow\/tfjs-node$/,
    ],
    ['an old C++ library', 'webgpu', broken("GLIBCXX_3.4.31' not found"), {}, /Debian 12, Ubuntu 22.04 or newer/],
    ['no loader of drivers', 'webgpu', broken(NO_ADAPTER), { vulkanLoader: false }, /: apt install libvulkan1$/],
    [
      'VK_ICD_FILENAMES that names nothing',
      'webgpu',
      broken(NO_ADAPTER),
      { missingDrivers: ['/no/icd.json'], softwareDriver: '/s.json' },
      /names \/no\/icd\.json, which does not exist: unset it, or export VK_ICD_FILENAMES=\/s\.json$/,
    ],
    [
      'an NVIDIA card without Vulkan',
      'webgpu',
      broken(NO_ADAPTER),
      { nvidia: true },
      /NVIDIA_DRIVER_CAPABILITIES=all$/,
    ],
    [
      'no card, but a driver in software',
      'webgpu',
      broken(NO_ADAPTER),
      { softwareDriver: '/s.json' },
      /in software: export VK_ICD_FILENAMES=\/s\.json$/,
    ],
    ['no card', 'webgpu', broken(NO_ADAPTER), {}, /apt install chromium, and export VK_ICD_FILENAMES=\/usr/],
    ['no card elsewhere', 'webgpu', broken(NO_ADAPTER), { platform: 'win32' }, /^install a Vulkan driver [^;]*$/],
    ['a process that hangs', 'webgpu', broken('no answer within 60 s'), {}, /^try again/],
    ['wrong numbers', 'webgpu', broken('it computes wrongly: ...'), {}, /^do not train on it/],
    [
      'mixed versions',
      'wasm',
      broken('tfjs refused to set the backend wasm'),
      {},
      /npm install @tensorflow\/tfjs-core@4/,
    ],
    ['what nobody knows', 'cpu', broken('its process ended with signal SIGSEGV'), {}, /^no cure is known/],
  ])('%s', async (_, name, trial, machine, cure) => {
    const diagnoses = await play({ [name]: trial, cpu: name === 'cpu' ? trial : works({}) }, machine);
    const diagnosis = find(diagnoses, name);
    expect(diagnosis).toMatchObject({ state: 'broken', cure: expect.stringMatching(cure) as string });
    expect(isHealthy(diagnoses)).toBe(false);
    expect(report(diagnoses)).toMatch(/^ +cure /m);
  });
});

describe('a backend that works says what it could do better', () => {
  const CUDA_11 = "Could not load dynamic library 'libcudart.so.11.0'; dlerror: cannot open shared object file";
  it.each<[what: string, CandidateName, Trial, Partial<Machine>, note: RegExp, healthy: boolean]>([
    [
      'tfjs-node-gpu on a machine with CUDA 12',
      'tfjs-node-gpu',
      works({ gpu: false }, CUDA_11),
      { nvidia: true, cuda: '12.4' },
      /libraries of CUDA 11\.2, which are missing, and the driver here runs CUDA 12\.4\. .*--wheel 'tensorflow\[and-cuda\]/,
      false,
    ],
    ['tfjs-node-gpu without a card', 'tfjs-node-gpu', works({ gpu: false }), {}, /no NVIDIA card/, true],
    ['tfjs-node beside a card', 'tfjs-node', works({ gpu: false }), { nvidia: true }, /or the webgpu backend$/, true],
    [
      'no SIMD',
      'wasm',
      works({ simd: false, relaxedSimd: false }),
      {},
      /^without WebAssembly SIMD, .*Node 16\.4/,
      true,
    ],
    [
      'no relaxed SIMD',
      'wasm',
      works({ simd: true, relaxedSimd: false }),
      {},
      /--experimental-wasm-relaxed-simd/,
      true,
    ],
    [
      'the same on a newer Node',
      'wasm',
      works({ simd: true, relaxedSimd: false }),
      { nodeMajor: 22 },
      /newer engine/,
      true,
    ],
    ['a card in software', 'webgpu', works({ software: true }), {}, /^a CPU plays the graphics card: good for/, true],
    ['a card in software beside a card', 'webgpu', works({ software: true }), { nvidia: true }, /unset VK_ICD/, true],
  ])('%s', async (_, name, trial, machine, note, healthy) => {
    const diagnoses = await play({ [name]: trial }, machine);
    const { notes } = find(diagnoses, name) as Extract<Diagnosis, { state: 'works' }>;
    expect(notes.map(({ text }) => text)).toEqual([expect.stringMatching(note)]);
    expect(isHealthy(diagnoses)).toBe(healthy);
  });

  it('and nothing where there is nothing to say', async () => {
    const diagnoses = await play({
      wasm: works({ simd: true, relaxedSimd: true }),
      webgpu: works({ software: false }),
    });
    expect(diagnoses.flatMap((diagnosis) => (diagnosis.state === 'works' ? diagnosis.notes : []))).toEqual([]);
    expect(isHealthy(diagnoses)).toBe(true);
  });
});

it('the report: what to install, what a process said, and a verdict', async () => {
  const log =
    'noise\nmore noise\nlibfoo.so: cannot open\n    at Module._load (x.js:1:1)\nError: it broke\n\nNode.js v20\n';
  const diagnoses = await play({ cpu: works({}), wasm: broken('its process ended with signal SIGABRT', log) });
  expect(report(diagnoses)).toMatchInlineSnapshot(`
    "cpu            works   it
                   test    value off by 1.0, gradients by 2.0 units of 2^-24 (32 allowed), 0.10 s
    wasm           broken  its process ended with signal SIGABRT
                           > more noise
                           > libfoo.so: cannot open
                           > Error: it broke
                   cure    no cure is known: look at its own words, and report it to opau with these lines
    webgpu         absent  npm install webgpu@0.6.2 @tensorflow/tfjs-backend-webgpu@4.22.0
    tfjs-node      absent  npm install @tensorflow/tfjs-node@4.22.0
    tfjs-node-gpu  absent  npm install @tensorflow/tfjs-node-gpu@4.22.0

    Works here: cpu. Broken: wasm. webgl runs in browsers only.
    "
  `);
});

it('no backend at all is not healthy', async () => {
  const diagnoses = await play({});
  expect(isHealthy(diagnoses)).toBe(false);
  expect(report(diagnoses)).toMatch(/^No backend works here\. webgl/m);
});
