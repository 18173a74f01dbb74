import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import '@tensorflow/tfjs-backend-wasm';
import { describe, expect, test } from 'vitest';
import { run, type Product } from '../../examples/fashion-mnist/run.js';
import { ensureConv2DBackpropFilter } from '../../runtime/index.js';
import { fakeIo, folderWith, idxFiles, prelu, relu } from './support.js';

const product: Product = { choices: [relu, prelu], completeBackend: ensureConv2DBackpropFilter };

describe('wrong use: one line, exit 2, nothing trained', () => {
  const report = join('/dev/null', 'report');
  test.each([
    [['--foo'], "fashion-mnist: Unknown option '--foo'; see --help"],
    [['--data'], "fashion-mnist: Option '--data <value>' argument missing; see --help"],
    [['pictures'], "fashion-mnist: Unexpected argument 'pictures'; see --help"],
    [['--epochs', '0'], 'fashion-mnist: --epochs is "0": it must be a whole number from 1 to 1000'],
    [['--seeds', '2.5'], 'fashion-mnist: --seeds is "2.5": it must be a whole number from 1 to 1000'],
    [['--minutes', 'x'], 'fashion-mnist: --minutes is "x": it must be a number above 0'],
    [['--backend', 'metal'], 'fashion-mnist: --backend is "metal": use one of node-gpu, webgpu, node, wasm, cpu'],
    [['--data', '/no/such/folder'], 'fashion-mnist: /no/such/folder: no such data directory'],
    [['--report', report], 'fashion-mnist: /dev/null/report: the report cannot be written there (ENOTDIR)'],
  ])('%j', async (argv, message) => {
    const { io, written } = fakeIo();
    expect(await run(argv, io, product)).toBe(2);
    expect(written).toEqual({ stdout: '', stderr: `${message}\n` });
  });

  test('a truncated data file', async () => {
    const { io, written } = fakeIo();
    const files = idxFiles(20, 10);
    const data = folderWith({
      ...files,
      'train-images-idx3-ubyte': files['train-images-idx3-ubyte']!.subarray(0, 5000),
    });
    expect(await run(['--data', data], io, product)).toBe(2);
    expect(written.stderr).toBe(
      `fashion-mnist: ${data}/train-images-idx3-ubyte: truncated, ` +
        'its header promises 20 pictures of 28 x 28 = 15680 bytes and 4984 follow\n',
    );
  });
});

test("a fault of the program's own: its stack, exit 1", async () => {
  const { io, written } = fakeIo();
  const failing: Product = {
    ...product,
    completeBackend: () => {
      throw new Error('broken');
    },
  };
  const data = folderWith(idxFiles(20, 10));
  expect(await run(['--data', data, '--report', join(data, 'report')], io, failing)).toBe(1);
  expect(written.stderr).toMatch(/fashion-mnist: Error: broken\n {4}at /);
});

test('--help', async () => {
  const { io, written } = fakeIo();
  expect(await run(['--help'], io, product)).toBe(0);
  expect(written.stderr).toBe('');
  expect(written.stdout).toMatch(/Usage: npm start -- \[options\]/);
  expect(Math.max(...written.stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(120);
});

test('trains, prints the table, writes the report', async () => {
  const { io, written } = fakeIo();
  const data = folderWith(idxFiles(20, 10));
  const folder = join(data, 'deep', 'report');
  const argv = [
    '--data',
    data,
    '--epochs',
    '2',
    '--seeds',
    '2',
    '--batch',
    '10',
    '--backend',
    'wasm',
    '--report',
    folder,
  ];
  const code = await run(argv, { ...io, now: () => performance.now() }, product);
  expect(written.stderr).toContain('plan: 2 nets, 2 epochs, 2 seeds: about');
  expect(code).toBe(0);
  expect(written.stdout).toMatch(
    /^\nactivation +test accuracy +against ReLU +s per epoch +against ReLU\n-+ .*\nReLU .*\nPReLU .* x\n$/,
  );
  expect(written.stderr).toMatch(/backend: wasm, WebAssembly on the CPU/);
  expect(written.stderr).toContain('PReLU, seed 2/2: test accuracy');
  expect(existsSync(join(folder, 'report.html'))).toBe(true);
  const json = JSON.parse(readFileSync(join(folder, 'report.json'), 'utf8'));
  expect(json.nets.map((net: { label: string; seed: number }) => [net.label, net.seed])).toEqual([
    ['ReLU', 1],
    ['PReLU', 1],
    ['ReLU', 2],
    ['PReLU', 2],
  ]);
  expect(json.summary).toHaveLength(2);
});
