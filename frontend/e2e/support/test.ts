/** Tests of the dashboard: somebody signs in first, and nothing may go wrong unnoticed meanwhile. */
import { expect, type Page, test as base } from '@playwright/test';
import { endpoints, type Role } from './stack.ts';

/** Signing in derives a key on purpose slowly, and then the pages are loaded. */
const PATIENCE_MS = 40_000;

interface Fixtures {
  /** Open a page of the dashboard as somebody of a role. */
  open: (role: Role, path?: string) => Promise<void>;
  /** What the browser complained of; refusals a test provokes are no complaints. */
  complaints: string[];
}

export const test = base.extend<Fixtures>({
  // eslint-disable-next-line no-empty-pattern -- Playwright reads the names a fixture needs from here.
  baseURL: async ({}, use) => use(endpoints().report_api),
  complaints: [
    async ({ page }, use) => {
      const complaints: string[] = [];
      page.on('pageerror', (error) => complaints.push(String(error)));
      page.on('console', (message) => {
        const isOfNetwork = message.text().startsWith('Failed to load resource');
        if (message.type() === 'error' && !isOfNetwork) complaints.push(message.text());
      });
      await use(complaints);
      expect(complaints).toEqual([]);
    },
    { auto: true },
  ],
  open: async ({ page }, use) => {
    await use(async (role, path = '') => {
      await page.goto(`/staff/reports${path}`);
      await signIn(page, role);
      await expect(page.locator('#main')).toBeVisible({ timeout: PATIENCE_MS });
    });
  },
});

export async function signIn(page: Page, role: Role): Promise<void> {
  const user = endpoints().users.find((one) => one.role === role);
  await page.getByLabel('User name').fill(user?.name ?? '');
  await page.getByLabel('Password').fill(user?.password ?? '');
  await page.getByRole('button', { name: 'Sign in' }).click();
}

/** Wait until everything on its way is there: figures, grids, charts; news may go on coming in. */
export async function settled(page: Page): Promise<void> {
  await page.locator('h1').first().waitFor();
  const onTheirWay = page.locator(
    '.MuiSkeleton-root, .MuiCircularProgress-root, [data-chart]:empty, [data-later]',
  );
  await expect(onTheirWay).toHaveCount(0);
}

export { expect } from '@playwright/test';
