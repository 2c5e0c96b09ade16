import { IS_OURS, prepare, setting } from './support/stack.ts';
import { expect, test } from './support/test.ts';

const BOOTSTRAP = 'CARELEDGER_KAFKA_BOOTSTRAP';

test('an administrator starts a run and sees that source and reports agree', async ({
  page,
  open,
}) => {
  test.skip(!IS_OURS, 'the stack given has no practice of ours');
  test.setTimeout(120_000);
  await open('admin', '/operations');

  await page.getByRole('button', { name: 'Start a run' }).click();
  await page.getByRole('button', { name: 'Start', exact: true }).click();

  const drawer = page.getByRole('dialog', { name: 'Run' });
  await expect(drawer.getByText('Completed')).toBeVisible({ timeout: 60_000 });
  await expect(drawer.getByText('urn:practice:billing')).toBeVisible();
  await page.keyboard.press('Escape');
  const row = page.getByRole('table', { name: 'Runs' }).getByRole('row', { name: 'Completed' });
  await expect(row.first()).toContainText('admin');
});

test('a run is not said to have begun while the API cannot be reached', async ({ page, open }) => {
  await open('admin', '/operations');
  await page.route('**/api/v1/reports/etl/run', (route) => route.abort(), { times: 1 });

  await page.getByRole('button', { name: 'Start a run' }).click();
  await page.getByRole('button', { name: 'Start', exact: true }).click();

  await expect(page.getByRole('alert')).toContainText('cannot be reached');
});

test('an administrator puts a currency right and replays the record, by keyboard', async ({
  page,
  open,
}) => {
  test.setTimeout(120_000);
  const payment = prepare('refused', setting(BOOTSTRAP));
  await open('admin', '/operations?reason=currency_invalid');
  const records = page.getByRole('table', { name: 'Quarantined records' });
  const drawer = page.getByRole('dialog', { name: 'Quarantined record' });
  await expect(async () => {
    await page.reload();
    await records.getByRole('button').first().press('Enter');
    await expect(drawer.getByText(payment).first()).toBeVisible({ timeout: 2_000 });
  }).toPass({ timeout: 60_000 });

  await drawer.getByRole('button', { name: 'Correct a field' }).press('Enter');
  await drawer.getByLabel('Field').press('Enter');
  await page.getByRole('option', { name: 'currency' }).press('Enter');
  await drawer.getByLabel('New value of currency').fill('USD');
  await drawer.getByRole('button', { name: 'Replay the record' }).press('Enter');

  await expect(drawer.getByText('Replayed')).toBeVisible({ timeout: 30_000 });
  await expect(drawer.getByText(/published at/)).toBeVisible();
});

for (const role of ['finance', 'auditor'] as const) {
  test(`${role} sees runs and refused records, and decides nothing`, async ({ page, open }) => {
    prepare('refused', setting(BOOTSTRAP));
    await open(role, '/operations');

    await expect(page.getByRole('heading', { name: 'Operations', level: 1 })).toBeVisible();
    await expect(page.getByText('Behind by')).toBeVisible();
    await expect(async () => {
      await page.reload();
      await page
        .getByRole('table', { name: 'Quarantined records' })
        .getByRole('button')
        .first()
        .click({ timeout: 3_000 });
    }).toPass({ timeout: 60_000 });

    await expect(page.getByRole('dialog').getByText('What is kept of it')).toBeVisible();
    await expect(page.getByRole('button', { name: /Start a run|Replay|Dismiss/ })).toHaveCount(0);
  });
}
