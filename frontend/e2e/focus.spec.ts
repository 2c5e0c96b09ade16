import type { Page } from '@playwright/test';
import { type Stop, walk } from './support/focus.ts';
import { BUSY_PATIENT } from './support/odd-clinics.ts';
import type { Role } from './support/stack.ts';
import { expect, settled, test } from './support/test.ts';

test('the first Tab leads past the navigation', async ({ page, open }) => {
  await open('finance', '/revenue');
  await page.reload();
  await expect(page.getByRole('heading', { name: 'Revenue', level: 1 })).toBeVisible();

  await page.keyboard.press('Tab');
  await expect(page.getByRole('link', { name: 'Skip to the page' })).toBeFocused();
  await page.keyboard.press('Enter');

  await expect(page.locator('#main')).toBeFocused();
});

test('a page opened by link takes the focus to its heading', async ({ page, open }) => {
  await open('finance');

  await page.getByRole('navigation').getByRole('link', { name: 'Outstanding' }).press('Enter');

  await expect(page.getByRole('heading', { name: 'Outstanding', level: 1 })).toBeFocused();
});

interface Walk {
  as: Role;
  path: string;
  /** Open what is to be walked through. */
  reach?: (page: Page) => Promise<void>;
  /** The key that leads on; Tab if none is named. */
  key?: 'ArrowDown';
}

const ENTRIES = encodeURIComponent('metric=outstanding&currency=USD&bucket=over_90');

const REVENUE: Walk = {
  as: 'finance',
  path: '/revenue?range=custom&from=2026-01-01&to=2026-06-30&split=clinic&currency=USD',
};
const OPERATIONS: Walk = { as: 'admin', path: '/operations' };

const WALKS: Walk[] = [
  { as: 'finance', path: '?as_of=2026-06-30' },
  REVENUE,
  { as: 'finance', path: `/patients?patient=${BUSY_PATIENT}` },
  { as: 'finance', path: '/outstanding?currency=USD' },
  {
    as: 'finance',
    path: `/outstanding?explain=${ENTRIES}`,
    reach: (page) => page.getByRole('dialog').getByRole('table').waitFor(),
  },
  {
    as: 'finance',
    path: '/exports',
    reach: (page) => page.getByRole('button', { name: /finance/ }).press('Enter'),
    key: 'ArrowDown',
  },
  {
    as: 'finance',
    path: '/revenue',
    reach: (page) => page.getByLabel('Range', { exact: true }).press('Enter'),
    key: 'ArrowDown',
  },
  OPERATIONS,
  {
    as: 'admin',
    path: '/operations',
    reach: async (page) => {
      await page.getByRole('button', { name: 'Start a run' }).press('Enter');
      await page.getByRole('dialog').waitFor();
    },
  },
  { as: 'auditor', path: '/audit' },
  { as: 'auditor', path: '/audit?show=verification' },
];

const unseen = (stops: Stop[]) => stops.filter(({ isSeen, isCut }) => !isSeen || isCut);

for (const [colors, walks] of [
  ['none', WALKS],
  ['active', [REVENUE, OPERATIONS]],
] as const) {
  for (const role of new Set(walks.map(({ as }) => as))) {
    test(`${role} sees where the keys are${colors === 'active' ? ', in forced colors' : ''}`, async ({
      page,
      open,
    }) => {
      await page.emulateMedia({ forcedColors: colors });
      await open(role);
      for (const { path, reach, key } of walks.filter(({ as }) => as === role)) {
        await page.goto(`/staff/reports${path}`);
        await settled(page);
        await reach?.(page);

        const stops = await walk(page, key);

        expect.soft(stops.length, path).toBeGreaterThan(1);
        expect.soft(unseen(stops), path).toEqual([]);
      }
    });
  }
}

test('signing in, too, one sees where the keys are', async ({ page }) => {
  await page.goto('/staff/reports');
  await page.getByRole('button', { name: 'Sign in' }).waitFor();

  const stops = await walk(page);

  expect(stops.length).toBeGreaterThan(1);
  expect(unseen(stops)).toEqual([]);
});

test('going back to today leaves the keys at the day', async ({ page, open }) => {
  await open('finance', '/outstanding?as_of=2026-06-30');

  await page.getByRole('button', { name: 'Back to today' }).press('Enter');

  await expect(page.getByText(/Figures as of/)).toBeHidden();
  await expect(page.getByLabel('As of')).toBeFocused();
});
