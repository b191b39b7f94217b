import { defineConfig } from '@playwright/test';

export default defineConfig({
  testDir: 'e2e/specs',
  retries: 0,
  workers: 2,
  fullyParallel: false,
  timeout: 120_000,
  reporter: [['list']],
  use: { actionTimeout: 20_000 },
});
