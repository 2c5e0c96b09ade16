import { expect, test } from './support/test.ts';

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
