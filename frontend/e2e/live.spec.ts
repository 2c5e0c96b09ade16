import { send } from './support/ingest.ts';
import { endpoints } from './support/stack.ts';
import { expect, settled, test } from './support/test.ts';

const CLINIC = 'e2e-rtl';
const REVENUE = `/revenue?range=this-month&clinic=${CLINIC}&currency=USD`;

/** Take a payment that nobody has seen yet. */
async function takePayment(): Promise<void> {
  const now = Date.now();
  const time = new Date(now - 1_000).toISOString();
  const data = {
    clinic_id: CLINIC,
    patient_id: 'E2E-LIVE-1',
    payment_id: `E2E-LIVE-${now}`,
    payer_type: 'patient',
    method: 'card',
    received_at: time,
    amount: 777,
    currency: 'USD',
  };
  await send(endpoints(), [{ id: `live-${now}`, type: 'payment.succeeded', time, data }]);
}

test('a payment taken now is on the screen of every tab, over one connection', async ({
  page,
  open,
}) => {
  const second = await page.context().newPage();
  const connections: string[] = [];
  for (const tab of [page, second]) {
    tab.on('request', (request) => {
      if (request.url().endsWith('/reports/updates')) connections.push(request.url());
    });
  }
  await open('finance', REVENUE);
  await settled(page);
  await second.goto(`/staff/reports${REVENUE}`);
  await settled(second);
  await expect.poll(() => connections.length).toBe(1);
  const tabs = [page, second];
  const net = tabs.map((tab) => tab.getByText(/of net payments from/).locator('strong'));
  const before = await Promise.all(net.map((one) => one.innerText()));
  await page.evaluate(() => window.scrollTo(0, 120));

  await takePayment();

  for (const [place, one] of net.entries()) await expect(one).not.toHaveText(before[place] ?? '');
  expect(await net[0]?.innerText()).toBe(await net[1]?.innerText());
  expect(connections).toHaveLength(1);
  expect(await page.evaluate(() => window.scrollY)).toBe(120);
});

test('news missed while the connection was cut off are made up for', async ({ page, open }) => {
  await open('finance', REVENUE);
  await settled(page);
  const net = page.getByText(/of net payments from/).locator('strong');
  const before = await net.innerText();
  await page.context().setOffline(true);
  await takePayment();

  await page.context().setOffline(false);

  await expect(net).not.toHaveText(before);
});
