import { INVOICE, PATIENT } from './support/story.ts';
import { expect, test } from './support/test.ts';

test('collections works from the oldest debts down to one invoice', async ({ page, open }) => {
  await open('collections', '/outstanding');

  await page.getByLabel('Age', { exact: true }).click();
  await page.getByRole('option', { name: 'Over 90 days' }).click();
  await page.getByRole('columnheader', { name: 'Balance' }).click();
  await expect(page).toHaveURL(/bucket=over_90.*sort=balance/);
  await page.getByRole('grid').getByRole('button').filter({ hasText: 'INV-' }).first().click();

  const drawer = page.getByRole('dialog', { name: /^Invoice/ });
  await expect(drawer.getByText(/days overdue/)).toBeVisible();
  await expect(drawer.getByRole('table', { name: 'What happened' })).toBeVisible();
  await page.keyboard.press('Escape');

  await expect(drawer).toBeHidden();
});

test('a debt of one cent is listed and leads to its patient', async ({ page, open }) => {
  await open('finance', `/outstanding?patient=${PATIENT}&currency=USD`);

  await page.getByRole('grid').getByRole('button', { name: INVOICE }).click();
  const drawer = page.getByRole('dialog', { name: `Invoice ${INVOICE}` });
  await expect(drawer.getByText('$0.01')).toBeVisible();
  await drawer.getByRole('link', { name: `Patient ${PATIENT}` }).click();

  await expect(page.getByRole('heading', { name: `Patient ${PATIENT}` })).toBeVisible();
});

test('the next hundred rows come by cursor, and back', async ({ page, open }) => {
  await open('finance', '/outstanding?currency=USD');
  const first = page.getByRole('grid').getByRole('button').filter({ hasText: 'INV-' }).first();
  const before = await first.innerText();

  const asked = page.waitForRequest('**/outstanding?*cursor=*');
  await page.getByRole('button', { name: 'Next page' }).click();
  await asked;
  await expect(page.getByText(/^101–/)).toBeVisible();
  await expect(first).not.toHaveText(before);
  await page.getByRole('button', { name: 'Previous page' }).click();

  await expect(first).toHaveText(before);
});

test('an auditor sees receivables and no patient', async ({ page, open }) => {
  await open('auditor', '/outstanding');

  await expect(page.getByRole('columnheader', { name: 'Invoice' })).toBeVisible();
  await expect(page.getByRole('columnheader', { name: 'Patient' })).toHaveCount(0);
});
