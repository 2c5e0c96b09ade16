import { INVOICE, PATIENT } from './support/story.ts';
import { expect, test } from './support/test.ts';

test('a bar opens the entries that sum up to it, by click', async ({ page, open }) => {
  await open('finance', '/revenue?range=last-12-months&currency=USD');
  const bar = page.locator('.recharts-bar-rectangle').nth(3);
  await bar.waitFor();

  const answered = page.waitForResponse('**/api/v1/reports/explain?*');
  await bar.click();
  const explanation = (await (await answered).json()) as { sum: number; served: number };

  const drawer = page.getByRole('dialog', { name: 'What is in “Net payments”' });
  await expect(drawer.getByText(/The server summed all entries: the same/)).toBeVisible();
  await expect(drawer.getByRole('table', { name: 'Ledger entries' })).toBeVisible();
  expect(explanation.sum).toBe(explanation.served);
  await page.keyboard.press('Escape');
  await expect(drawer).toBeHidden();
});

test('the arrow keys choose a bar and Enter opens it', async ({ page, open }) => {
  await open('finance', '/revenue?range=last-12-months&currency=USD');
  await page.locator('.recharts-bar-rectangle').first().waitFor();

  await page.locator('svg.recharts-surface[tabindex="0"]').first().focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await expect(page.locator('.recharts-tooltip-wrapper')).toContainText(/\$/);
  await page.keyboard.press('Enter');

  await expect(page.getByRole('dialog', { name: 'What is in “Net payments”' })).toBeVisible();
  await expect(page).toHaveURL(/explain=metric/);
});

test('a segment of a broken-down bar opens the entries of its group', async ({ page, open }) => {
  await open('finance', '/revenue?range=last-12-months&split=clinic&currency=USD');
  const segment = page.locator('.recharts-bar-rectangle').first();
  await segment.waitFor();

  const asked = page.waitForRequest('**/api/v1/reports/explain?*');
  await segment.click();

  expect((await asked).url()).toContain('clinic_id=');
  await expect(page.getByText(/The server summed all entries: the same/)).toBeVisible();
});

test('up and down choose a part of a broken-down bar, and Enter opens it alone', async ({
  page,
  open,
}) => {
  await open('finance', '/revenue?range=last-12-months&split=clinic&currency=USD');
  await page.locator('.recharts-bar-rectangle').first().waitFor();

  await page.locator('svg.recharts-surface[tabindex="0"]').first().focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('ArrowUp');
  const chosen = page.locator('.recharts-tooltip-wrapper [data-chosen] [dir=auto]');
  await expect(chosen).toHaveCount(1);
  const clinic = await chosen.innerText();
  await expect(page.getByRole('status').filter({ hasText: `${clinic}, one of` })).toBeAttached();
  const asked = page.waitForRequest('**/api/v1/reports/explain?*');
  await page.keyboard.press('Enter');

  expect((await asked).url()).toContain('clinic_id=');
  await expect(page.getByRole('dialog').getByText(clinic).first()).toBeVisible();
});

test('a long figure turns its pages by cursor', async ({ page, open }) => {
  await open('finance', '/revenue?range=last-12-months&currency=USD');

  await page
    .getByRole('region', { name: 'Totals' })
    .getByRole('button', { name: /^\$/ })
    .first()
    .click();
  const drawer = page.getByRole('dialog', { name: /What is in/ });
  await drawer.getByRole('button', { name: 'Next page' }).click();

  await expect(drawer.getByText(/^51–100/)).toBeVisible();
});

test('an age opens its entries and leads to its receivables', async ({ page, open }) => {
  await open('auditor', '/outstanding?currency=USD');
  const bar = page.locator('.recharts-bar-rectangle').last();
  await bar.waitFor();

  await bar.click();
  const drawer = page.getByRole('dialog', { name: 'What is in “Outstanding”' });
  await expect(drawer.getByText(/The server summed all entries: the same/)).toBeVisible();
  await drawer.getByRole('link', { name: 'Show these receivables in the list' }).click();

  await expect(drawer).toBeHidden();
  await expect(page).toHaveURL(/bucket=over_90/);
});

test('collections, who may not see the ledger, choose receivables by a bar', async ({
  page,
  open,
}) => {
  await open('collections', '/outstanding?currency=USD');
  const bar = page.locator('.recharts-bar-rectangle').last();
  await bar.waitFor();

  await bar.click();

  await expect(page).toHaveURL(/bucket=over_90/);
  await expect(page.getByRole('dialog')).toHaveCount(0);
});

test('the balance of one cent is what its charge and payment leave', async ({ page, open }) => {
  await open('finance', `/outstanding?invoice=${INVOICE}&of=hudson`);

  await page.getByRole('dialog').getByRole('button', { name: '$0.01' }).click();

  const drawer = page.getByRole('dialog', { name: 'What is in “Balance”' });
  await expect(drawer.getByRole('row', { name: /Invoice.*\$100\.00/ })).toBeVisible();
  await expect(drawer.getByRole('row', { name: /Payment.*-\$99\.99/ })).toBeVisible();
  await expect(drawer.getByText(/same as the report’s \$0\.01/)).toBeVisible();
});

test('the balance of a patient opens too', async ({ page, open }) => {
  await open('finance', `/patients?patient=${PATIENT}`);

  await page.getByRole('button', { name: '$0.01' }).click();

  await expect(page.getByRole('dialog').getByText(/same as the report’s \$0\.01/)).toBeVisible();
});
