import { expect, test } from './support/test.ts';

test('the report on screen becomes a PDF one can download, now and again', async ({
  page,
  open,
}) => {
  await open('finance', '/revenue?range=last-12-months');
  await page.getByRole('button', { name: 'Export PDF' }).click();
  const dialog = page.getByRole('dialog', { name: 'Export as PDF' });

  await expect(dialog.getByText(/The document is ready/)).toBeVisible({ timeout: 45_000 });
  const downloading = page.waitForEvent('download');
  await dialog.getByRole('button', { name: 'Download' }).click();
  expect((await downloading).suggestedFilename()).toMatch(/^careledger-revenue-.*\.pdf$/);
  await dialog.getByRole('button', { name: 'Close' }).click();
  await page.getByRole('link', { name: 'Exports' }).click();
  await expect(page.getByText('Ready').first()).toBeVisible();
  const again = page.waitForEvent('download');
  await page
    .getByRole('button', { name: /^Download/ })
    .first()
    .click();

  expect(await (await again).failure()).toBeNull();
});
