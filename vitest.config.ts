import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  // Emitted modules import the package by its own name; tests run them against the sources.
  resolve: {
    alias: {
      'opau/runtime': fileURLToPath(new URL('./runtime/index.ts', import.meta.url)),
      'opau/doctor': fileURLToPath(new URL('./runtime/doctor/index.ts', import.meta.url)),
      'opau/training-node': fileURLToPath(new URL('./runtime/training-node.ts', import.meta.url)),
      'opau/training': fileURLToPath(new URL('./runtime/training/index.ts', import.meta.url)),
      'opau/webgpu-node': fileURLToPath(new URL('./runtime/webgpu-node.ts', import.meta.url)),
    },
  },
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/support/clean.ts'],
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
});
