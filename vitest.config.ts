import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['src/**/*.test.{ts,tsx}', '{devnet,docs,e2e}/**/*.test.ts'],
          exclude: ['**/*.chain.test.ts'],
          retry: 0,
        },
      },
      {
        test: {
          name: 'chain',
          include: ['{src,devnet,bench}/**/*.chain.test.ts'],
          retry: 0,
          testTimeout: 120_000,
          hookTimeout: 180_000,
          fileParallelism: false,
        },
      },
    ],
  },
});
