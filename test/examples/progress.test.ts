import { describe, expect, test } from 'vitest';
import { duration } from '../../examples/fashion-mnist/format.js';
import { Progress } from '../../examples/fashion-mnist/progress.js';
import { fakeIo } from './support.js';

const state = (step: number) => ({ net: 'ReLU', epoch: 1, epochs: 2, step, steps: 100, loss: 0.5, accuracy: 0.8 });

test('without a terminal: a plain line at every tenth', () => {
  const { io, written, clock } = fakeIo();
  const progress = new Progress(io, 100);
  for (let step = 1; step <= 100; step++) {
    clock.milliseconds += 2000;
    progress.step(1, state(step));
  }
  const lines = written.stderr.trimEnd().split('\n');
  expect(lines).toHaveLength(10);
  expect(lines[0]).toBe('10 %  3 min 00 s left  step 10/100  loss 0.500  accuracy 80.0 %  ReLU, epoch 1/2');
  expect(lines[9]).toMatch(/^100 % {2}0 s left {2}step 100\/100 /);
  expect(written.stderr).not.toMatch(/[\r\x1b]/);
});

describe('on a terminal', () => {
  test('a bar is redrawn, ten times a second at most, and never wraps', () => {
    const { io, written, clock } = fakeIo({ columns: 75 });
    const progress = new Progress(io, 100);
    for (let step = 1; step <= 50; step++) {
      clock.milliseconds += 20;
      progress.step(1, state(step));
    }
    const frames = written.stderr.split('\r').slice(1);
    expect(frames).toHaveLength(10);
    expect(frames.every((frame) => frame.endsWith('\x1b[K') && !frame.includes('\n') && frame.length <= 74 + 3)).toBe(
      true,
    );
    expect(frames.at(-1)).toMatch(
      /^\[#{4}\.{6}\] 4\d % {2}1 s left {2}step \d+\/100 {2}loss 0\.500 {2}accuracy 80\.0 % {2}Re/,
    );
  });

  test('a note takes the place of the bar and stays', () => {
    const { io, written } = fakeIo({ columns: 120 });
    const progress = new Progress(io, 100);
    progress.step(1, state(1));
    progress.note('done');
    expect(written.stderr).toMatch(/^\r\[\.{10}\] 1 % .* ReLU, epoch 1\/2\x1b\[K\rdone\x1b\[K\n$/);
  });

  test('a dumb terminal gets plain lines', () => {
    const { io, written } = fakeIo({ columns: 120 });
    new Progress({ ...io, env: { TERM: 'dumb' } }, 1).step(1, state(100));
    expect(written.stderr).toMatch(/^100 %/);
  });
});

test('a dearer net weighs more in the time left', () => {
  const { io, written, clock } = fakeIo();
  const progress = new Progress(io, 40);
  clock.milliseconds = 10_000;
  progress.step(10, state(100));
  expect(written.stderr).toContain('30 s left');
});

test('durations', () => {
  expect([0, 59.4, 60, 125, 3600].map(duration)).toEqual(['0 s', '59 s', '1 min 00 s', '2 min 05 s', '60 min 00 s']);
});
