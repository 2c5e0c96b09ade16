import { screen, within } from '@testing-library/react';
import { expect, it } from 'vitest';
import { meta } from '@/testing/factories/answers';
import { entry, history, patientTotals } from '@/testing/factories/history';
import { address, renderPage } from '@/testing/render';
import { answer, refuse } from '@/testing/server';

const HISTORY = '/reports/patients/P-1/history';

function found(...ids: string[]) {
  return {
    meta: meta({ report: 'patients' }),
    patients: ids.map((patient_id) => ({ patient_id, clinic_ids: ['north'] })),
    page: { limit: 50, next: null },
  };
}

it('sends a name in a body and leaves it in no address', async () => {
  const calls = answer('post', '/reports/patients/search', found('P-1'));
  const { user } = renderPage('/patients');

  await user.type(await screen.findByLabelText('Patient ID or name'), 'José O’Brien{Enter}');

  expect(await screen.findByText('P-1')).toBeVisible();
  expect(calls).toHaveLength(1);
  expect(calls[0]?.body).toEqual({ name: 'José O’Brien' });
  expect(calls[0]?.url.search).toBe('');
  expect(address()).toBe('/staff/reports/patients');
});

it('looks for what has a digit in it as an id', async () => {
  const calls = answer('get', '/reports/patients', found('P-1'));
  const { user } = renderPage('/patients');

  await user.type(await screen.findByLabelText('Patient ID or name'), 'P-1{Enter}');

  expect(await screen.findByText('North Clinic')).toBeVisible();
  expect(calls[0]?.url.searchParams.get('patient_id')).toBe('P-1');
});

it('says why nobody was found, and offers to take the word for an id', async () => {
  answer('post', '/reports/patients/search', found());
  const calls = answer('get', '/reports/patients', found('WANDA'));
  const { user } = renderPage('/patients');

  await user.type(await screen.findByLabelText('Patient ID or name'), 'WANDA{Enter}');
  await user.click(await screen.findByRole('button', { name: 'Look for it as a patient ID' }));

  expect(await screen.findByRole('button', { name: /WANDA/ })).toBeVisible();
  expect(calls[0]?.url.searchParams.get('patient_id')).toBe('WANDA');
});

it('opens the history of the patient chosen', async () => {
  answer('get', '/reports/patients', found('P-1'));
  answer('get', HISTORY, history());
  const { user } = renderPage('/patients');

  await user.type(await screen.findByLabelText('Patient ID or name'), 'P-1{Enter}');
  await user.click(await screen.findByRole('button', { name: /P-1/ }));

  expect(await screen.findByRole('heading', { name: 'Patient P-1' })).toBeVisible();
  expect(address()).toContain('patient=P-1');
});

it('shows the newest first, each with the balance after it, down to one cent', async () => {
  answer('get', HISTORY, history());

  renderPage('/patients?patient=P-1');

  const table = await screen.findByRole('table', { name: 'Payment history' });
  const rows = within(table).getAllByRole('row').slice(1);
  expect(rows.map((row) => row.textContent)).toEqual([
    expect.stringMatching(/Mar 5, 2026.*Payment.*\$99.99\$0.01$/),
    expect.stringMatching(/Mar 1, 2026.*Invoice.*\$100.00\$100.00$/),
  ]);
});

it('reads a history of 5 000 payments to its end and shows a hundred at a time', async () => {
  const many = (first: number) =>
    Array.from({ length: 1000 }, (_, place) =>
      entry({ business_date: '2026-01-01', amount: first + place }),
    );
  const calls = answer('get', HISTORY, ({ url }) => {
    const page = Number(url.searchParams.get('cursor') ?? 0);
    const next = page < 4 ? String(page + 1) : null;
    return history({ entries: many(page * 1000), page: { limit: 1000, next } });
  });

  renderPage('/patients?patient=P-1');

  expect(await screen.findByText('5,000 rows')).toBeVisible();
  expect(calls).toHaveLength(5);
  expect(screen.getAllByRole('row')).toHaveLength(101);
});

it('asks only for the statuses chosen, and says so when none is left', async () => {
  const calls = answer('get', HISTORY, ({ url }) =>
    url.searchParams.has('payment_status') ? history({ entries: [] }) : history(),
  );
  const { user } = renderPage('/patients?patient=P-1');

  const payments = await screen.findByRole('group', { name: 'Payments' });
  await user.click(within(payments).getByRole('button', { name: 'Failed' }));
  await user.click(within(payments).getByRole('button', { name: 'Pending' }));

  expect(await screen.findByText(/No row matches/)).toBeVisible();
  expect(calls.at(-1)?.url.searchParams.get('payment_status')).toBe('failed,pending');
  expect(within(payments).getByRole('button', { name: 'Failed' })).toHaveAttribute(
    'aria-pressed',
    'true',
  );
});

it('keeps currencies apart', async () => {
  answer(
    'get',
    HISTORY,
    history({
      meta: meta({
        currencies: [
          { currency: 'JPY', exponent: 0 },
          { currency: 'USD', exponent: 2 },
        ],
      }),
      totals: [patientTotals({ currency: 'JPY', outstanding: 700 }), patientTotals()],
    }),
  );

  renderPage('/patients?patient=P-1');

  expect(await screen.findByRole('heading', { name: 'JPY' })).toBeVisible();
  expect(screen.getByText('¥700')).toBeVisible();
});

it('says that a patient is unknown, not that something broke', async () => {
  refuse('get', HISTORY, 404, 'There is no such thing');

  renderPage('/patients?patient=P-1');

  expect(await screen.findByText('No such patient')).toBeVisible();
});
