// Training in the page's worker, as far as it needs no browser: backends chosen, sets drawn, the contest, its memory.
import '@tensorflow/tfjs-backend-cpu';
import { memory, setBackend } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { best, type Found } from '../../examples/page/app/training/backends.js';
import { contest } from '../../examples/page/app/training/contest.js';
import type { LayerClass } from '../../examples/page/app/training/emitted-layer.js';
import type { FrameOfTraining } from '../../examples/page/app/training/messages.js';
import { planarSet, REACH } from '../../examples/page/app/training/planar-sets.js';
import { planarTask } from '../../examples/page/app/training/planar-task.js';
import { emitAndLoad, specOf } from '../support/emit.js';

const found = (name: Found['name'], usable = true, software = false): Found => ({ name, usable, software, about: '' });

describe('the best backend', () => {
  it('is a graphics card, then wasm, then a card in software, then the CPU', () => {
    const all = [found('webgpu'), found('webgl'), found('wasm'), found('cpu')];
    expect(best(all)).toBe('webgpu');
    expect(best([found('webgpu', true, true), ...all.slice(1)])).toBe('webgl');
    expect(best([found('webgpu', false), found('webgl', true, true), found('wasm'), found('cpu')])).toBe('wasm');
    expect(best([found('webgpu', false), found('webgl', true, true), found('wasm', false), found('cpu')])).toBe(
      'webgl',
    );
    expect(best([found('webgpu', false), found('webgl', false), found('wasm', false), found('cpu')])).toBe('cpu');
  });
});

describe.each(['spirals', 'moons', 'circles', 'xor'] as const)('%s', (name) => {
  it('is balanced, within reach, and depends on the seed alone', () => {
    const samples = planarSet(name, 300, 7);
    expect(samples).toEqual(planarSet(name, 300, 7));
    expect(samples).not.toEqual(planarSet(name, 300, 8));
    expect(samples.filter(({ label }) => label === 1)).toHaveLength(150);
    expect(samples.every(({ x, y }) => Math.abs(x) <= REACH && Math.abs(y) <= REACH)).toBe(true);
  });
});

describe('the contest', () => {
  let Layer: LayerClass;
  beforeAll(async () => {
    await setBackend('cpu');
    ({ Layer } = await emitAndLoad(specOf('hermite', 3, 2)));
  });

  const run = async (steps: number, coefficients?: { c: number[]; d: number[] }) => {
    const frames: FrameOfTraining[] = [];
    const before = memory().numTensors;
    const complete = await contest({
      task: { ...planarTask('moons', 1), steps: 60 },
      Layer,
      coefficients,
      learningRate: 0.01,
      pause: 0,
      isStopped: () => (frames.at(-1)?.step ?? 0) >= steps,
      onFrame: (frame) => frames.push(frame),
    });
    return { frames, complete, left: memory().numTensors - before };
  };

  it('lowers the loss of both nets, shows what it does, and frees all it took', async () => {
    const { frames, complete, left } = await run(Infinity);
    expect(complete).toBe(true);
    expect(left).toBe(0);
    expect(frames).toHaveLength(61);
    for (const net of [0, 1]) {
      expect(frames.at(-1)!.nets[net]!.loss).toBeLessThan(0.6 * frames[1]!.nets[net]!.loss);
      expect(frames.at(-1)!.nets[net]!.accuracy).toBeGreaterThan(0.8);
    }
    expect(frames[0]!.nets[0]!.layers).toHaveLength(2);
    expect(frames[0]!.nets[1]!.layers).toHaveLength(0);
    expect(frames.at(-1)!.nets[0]!.layers).not.toEqual(frames[0]!.nets[0]!.layers);
  });

  it('starts where the sliders stand, and stops when it is told to, freeing all it took', async () => {
    const start = { c: [0, 1, 0.25, 0], d: [0.5, -0.25] };
    const { frames, complete, left } = await run(3, start);
    expect(frames[0]!.nets[0]!.layers).toEqual([start, start]);
    expect(complete).toBe(false);
    expect(left).toBe(0);
    expect(frames.at(-1)!.step).toBeLessThanOrEqual(4);
  });
});
