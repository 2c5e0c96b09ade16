import { expect, settled, test } from './support/test.ts';

test('finance sees what came in, compares it, and reads it as a table', async ({ page, open }) => {
  await open('finance', '/revenue?range=last-12-months');

  await expect(page.getByText(/of net payments from/)).toBeVisible();
  await expect(page.locator('.recharts-bar-rectangle').first()).toBeVisible();
  await page.getByLabel('Compare with').click();
  await page.getByRole('option', { name: 'Previous year' }).click();
  await expect(page.getByText(/^against/).first()).toBeVisible();
  await page.getByLabel('Break down by').click();
  await page.getByRole('option', { name: 'Clinic' }).click();
  await expect(page.getByRole('heading', { name: 'Net payments by clinic' })).toBeVisible();
  await page.getByRole('button', { name: 'Table' }).click();

  const table = page.getByRole('table', { name: 'Revenue by period' });
  await expect(table.getByRole('columnheader', { name: 'Hudson Street Clinic' })).toBeVisible();
  expect(page.url()).toMatch(/compare=previous_year.*split=clinic.*view=table/);
});

test('the totals on screen are those of the API, to the cent', async ({ page, open }) => {
  const answered = page.waitForResponse('**/api/v1/reports/revenue?*');
  await open('finance', '/revenue?range=last-12-months&currency=KWD');

  const report = (await (await answered).json()) as {
    totals: { currency: string; net_payments: number }[];
  };
  const net = report.totals.find(({ currency }) => currency === 'KWD')?.net_payments ?? 0;
  const written = new Intl.NumberFormat('en-US', {
    style: 'currency',
    currency: 'KWD',
    minimumFractionDigits: 3,
  }).format(net / 1000);

  await expect(page.getByText(written).first()).toBeVisible();
});

test('the arrow keys walk through the chart', async ({ page, open }) => {
  await open('finance', '/revenue?range=last-12-months');
  await page.locator('.recharts-bar-rectangle').first().waitFor();

  await page.locator('svg.recharts-surface[tabindex="0"]').first().focus();
  await page.keyboard.press('ArrowRight');

  await expect(page.locator('.recharts-tooltip-wrapper')).toContainText(/\$/);
});

test('an earlier day is asked for, shown, and left again', async ({ page, open }) => {
  await open('finance', '/revenue?range=last-12-months');

  await page.getByLabel('As of').fill('2026-06-30');
  await expect(page.getByText(/Figures as of Jun 30, 2026/)).toBeVisible();
  await expect(page.getByText(/to Jun 30, 2026/)).toBeVisible();
  await page.getByRole('button', { name: 'Back to today' }).click();

  await expect(page.getByText(/Figures as of/)).toBeHidden();
});

test('a day being typed is asked for once it is whole, and a day to come never', async ({
  page,
  open,
}) => {
  await open('finance', '/revenue?range=last-12-months');
  await settled(page);
  const asked: (string | null)[] = [];
  page.on('request', (request) => {
    const { pathname, searchParams } = new URL(request.url());
    if (pathname.endsWith('/reports/revenue')) asked.push(searchParams.get('as_of'));
  });
  const field = page.getByLabel('As of');

  await field.focus();
  await page.keyboard.type('06302199');
  await page.keyboard.press('Enter');
  await expect(field).toHaveAccessibleDescription(/There are figures up to/);
  await field.focus();
  await page.keyboard.type('06302026');
  await page.keyboard.press('Enter');

  await expect(page.getByText(/Figures as of Jun 30, 2026/)).toBeVisible();
  expect([...new Set(asked.filter(Boolean))]).toEqual(['2026-06-30']);
});
