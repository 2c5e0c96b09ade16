import { screen, within } from '@testing-library/react';
import { expect, it } from 'vitest';
import { account, staff } from '@/testing/factories/answers';
import { explanation, leg } from '@/testing/factories/explanation';
import { history } from '@/testing/factories/history';
import { detail, summary } from '@/testing/factories/receivables';
import { revenue, totals } from '@/testing/factories/revenue';
import { address, renderPage } from '@/testing/render';
import { answer, refuse } from '@/testing/server';

const REFUNDS = `/revenue?explain=${encodeURIComponent('metric=refunds&currency=USD')}`;

const asked = (call: { url: URL } | undefined) => Object.fromEntries(call?.url.searchParams ?? []);

it('opens the entries behind a total, at the state of the figure on screen', async () => {
  answer(
    'get',
    '/reports/revenue',
    revenue({ totals: [{ ...totals('USD', 123_456), gross_payments: 130_000 }] }),
  );
  const calls = answer('get', '/reports/explain', explanation({ sum: 130_000, served: 130_000 }));
  const { user } = renderPage('/revenue?method=card');

  await user.click(await screen.findByRole('button', { name: '$1,300.00' }));

  const drawer = await screen.findByRole('dialog', { name: 'What is in “Gross payments”' });
  expect(await within(drawer).findByText(/The server summed all entries/)).toBeVisible();
  expect(within(drawer).getByRole('row', { name: /Mar 30, 2026 Payment.*\$990.00/ })).toBeVisible();
  expect(asked(calls[0])).toEqual({
    metric: 'gross_payments',
    currency: 'USD',
    start_date: '2026-03-01',
    end_date: '2026-03-31',
    method: 'card',
    as_of: '2026-03-31',
    watermark: '0:12,1:9',
    limit: '50',
  });
});

it('opens one period from the table, by Enter as well', async () => {
  answer('get', '/reports/revenue', revenue({ granularity: 'week' }));
  const calls = answer('get', '/reports/explain', explanation());
  const { user } = renderPage('/revenue?view=table');
  const row = await screen.findByRole('row', { name: /Mar 30, 2026/ });

  within(row).getAllByRole('button', { name: '$1,000.00' })[0]?.focus();
  await user.keyboard('{Enter}');

  expect(await screen.findByRole('dialog', { name: /^What is in/ })).toBeVisible();
  expect(asked(calls[0])).toMatchObject({ start_date: '2026-03-30', end_date: '2026-03-31' });
});

it('turns pages by the cursor of the server, and back', async () => {
  answer('get', '/reports/revenue', revenue());
  const calls = answer('get', '/reports/explain', ({ url }) =>
    url.searchParams.has('cursor')
      ? explanation({ legs: [leg({ invoice_id: 'INV-LAST' })] })
      : explanation({ page: { limit: 50, next: 'the second page' } }),
  );
  const { user } = renderPage(REFUNDS);

  await user.click(await screen.findByRole('button', { name: 'Next page' }));

  expect(await screen.findByText('INV-LAST')).toBeVisible();
  expect(asked(calls[1])).toMatchObject({ cursor: 'the second page' });
  await user.click(screen.getByRole('button', { name: 'Previous page' }));
  expect(await screen.findByRole('button', { name: 'Next page' })).toBeEnabled();
});

it('stands in the address, so that it can be sent to somebody', async () => {
  answer('get', '/reports/revenue', revenue());
  answer('get', '/reports/explain', explanation());
  const { user } = renderPage(REFUNDS);

  expect(await screen.findByRole('dialog', { name: 'What is in “Refunds”' })).toBeVisible();
  await user.keyboard('{Escape}');

  expect(address()).not.toContain('explain');
});

it('says so if the entries do not sum up to the report', async () => {
  answer('get', '/reports/revenue', revenue());
  answer('get', '/reports/explain', explanation({ sum: 1, served: 2, equal: false }));

  renderPage(REFUNDS);

  expect(await screen.findByRole('alert')).toHaveTextContent(
    'sum up to $0.01, but the report says $0.02',
  );
});

it('says that a figure of nothing is zero', async () => {
  answer('get', '/reports/revenue', revenue());
  answer('get', '/reports/explain', explanation({ sum: 0, served: 0, legs: [] }));

  renderPage(REFUNDS);

  expect(await screen.findByText('No entry')).toBeVisible();
});

it('names the request if the server could not explain', async () => {
  answer('get', '/reports/revenue', revenue());
  refuse('get', '/reports/explain', 500, 'Careledger made a mistake');

  renderPage(REFUNDS);

  expect(await screen.findByText('Careledger made a mistake')).toBeVisible();
});

it('opens a bucket, and leads from there to its receivables', async () => {
  answer('get', '/reports/outstanding/summary', summary());
  answer('get', '/reports/outstanding', { meta: summary().meta, receivables: [], page: {} });
  const calls = answer('get', '/reports/explain', explanation({ metric: 'outstanding' }));
  const { user } = renderPage('/outstanding?view=table&basis=issued_on&payer=insurance');
  const row = await screen.findByRole('row', { name: /Over 90 days/ });

  await user.click(within(row).getByRole('button', { name: '$0.01' }));
  await user.click(await screen.findByRole('link', { name: /Show these receivables/ }));

  expect(asked(calls[0])).toMatchObject({
    metric: 'outstanding',
    bucket: 'over_90',
    basis: 'issued_on',
    payer_type: 'insurance',
  });
  expect(address()).toMatch(/bucket=over_90.*currency=USD/);
  expect(address()).not.toContain('explain');
});

it('opens the balance of a receivable', async () => {
  answer('get', '/reports/outstanding/summary', summary());
  answer('get', '/reports/outstanding', { meta: summary().meta, receivables: [], page: {} });
  answer('get', '/reports/outstanding/detail', detail());
  const calls = answer('get', '/reports/explain', explanation({ metric: 'receivable_balance' }));
  const { user } = renderPage('/outstanding?invoice=INV-1&of=north');

  await user.click(await screen.findByRole('button', { name: '$0.01' }));

  expect(await screen.findByRole('dialog', { name: 'What is in “Balance”' })).toBeVisible();
  expect(asked(calls[0])).toMatchObject({ invoice_id: 'INV-1', clinic_id: 'north' });
});

it('opens the balance of a patient', async () => {
  answer('get', '/reports/patients/P-1/history', history());
  const calls = answer('get', '/reports/explain', explanation({ metric: 'patient_balance' }));
  const { user } = renderPage('/patients?patient=P-1');

  await user.click(await screen.findByRole('button', { name: '$0.01' }));

  expect(await screen.findByRole('dialog', { name: 'What is in “Net balance”' })).toBeVisible();
  expect(asked(calls[0])).toMatchObject({ metric: 'patient_balance', patient_id: 'P-1' });
});

it('offers nothing to who may not see the ledger', async () => {
  answer('get', '/reports/patients/P-1/history', history());

  renderPage('/patients?patient=P-1', staff());

  expect(await screen.findByText('Net balance')).toBeVisible();
  expect(screen.queryByRole('button', { name: '$0.01' })).not.toBeInTheDocument();
});

it('offers no balance of a patient to an auditor', async () => {
  answer('get', '/reports/outstanding/summary', summary());
  answer('get', '/reports/outstanding', { meta: summary().meta, receivables: [], page: {} });
  const auditor = account({ permissions: ['outstanding:read', 'revenue:read'] });

  renderPage('/outstanding', auditor);

  expect(await screen.findByRole('button', { name: '$500.01' })).toBeVisible();
});
