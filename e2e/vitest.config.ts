import { defineConfig } from 'vitest/config';

// Journeys against one running platform, which setup.ts starts and stops. They share it, so they run one after the other.
export default defineConfig({
  test: {
    name: 'e2e',
    environment: 'node',
    include: ['e2e/**/*.test.ts'],
    globalSetup: ['e2e/setup.ts'],
    setupFiles: ['e2e/alone.ts'],
    fileParallelism: false,
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
});
