import { NAME, PATIENT } from './support/story.ts';
import { expect, test } from './support/test.ts';

test('the front desk finds a patient by name, and the name travels in a body', async ({
  page,
  open,
}) => {
  const addresses: string[] = [];
  page.on('request', (request) => addresses.push(request.url()));
  await open('staff', '/patients');

  await page.getByLabel('Patient ID or name').fill(`zelda ${NAME.family.toUpperCase()}`);
  await page.getByRole('button', { name: 'Search' }).click();
  await page.getByRole('button', { name: PATIENT }).click();

  await expect(page.getByRole('heading', { name: `Patient ${PATIENT}` })).toBeVisible();
  expect(addresses.join(' ').toLowerCase()).not.toContain('quillfeather');
  await expect(page.getByText(NAME.family)).toHaveCount(0);
});

test('a history keeps currencies apart and shows the last cent', async ({ page, open }) => {
  await open('staff', `/patients?patient=${PATIENT}`);

  await expect(page.getByRole('heading', { name: 'USD' })).toBeVisible();
  await expect(page.getByRole('heading', { name: 'JPY' })).toBeVisible();
  const table = page.getByRole('table', { name: 'Payment history' });
  await expect(table.getByRole('row', { name: /Payment.*Paid.*\$99.99 \$0.01/ })).toBeVisible();
  await page.getByRole('group', { name: 'Payments' }).getByRole('button', { name: 'Paid' }).click();

  await expect(table.getByRole('row', { name: /Invoice/ })).toHaveCount(0);
});

test('a patient nobody knows is said to be unknown', async ({ page, open }) => {
  await open('collections', '/patients?patient=NOBODY-0');

  await expect(page.getByText('No such patient')).toBeVisible();
});
