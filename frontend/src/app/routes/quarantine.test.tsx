import { screen, within } from '@testing-library/react';
import { expect, it } from 'vitest';
import { account } from '@/testing/factories/answers';
import { admin, record } from '@/testing/factories/operations';
import { summary } from '@/testing/factories/receivables';
import { renderPage } from '@/testing/render';
import { answer, refuse } from '@/testing/server';

const ROUTE = '/reports/quarantine/17';
const OPENED = '/operations?record=17';

function answered(one = record()) {
  answer('get', '/reports/outstanding/summary', summary());
  answer('get', '/reports/etl/runs', { runs: [], before: null });
  answer('get', ROUTE, one);
  return answer('get', '/reports/quarantine', { records: [one], before: null });
}

it('lists what waits for a decision, and asks for the rest by filter', async () => {
  const calls = answered();
  const { user } = renderPage('/operations');

  const table = await screen.findByRole('table', { name: 'Quarantined records' });
  expect(within(table).getByRole('row', { name: /Unknown currency.*Open/ })).toBeVisible();
  await user.click(screen.getByLabelText('Why'));
  await user.click(screen.getByRole('option', { name: 'Told before with other content' }));

  expect(calls[0]?.url.searchParams.get('status')).toBe('open');
  expect(calls.at(-1)?.url.searchParams.get('reason')).toBe('conflict');
});

it('says why nothing is in quarantine', async () => {
  answered();
  answer('get', '/reports/quarantine', { records: [], before: null });

  renderPage('/operations');

  expect(await screen.findByText('Nothing waits for a decision')).toBeVisible();
});

it('shows what is kept of a record, and lets finance decide nothing', async () => {
  answered();

  renderPage(OPENED, account());

  const drawer = await screen.findByRole('dialog', { name: 'Quarantined record' });
  expect(await within(drawer).findByText('the currency is not one of ISO 4217')).toBeVisible();
  expect(within(drawer).getByText('XXQ')).toBeVisible();
  expect(within(drawer).queryByRole('button', { name: /Replay|Dismiss/ })).toBeNull();
});

it('replays a record with a field put right', async () => {
  answered();
  const replayed = record({
    status: 'replayed',
    decided_by: 'root',
    decided_at: '2026-03-31T17:00:00Z',
    became: '3:99',
  });
  const calls = answer('post', `${ROUTE}/replay`, replayed);
  const { user } = renderPage(OPENED, admin());

  await user.click(await screen.findByRole('button', { name: 'Correct a field' }));
  await user.click(screen.getByLabelText('Field'));
  await user.click(screen.getByRole('option', { name: 'currency' }));
  const value = screen.getByLabelText('New value of currency');
  expect(value).toHaveValue('XXQ');
  await user.clear(value);
  await user.type(value, 'USD');
  await user.click(screen.getByRole('button', { name: 'Replay the record' }));

  expect(await screen.findByText('3:99')).toBeVisible();
  expect(calls[0]?.body).toEqual({ corrections: { currency: 'USD' } });
});

it('sends an amount as a number, and nothing while it is none', async () => {
  answered();
  const calls = answer('post', `${ROUTE}/replay`, record());
  const { user } = renderPage(OPENED, admin());

  await user.click(await screen.findByRole('button', { name: 'Correct a field' }));
  const value = screen.getByLabelText('New value of amount');
  await user.clear(value);
  await user.type(value, '12.50');
  expect(screen.getByRole('button', { name: 'Replay the record' })).toBeDisabled();
  await user.clear(value);
  await user.type(value, '1250');
  await user.click(screen.getByRole('button', { name: 'Replay the record' }));

  await expect.poll(() => calls[0]?.body).toEqual({ corrections: { amount: 1250 } });
});

it('says why a record is refused again', async () => {
  answered();
  refuse('post', `${ROUTE}/replay`, 422, 'Invalid request', {
    errors: [{ location: 'body', field: 'corrections', problem: 'it is still no currency' }],
  });
  const { user } = renderPage(OPENED, admin());

  await user.click(await screen.findByRole('button', { name: 'Replay the record' }));

  const alert = await screen.findByRole('alert');
  expect(alert).toHaveTextContent('it is still no currency');
  expect(alert).toHaveTextContent('Request id');
});

it('dismisses a record only with a reason', async () => {
  answered();
  const dismissed = record({
    status: 'dismissed',
    decided_by: 'root',
    decided_at: '2026-03-31T17:00:00Z',
    dismissed_as: 'duplicate',
  });
  const calls = answer('post', `${ROUTE}/dismiss`, dismissed);
  const { user } = renderPage(OPENED, admin());

  expect(await screen.findByRole('button', { name: 'Dismiss the record' })).toBeDisabled();
  await user.click(screen.getByLabelText('Because it was'));
  await user.click(screen.getByRole('option', { name: 'A duplicate' }));
  await user.click(screen.getByRole('button', { name: 'Dismiss the record' }));

  expect(await screen.findByText(/: A duplicate/)).toBeVisible();
  expect(calls[0]?.body).toEqual({ reason: 'duplicate' });
});

it.each([
  { reason: 'conflict', topic: 'payment-events', why: /told first/ },
  { reason: 'row_inconsistent', topic: 'urn:harbor:billing', why: /row of a practice’s database/ },
])('offers no replay where there can be none: $reason', async ({ reason, topic, why }) => {
  answered(record({ reason, topic }));

  renderPage(OPENED, admin());

  expect(await screen.findByText(why)).toBeVisible();
  expect(screen.queryByRole('button', { name: 'Replay the record' })).toBeNull();
});
