/** What one sees seldom: nothing, too much, a small screen, or something out of order. */
import { endSession } from './ended-session.ts';
import { LONG_NAME, RIGHT_TO_LEFT_NAME, SILENT_CLINIC } from './odd-clinics.ts';
import { makeStale } from './stale.ts';
import type { State } from './states.ts';

export const RARE: State[] = [
  {
    name: 'the overview of an empty clinic',
    path: `?clinic=${SILENT_CLINIC}`,
    ready: 'Nothing is open',
  },
  { name: 'no money', path: `/revenue?clinic=${SILENT_CLINIC}`, ready: 'No money in these days' },
  {
    name: 'long names and names from right to left',
    path: '/revenue?range=this-month&split=clinic&view=table&currency=USD',
    ready: LONG_NAME,
  },
  {
    name: 'a clinic with a name from right to left',
    path: '/outstanding?clinic=e2e-rtl',
    ready: RIGHT_TO_LEFT_NAME,
  },
  {
    name: 'export',
    path: '/revenue?range=last-12-months',
    ready: 'Close',
    reach: async (page) => {
      await page.getByRole('button', { name: 'Export PDF' }).click();
      await page.getByRole('dialog').waitFor();
    },
  },
  {
    name: 'navigation on a phone',
    path: '/exports',
    ready: 'Outstanding',
    reach: async (page) => {
      await page.setViewportSize({ width: 390, height: 844 });
      await page.getByRole('button', { name: 'Open navigation' }).click();
      await page.getByRole('link', { name: 'Outstanding' }).waitFor();
    },
  },
  {
    name: 'a day that cannot be',
    path: '/outstanding?as_of=2199-01-01',
    ready: /There are figures up to/,
  },
  {
    name: 'stale figures',
    path: '/outstanding',
    ready: /^Stale since Jun 30, 2026/,
    reach: async (page) => {
      await page.route('**/outstanding/summary*', (route) =>
        makeStale(route, '2026-06-30T16:00:00Z'),
      );
      await page.reload();
    },
  },
  {
    name: 'nobody answers',
    path: '/outstanding',
    ready: /cannot be reached/,
    reach: async (page) => {
      await page.clock.install();
      await page.reload();
      await page.getByText(/is open on/).waitFor();
      await page.route('**/api/v1/reports/**', (route) => route.abort());
      await page.clock.fastForward(70_000);
    },
  },
  // The last of its role: nobody is signed in afterwards.
  {
    name: 'signing in again',
    path: '/revenue?range=last-12-months',
    ready: 'Please sign in again',
    reach: endSession,
  },
];
