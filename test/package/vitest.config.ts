import { defineConfig } from 'vitest/config';

/** `npm run release-check`: packs the package, and tries it as a user would. */
export default defineConfig({
  test: {
    include: ['test/package/*.check.ts'],
    globalSetup: ['test/package/pack.ts'],
    reporters: ['verbose'],
    testTimeout: 120_000,
    hookTimeout: 300_000,
    // One after another: an installation is no measure of anything, and browsers are hungry.
    fileParallelism: false,
  },
});
