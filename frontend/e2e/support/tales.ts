/** What people of a clinic come for, told once for every role that may. */
import { expect, type Page } from '@playwright/test';
import { INVOICE, PATIENT } from './story.ts';

const main = (page: Page) => page.locator('#main');

/** Finance looks at a range, by month and clinic, and keeps it as a document. */
export async function readRevenue(page: Page): Promise<void> {
  await page.goto('/staff/reports/revenue');
  await page.getByLabel('Range').click();
  await page.getByRole('option', { name: 'Last 12 months' }).click();
  await expect(page.getByText(/of net payments from/)).toBeVisible();
  await page.getByLabel('By', { exact: true }).click();
  await page.getByRole('option', { name: 'Quarter' }).click();
  await expect(page).toHaveURL(/range=last-12-months.*by=quarter/);
  await expect(page.locator('.recharts-bar-rectangle').first()).toBeVisible();
  await expect(page.getByRole('button', { name: 'Export PDF' })).toBeEnabled();
}

/** The front desk finds a patient and sees what was paid, and what is left. */
export async function findPatient(page: Page): Promise<void> {
  await page.goto('/staff/reports/patients');
  await page.getByLabel('Patient ID or name').fill(PATIENT);
  await page.getByRole('button', { name: 'Search' }).click();
  await main(page).getByRole('button', { name: PATIENT }).click();
  const table = page.getByRole('table', { name: 'Payment history' });
  await expect(table.getByRole('row', { name: /Payment.*Paid.*\$99.99/ })).toBeVisible();
  await expect(page.getByText('Where it stands')).toBeVisible();
}

/** Collections narrows what is open by age and amount, down to one invoice. */
export async function chaseInvoice(page: Page, mayPatients: boolean): Promise<void> {
  await page.goto('/staff/reports/outstanding?currency=USD');
  await expect(page.getByText(/is open on/)).toBeVisible();
  await page.getByLabel('Balance to').fill('0.01');
  await page.getByLabel('Days overdue from').fill('60');
  await page.getByLabel('Days overdue from').press('Enter');
  await page.getByRole('grid').getByRole('button', { name: INVOICE }).click();
  const drawer = page.getByRole('dialog', { name: `Invoice ${INVOICE}` });
  await expect(drawer.getByText('$0.01').first()).toBeVisible();
  await expect(drawer.getByRole('link', { name: `Patient ${PATIENT}` })).toHaveCount(
    mayPatients ? 1 : 0,
  );
}

/** Operators see how fresh the reports are and what ran; administrators may start a run. */
export async function watchRuns(page: Page, mayStart: boolean): Promise<void> {
  await page.goto('/staff/reports/operations');
  await expect(page.getByRole('heading', { name: 'Operations', level: 1 })).toBeVisible();
  await expect(page.getByText('Data through').first()).toBeVisible();
  await expect(page.getByRole('button', { name: 'Start a run' })).toHaveCount(mayStart ? 1 : 0);
}

/** A page one may not see is refused by the API, and says so. */
export async function isRefused(page: Page, path: string): Promise<void> {
  await page.goto(`/staff/reports${path}`);
  await expect(page.getByText('Your role does not include this.').first()).toBeVisible();
}
