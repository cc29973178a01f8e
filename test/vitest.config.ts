import { defineConfig } from 'vitest/config'

const root = new URL('..', import.meta.url).pathname

/** Three runs: what needs nothing but npm, what needs Debian's Chromium, and the import arrows. */
export default defineConfig({
  root,
  test: {
    testTimeout: 60_000,
    hookTimeout: 120_000,
    pool: 'forks',
    maxWorkers: 2,
    projects: [
      {
        extends: true,
        test: {
          name: 'node',
          include: ['test/**/*.test.ts'],
          exclude: ['test/browser/**', 'test/architecture.test.ts'],
          globalSetup: 'test/support/postgres-for-all.ts',
        },
      },
      {
        extends: true,
        test: { name: 'browser', include: ['test/browser/**/*.test.ts'], fileParallelism: false },
      },
      { extends: true, test: { name: 'architecture', include: ['test/architecture.test.ts'] } },
    ],
  },
})
