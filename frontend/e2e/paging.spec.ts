/** Ten thousand receivables, a hundred at a time, by keyboard: nothing jumps, nothing piles up. */
import type { Page, Route } from '@playwright/test';
import { expect, settled, test } from './support/test.ts';

const ROWS = 10_000;
const PAGE_ROWS = 100;
const PAGES = ROWS / PAGE_ROWS;
const LIST = '**/api/v1/reports/outstanding?*';

interface Listed {
  receivables: { invoice_id: string }[];
  page: { limit: number; next: string | null };
}

/** Tell a real answer's first receivable ten thousand times over, each as an invoice of its own. */
async function tellMany(route: Route, report: Listed): Promise<void> {
  const url = new URL(route.request().url());
  const number = Number(url.searchParams.get('cursor') ?? 0);
  const [pattern] = report.receivables;
  const receivables = Array.from({ length: PAGE_ROWS }, (_, row) => ({
    ...pattern,
    invoice_id: `MANY-${number * PAGE_ROWS + row + 1}`,
  }));
  const next = number + 1 < PAGES ? String(number + 1) : null;
  await route.fulfill({ json: { ...report, receivables, page: { ...report.page, next } } });
}

/** Note every time the page could not answer for longer than 50 ms, and whatever jumped. */
async function watch(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const seen = { longest: 0, shifted: 0 };
    Object.assign(globalThis, { seen });
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) seen.longest = Math.max(seen.longest, duration);
    }).observe({ type: 'longtask' });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as (PerformanceEntry & { value: number })[])
        seen.shifted += entry.value;
    }).observe({ type: 'layout-shift' });
  });
}

/** Return what was seen since the last look. */
function seenBy(page: Page): Promise<{ longest: number; shifted: number }> {
  return page.evaluate(() => {
    const { seen } = globalThis as unknown as { seen: { longest: number; shifted: number } };
    const until = { ...seen };
    Object.assign(seen, { longest: 0, shifted: 0 });
    return until;
  });
}

test('ten thousand rows are paged through with one key', async ({ page, open }, info) => {
  test.slow();
  await watch(page);
  let told: Promise<Listed> | undefined;
  await page.route(LIST, async (route) => {
    told ??= route.fetch().then(async (answer) => (await answer.json()) as Listed);
    await tellMany(route, await told);
  });
  await open('finance', '/outstanding?currency=USD');
  await settled(page);
  await expect(page.getByText(`1–${PAGE_ROWS} of more`)).toBeVisible();
  const next = page.getByRole('button', { name: 'Next page' });
  await next.focus();
  const place = (await next.boundingBox())?.y;
  const elements = await page.locator('*').count();
  await seenBy(page);

  for (let number = 1; number < PAGES; number += 1) {
    await page.keyboard.press('Enter');
    const first = number * PAGE_ROWS + 1;
    const words = new Intl.NumberFormat('en-US').format(first);
    await expect(page.getByRole('status').filter({ hasText: `${words}–` })).toBeVisible();
    await expect(page.getByRole('grid').getByText(`MANY-${first}`, { exact: true })).toBeVisible();
    await expect(next).toBeFocused();
  }

  await expect(page.getByText('9,901–10,000 of 10,000')).toBeVisible();
  await expect(next).toBeDisabled();
  expect((await next.boundingBox())?.y).toBe(place);
  expect(await page.locator('*').count()).toBeLessThan(elements + 50);
  const { longest, shifted } = await seenBy(page);
  expect(shifted).toBeLessThan(0.01);
  info.annotations.push({ type: 'longest task, ms', description: String(longest) });
});
