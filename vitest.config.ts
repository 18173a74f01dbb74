import { defineConfig } from 'vitest/config';
import { SOURCES } from './test/support/sources.js';

export default defineConfig({
  resolve: { alias: SOURCES },
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/support/clean.ts'],
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
});
