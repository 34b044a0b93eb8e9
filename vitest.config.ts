import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

const shared = {
  setupFiles: ['tests/setup/fail-on-console.ts'],
  testTimeout: 60_000,
  hookTimeout: 120_000,
};

export default defineConfig({
  test: {
    reporters: ['default'],
    // All cores of a small machine; more would only crowd the one database server.
    maxWorkers: Math.min(availableParallelism(), 4),
    projects: [
      {
        test: {
          ...shared,
          name: 'pure',
          include: ['tests/unit/**/*.test.{ts,tsx}', 'tests/contract/**/*.test.{ts,tsx}'],
        },
      },
      {
        test: {
          ...shared,
          name: 'db',
          include: ['tests/db/**/*.test.ts', 'tests/api/**/*.test.ts'],
          globalSetup: ['tests/setup/postgres.ts'],
        },
      },
      {
        test: {
          ...shared,
          name: 'db-system',
          include: [
            'tests/db/{board,pipeline,rescoring,runs,samples,schema,submissions}.test.ts',
            'tests/api/{submissions,reading,benchmark-import}.test.ts',
          ],
          globalSetup: ['tests/setup/system-postgres.ts'],
        },
      },
      {
        test: {
          ...shared,
          name: 'soak',
          include: ['tests/soak/**/*.test.ts'],
          fileParallelism: false,
        },
      },
      {
        test: {
          ...shared,
          name: 'e2e',
          include: ['tests/e2e/**/*.test.ts'],
          setupFiles: [],
          testTimeout: 600_000,
          hookTimeout: 600_000,
          fileParallelism: false,
        },
      },
    ],
  },
});
