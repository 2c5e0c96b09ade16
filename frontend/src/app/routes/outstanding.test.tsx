import { screen, within } from '@testing-library/react';
import { expect, it } from 'vitest';
import { account, meta } from '@/testing/factories/answers';
import { detail, receivable, summary, summaryOf } from '@/testing/factories/receivables';
import { address, renderPage } from '@/testing/render';
import { answer } from '@/testing/server';

const LIST = { meta: meta(), receivables: [receivable()], page: { limit: 100, next: null } };

function answered(shown = summary()) {
  answer('get', '/reports/outstanding/detail', detail());
  answer('get', '/reports/outstanding/summary', shown);
  return answer('get', '/reports/outstanding', LIST);
}

it('says how much is open and how much of it is late', async () => {
  answered();

  renderPage('/outstanding');

  expect(await screen.findByText(/is open on 4 receivables, aged by due date/)).toBeVisible();
  expect(screen.getByText(/60% of it is past its date/)).toBeVisible();
});

it('shows the ages as a table whose sum is the total', async () => {
  answered();

  renderPage('/outstanding?view=table');

  const table = await screen.findByRole('table', { name: 'Outstanding by days past due' });
  expect(within(table).getByRole('row', { name: /Over 90 days \$0.01 0% 1/ })).toBeVisible();
  expect(within(table).getByRole('row', { name: /Total \$500.01 100% 4/ })).toBeVisible();
});

it('asks for the list as the address says, in one currency', async () => {
  const calls = answered(summary(summaryOf('USD'), summaryOf('JPY')));

  renderPage('/outstanding?currency=JPY&bucket=over_90&min=100&sort=balance&order=descending');

  await screen.findByRole('grid', { name: 'Receivables' });
  await screen.findByText(/is open on/);
  expect(Object.fromEntries(calls[0]?.url.searchParams ?? [])).toEqual({
    currency: 'JPY',
    bucket: 'over_90',
    balance_from: '100',
    sort: 'balance',
    order: 'descending',
    limit: '100',
  });
});

it('understands an amount as people type it', async () => {
  answered();
  const { user } = renderPage('/outstanding');

  await user.type(await screen.findByLabelText('Balance from'), '1,250.5{Enter}');

  expect(address()).toContain('min=125050');
});

it('says at the field that an amount is none', async () => {
  answered();
  const { user } = renderPage('/outstanding');

  await user.type(await screen.findByLabelText('Balance from'), 'much{Enter}');

  expect(screen.getByText('Not understood')).toBeVisible();
  expect(address()).not.toContain('min');
});

it('opens one receivable beside the list, with the way to the patient', async () => {
  answered();
  const { user } = renderPage('/outstanding?invoice=INV-1&of=north');

  const drawer = await screen.findByRole('dialog', { name: 'Invoice INV-1' });
  expect(await within(drawer).findByText('58 days overdue')).toBeVisible();
  expect(within(drawer).getByRole('link', { name: 'Patient P-1' })).toHaveAttribute(
    'href',
    '/staff/reports/patients?patient=P-1',
  );
  await user.keyboard('{Escape}');

  expect(address()).not.toContain('invoice');
});

it('shows an auditor no patient', async () => {
  const nobody = receivable();
  Reflect.set(nobody, 'patient_id', null);
  answered();
  answer('get', '/reports/outstanding/detail', detail({ receivable: nobody }));
  const auditor = account({ permissions: ['audit:read', 'exports', 'outstanding:read'] });

  renderPage('/outstanding?invoice=INV-1&of=north', auditor);

  const drawer = await screen.findByRole('dialog', { name: 'Invoice INV-1' });
  expect(await within(drawer).findByText('58 days overdue')).toBeVisible();
  expect(within(drawer).queryByText(/Patient P-/)).not.toBeInTheDocument();
  expect(screen.queryByLabelText('Patient ID')).not.toBeInTheDocument();
});

it('says that nothing is open', async () => {
  answer('get', '/reports/outstanding/summary', { ...summary(), currencies: [] });
  answer('get', '/reports/outstanding', { ...LIST, receivables: [] });

  renderPage('/outstanding');

  expect(await screen.findByText('Nothing is open')).toBeVisible();
});

it('lists what does not fit together, with the sums of it', async () => {
  answered();
  const row = {
    kind: 'orphan',
    parent: 'invoice',
    clinic_id: 'north',
    patient_id: 'P-1',
    payment_id: 'PAY-7',
    invoice_id: 'INV-UNKNOWN',
    currency: 'USD',
    amount: 4_200,
    business_date: '2026-03-01',
    source: 'test',
    event_id: 'event',
  };
  answer('get', '/reports/outstanding/exceptions', {
    meta: meta(),
    exceptions: [row],
    sums: [{ kind: 'orphan', parent: 'invoice', currency: 'USD', amount: 4_200, count: 1 }],
    page: { limit: 50, next: null },
  });
  const { user } = renderPage('/outstanding');

  await user.click(await screen.findByRole('button', { name: 'Exceptions' }));

  const table = await screen.findByRole('table', { name: 'Exceptions' });
  expect(
    within(table).getByRole('row', { name: /never told of.*INV-UNKNOWN.*\$42.00/ }),
  ).toBeVisible();
  expect(screen.getByText('1 exception')).toBeVisible();
});
