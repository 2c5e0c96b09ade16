import { screen, within } from '@testing-library/react';
import { expect, it } from 'vitest';
import { activity, auditEntry, auditor, proof } from '@/testing/factories/audit';
import { renderPage } from '@/testing/render';
import { answer, refuse } from '@/testing/server';

function answered(records = [auditEntry()], next: string | null = null) {
  return answer('get', '/audit', { records, page: { limit: 100, next } });
}

it('lists who did what, and opens one record with everything it says', async () => {
  answered();
  const { user } = renderPage('/audit', auditor());

  const table = await screen.findByRole('table', { name: 'Audit records' });
  const row = within(table).getByRole('row', { name: /ada.*report\.viewed/ });
  await user.click(within(row).getByRole('button'));

  const sheet = await screen.findByRole('dialog', { name: 'Record 1,234' });
  expect(within(sheet).getByText('P-1001')).toBeVisible();
  expect(within(sheet).getByText('019ab6a0-7c00-7000-8000-0000000000e2')).toBeVisible();
});

it('asks as the address says, whole days of the reader’s clock', async () => {
  const calls = answered();

  renderPage(
    '/audit?actor=ada&kind=user&action=report.viewed&outcome=denied&patient=P-1&from=2026-03-01&to=2026-03-31',
    auditor(),
  );

  await screen.findByRole('table', { name: 'Audit records' });
  expect(Object.fromEntries(calls[0]?.url.searchParams ?? [])).toEqual({
    actor: 'ada',
    actor_kind: 'user',
    action: 'report.viewed',
    outcome: 'denied',
    patient_id: 'P-1',
    occurred_from: new Date('2026-03-01T00:00:00').toISOString(),
    occurred_before: new Date('2026-04-01T00:00:00').toISOString(),
    limit: '100',
  });
});

it('turns pages by cursor, and begins anew when a filter changes', async () => {
  const calls = answered([auditEntry()], 'the next page');
  const { user } = renderPage('/audit', auditor());

  await user.click(await screen.findByRole('button', { name: 'Next page' }));
  await expect.poll(() => calls.at(-1)?.url.searchParams.get('cursor')).toBe('the next page');
  await user.type(screen.getByLabelText('Who'), 'bob{Enter}');

  await expect.poll(() => calls.at(-1)?.url.searchParams.get('actor')).toBe('bob');
  expect(calls.at(-1)?.url.searchParams.get('cursor')).toBeNull();
});

it('says that nothing like this happened', async () => {
  answered([]);

  renderPage('/audit?outcome=failure', auditor());

  expect(await screen.findByText('No record fits the filters')).toBeVisible();
});

it('points to who stands out, and to nobody as guilty', async () => {
  answer('get', '/audit/activity', {
    start_date: '2026-03-25',
    end_date: '2026-03-31',
    clinic_id: null,
    actors: [activity({ unusual: ['many_looks'] }), activity({ actor: 'bob' })],
  });

  renderPage('/audit?show=activity', auditor());

  const table = await screen.findByRole('table', { name: 'Activity' });
  expect(within(table).getByRole('row', { name: /ada.*Many looks/ })).toHaveTextContent('321');
  expect(screen.getByText(/one stands out|1 stands out/)).toHaveTextContent('not a verdict');
});

it('says what is missing when an auditor of several clinics names none', async () => {
  refuse('get', '/audit/activity', 422, 'Invalid request', {
    errors: [{ location: 'query', field: 'clinic_id', problem: 'must name one of the clinics' }],
  });

  renderPage('/audit?show=activity', auditor());

  const alert = await screen.findByRole('alert');
  expect(alert).toHaveTextContent('must name one of the clinics');
  expect(alert).toHaveTextContent('Request id');
});

it('verifies a part of the log only when asked, and says that it stands', async () => {
  const calls = answer('get', '/audit/verification', proof());
  const { user } = renderPage('/audit?show=verification', auditor());

  expect(await screen.findByText('Nothing verified yet')).toBeVisible();
  await user.type(screen.getByLabelText('From record'), '2346{Enter}');
  await user.click(screen.getByRole('button', { name: 'Verify now' }));

  expect(await screen.findByText('The log is intact')).toBeVisible();
  expect(screen.getByText(/Records 2,346 to 12,345 were verified/)).toBeVisible();
  expect(calls).toHaveLength(1);
  expect(Object.fromEntries(calls[0]?.url.searchParams ?? [])).toEqual({
    from_sequence: '2346',
    limit: '10000',
  });
});

it('names the first thing that is wrong with a broken log', async () => {
  const finding = { first_sequence: 7, last_sequence: 7, problem: 'the record was changed' };
  answer('get', '/audit/verification', proof({ verdict: 'broken', finding }));
  const { user } = renderPage('/audit?show=verification', auditor());

  await user.click(await screen.findByRole('button', { name: 'Verify now' }));

  const alert = await screen.findByRole('alert');
  expect(alert).toHaveTextContent('The log is broken');
  expect(alert).toHaveTextContent('Records 7 to 7: the record was changed');
});
