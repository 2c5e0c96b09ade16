/** Ends the session of a page that shows revenue, as the API does: its next question learns of it. */
import type { Page } from '@playwright/test';

export async function endSession(page: Page): Promise<void> {
  await page.getByText(/of net payments/).waitFor();
  await page.context().clearCookies();
  await page.route('**/api/v1/reports/revenue*', (route) => route.fulfill({ status: 401 }), {
    times: 1,
  });
  await page.getByLabel('By', { exact: true }).click();
  await page.getByRole('option', { name: 'Quarter' }).click();
}
