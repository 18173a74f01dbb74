import { fileURLToPath } from 'node:url';

const source = (path: string): string => fileURLToPath(new URL(`../../runtime/${path}`, import.meta.url));

/** Emitted modules import the package by its own name: tests and bundles of tests run them against these sources. */
export const SOURCES = {
  'opau/runtime': source('index.ts'),
  'opau/doctor': source('doctor/index.ts'),
  'opau/training-node': source('training-node.ts'),
  'opau/training': source('training/index.ts'),
  'opau/webgpu-node': source('webgpu-node.ts'),
};
