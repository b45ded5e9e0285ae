import { defineConfig } from 'vitest/config'

/** Crash runs of every phase and the published Python client: minutes, not seconds. */
export default defineConfig({
  test: {
    include: ['tests/long/**/*.long.ts'],
    testTimeout: 300_000,
    hookTimeout: 300_000,
    maxWorkers: 2,
  },
})
