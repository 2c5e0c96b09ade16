import { existsSync } from 'node:fs';
import { defineConfig } from '@playwright/test';

const CHROMIUM = process.env.CARELEDGER_CHROMIUM ?? '/usr/bin/chromium';
if (!existsSync(CHROMIUM)) throw new Error(`There is no Chromium at ${CHROMIUM}.`);

export default defineConfig({
  testDir: 'e2e',
  globalSetup: './e2e/support/set-up.ts',
  workers: 1,
  timeout: 120_000,
  expect: { timeout: 25_000 },
  reporter: [['list']],
  forbidOnly: Boolean(process.env.CI),
  use: {
    locale: 'en-US',
    timezoneId: 'America/New_York',
    viewport: { width: 1360, height: 900 },
    trace: 'retain-on-failure',
    launchOptions: {
      executablePath: CHROMIUM,
      // Chromium refuses its sandbox to root, as whom containers and the CI run.
      args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
    },
  },
});
