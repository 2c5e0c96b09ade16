import {
  BUSY_PATIENT,
  LONG_NAME,
  RIGHT_TO_LEFT_NAME,
  SILENT_CLINIC,
} from './support/odd-clinics.ts';
import { overhangOf } from './support/layout.ts';
import { expect, settled, test } from './support/test.ts';

test('a patient of 5 000 payments is paged without asking anew', async ({ page, open }) => {
  await open('staff', `/patients?patient=${BUSY_PATIENT}`);
  const table = page.getByRole('table', { name: 'Payment history' });
  await expect(page.getByText('5,000 rows')).toBeVisible();
  const before = await table.getByRole('row').nth(1).innerText();

  const asked: string[] = [];
  page.on('request', (request) => {
    if (request.url().includes('/history')) asked.push(request.url());
  });
  await page.getByRole('button', { name: 'Go to page 50' }).click();

  await expect(table.getByRole('row').nth(1)).not.toHaveText(before);
  expect(await table.getByRole('row').count()).toBe(101);
  expect(asked).toEqual([]);
});

test('long names and names from right to left stay in their places', async ({ page, open }) => {
  await open('finance', '/revenue?range=this-month&split=clinic&view=table&currency=USD');
  const table = page.getByRole('table', { name: 'Revenue by period' });

  await expect(table.getByRole('columnheader', { name: LONG_NAME })).toBeVisible();
  const arabic = table.locator('bdi', { hasText: RIGHT_TO_LEFT_NAME });
  await expect(arabic).toBeVisible();
  expect(await arabic.evaluate((one) => getComputedStyle(one).unicodeBidi)).toBe('isolate');
  for (const width of [1360, 680, 320]) {
    await page.setViewportSize({ width, height: 640 });
    expect(await overhangOf(page), `at ${width} pixels`).toBeLessThanOrEqual(0);
  }
});

test('a long name is cut in the choice of clinics, not the page', async ({ page, open }) => {
  await page.setViewportSize({ width: 320, height: 640 });
  await open('finance', '/revenue?clinic=e2e-long');

  await expect(page.getByLabel('Clinic', { exact: true })).toHaveText(LONG_NAME);
  expect(await overhangOf(page)).toBeLessThanOrEqual(0);
});

test('a clinic nothing was told of says why it is empty, on every page', async ({ page, open }) => {
  await open('finance', `?clinic=${SILENT_CLINIC}`);
  await expect(page.getByText('Nothing was charged or paid this month yet.')).toBeVisible();
  await expect(page.getByText('Nothing is open')).toBeVisible();
  await settled(page);
  await expect(page.getByRole('alert')).toHaveCount(0);

  const main = page.locator('#main');
  for (const [path, why] of [
    ['/revenue', 'No money in these days'],
    ['/outstanding', /No invoice of these clinics has an open balance/],
    ['/outstanding', 'No receivable here'],
    ['/outstanding?list=exceptions', 'Everything fits together'],
    ['/patients', 'Find a patient'],
    [`/patients?patient=${BUSY_PATIENT}`, 'No such patient'],
  ] as const) {
    await page.goto(
      `/staff/reports${path}${path.includes('?') ? '&' : '?'}clinic=${SILENT_CLINIC}`,
    );
    await settled(page);
    await expect.soft(main.getByText(why).first(), path).toBeVisible();
  }
});

test('an auditor is told that nobody looked at a clinic without data', async ({ page, open }) => {
  await open('auditor', `/audit?clinic=${SILENT_CLINIC}&actor=nobody`);

  await expect(page.getByText('No record fits the filters')).toBeVisible();
});

test('currencies stand apart, each with its own decimals', async ({ page, open }) => {
  await open('finance', '/revenue?range=last-12-months');

  const choice = page.getByRole('group', { name: 'Currency' });
  for (const [currency, written] of [
    ['USD', /^\$[\d,]+\.\d\d$/],
    ['EUR', /^€[\d,]+\.\d\d$/],
    ['JPY', /^¥[\d,]+$/],
    ['KWD', /^KWD\s[\d,]+\.\d{3}$/],
  ] as const) {
    await choice.getByRole('button', { name: currency }).click();
    await expect(
      page.getByRole('region', { name: 'Totals' }).getByText(written).first(),
    ).toBeVisible();
  }
});
