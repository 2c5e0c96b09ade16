import { endpoints } from './support/stack.ts';
import { PATIENT, tokenOf } from './support/story.ts';
import { expect, signIn, test } from './support/test.ts';

const PATIENCE_MS = 60_000;
const MORE_THAN_A_PAGE = 101;

/** Look at a report so often that its records fill more than a page. */
async function leaveRecords(count: number): Promise<void> {
  const stack = endpoints();
  const headers = { authorization: `Bearer ${await tokenOf(stack, 'collections')}` };
  for (let look = 0; look < count; look += 1) {
    const answer = await fetch(`${stack.report_api}/api/v1/reports/outstanding/summary`, {
      headers,
    });
    expect(answer.status).toBe(200);
  }
}

test('an auditor finds who looked at a patient, and what the record says', async ({
  page,
  open,
  browser,
  baseURL,
}) => {
  test.setTimeout(120_000);
  const other = await browser.newContext({ ...(baseURL && { baseURL }) });
  const desk = await other.newPage();
  await desk.goto(`/staff/reports/patients?patient=${PATIENT}`);
  await signIn(desk, 'staff');
  await expect(desk.getByRole('heading', { name: `Patient ${PATIENT}` })).toBeVisible();
  await other.close();
  await open('auditor', `/audit?patient=${PATIENT}&actor=staff&action=report.viewed`);

  const table = page.getByRole('table', { name: 'Audit records' });
  await expect(async () => {
    await page.reload();
    await expect(table).toBeVisible({ timeout: 4_000 });
  }).toPass({ timeout: PATIENCE_MS });
  await table.getByRole('button').first().press('Enter');

  const sheet = page.getByRole('dialog', { name: /^Record/ });
  await expect(sheet.getByText(PATIENT, { exact: true }).first()).toBeVisible();
  await expect(sheet.getByText('staff, User')).toBeVisible();
});

test('the next hundred records come by cursor, and back', async ({ page, open }) => {
  test.setTimeout(180_000);
  await leaveRecords(MORE_THAN_A_PAGE);
  await open('auditor', '/audit?action=report.viewed');
  const next = page.getByRole('button', { name: 'Next page' });
  await expect(async () => {
    await page.reload();
    await expect(next).toBeEnabled({ timeout: 4_000 });
  }).toPass({ timeout: PATIENCE_MS });

  const asked = page.waitForRequest('**/audit?*cursor=*');
  await next.click();
  await asked;
  await expect(page.getByText(/^101–/)).toBeVisible();
  await page.getByRole('button', { name: 'Previous page' }).click();

  await expect(page.getByText(/^1–100/)).toBeVisible();
});

test('an auditor sees who did how much', async ({ page, open }) => {
  test.setTimeout(120_000);
  await open('auditor', '/audit?show=activity');

  await expect(async () => {
    await page.reload();
    const table = page.getByRole('table', { name: 'Activity' });
    await expect(table.getByRole('row', { name: 'User' }).first()).toBeVisible({ timeout: 4_000 });
  }).toPass({ timeout: PATIENCE_MS });
});

test('an auditor verifies the log and it stands', async ({ page, open }) => {
  await open('auditor', '/audit?show=verification');

  await page.getByRole('button', { name: 'Verify now' }).press('Enter');

  await expect(page.getByText(/The log is intact|Consistent, but compared/)).toBeVisible();
  await expect(page.getByRole('table', { name: 'Checkpoints' })).toBeVisible();
});

for (const role of ['admin', 'finance', 'staff', 'collections'] as const) {
  test(`${role} is not offered the audit log, and refused it`, async ({ page, open }) => {
    await open(role, '/audit');

    await expect(page.getByText('Your role does not include this.').first()).toBeVisible();
    await expect(page.getByRole('alert')).toContainText('Request id');
    await expect(page.getByRole('link', { name: 'Audit' })).toHaveCount(0);
  });
}
