import { screen, waitFor, within } from '@testing-library/react';
import { expect, it } from 'vitest';
import { account, meta } from '@/testing/factories/answers';
import { admin, reconciliation, run } from '@/testing/factories/operations';
import { summary } from '@/testing/factories/receivables';
import { address, renderPage } from '@/testing/render';
import { answer, refuse } from '@/testing/server';

const ONE = run();
const ROUTE = `/reports/etl/runs/${ONE.run_id}`;

function answered(runs = [ONE], shown = summary()) {
  answer('get', '/reports/outstanding/summary', shown);
  answer('get', '/reports/quarantine', { records: [], before: null });
  answer('get', ROUTE, runs[0] ?? ONE);
  return answer('get', '/reports/etl/runs', { runs, before: null });
}

it('lists who started a run, what it counted, how long it took and how far behind it was', async () => {
  answered();

  renderPage('/operations');

  const table = await screen.findByRole('table', { name: 'Runs' });
  const row = within(table).getByRole('row', { name: /Completed/ });
  expect(row).toHaveTextContent(
    /urn:harbor:billingNew and changed rowsschedule1,200371,16122 min1.5 min/,
  );
});

it('says how far behind the reports are, and why they are stale', async () => {
  const stale = meta({
    stale: true,
    stale_reasons: ['source_run_overdue'],
    data_through: '2026-03-31T15:00:00Z',
    answered_at: '2026-03-31T16:30:00Z',
  });
  answered([ONE], { ...summary(), meta: stale });

  renderPage('/operations');

  expect(await screen.findByText('1.5 hr')).toBeVisible();
  expect(screen.getByText('Stale: a run over a source is overdue')).toBeVisible();
});

it('names the last reconciliation and its source', async () => {
  const told = meta({
    reconciliation: {
      source: 'urn:harbor:billing',
      reconciliation_id: 'r',
      ended_at: '2026-03-31T16:00:00Z',
      watermark: '0:12',
      matches: false,
    },
  });
  answered([], { ...summary(), meta: told });

  renderPage('/operations');

  expect(await screen.findByText('Source and reports differ')).toBeVisible();
});

it('says why there are no runs', async () => {
  answered([]);

  renderPage('/operations');

  expect(await screen.findByText('No runs yet')).toBeVisible();
  expect(screen.getByText(/events that systems send by themselves/i)).toBeVisible();
});

it('says of a run that the reports stand still before its records', async () => {
  answered([run({ reports_stopped: 'the last 500 records are all refused' })]);

  renderPage(`/operations?run=${ONE.run_id}`);

  const drawer = await screen.findByRole('dialog', { name: 'Run' });
  expect(
    await within(drawer).findByText(/stand still.*: the last 500 records are all refused/),
  ).toBeVisible();
});

it('shows the days on which source and reports differ', async () => {
  answered([run({ reconciliation: reconciliation(false) })]);

  renderPage(`/operations?run=${ONE.run_id}`);

  const drawer = await screen.findByRole('dialog', { name: 'Run' });
  const table = await within(drawer).findByRole('table', { name: 'Days that differ' });
  expect(within(table).getByRole('row', { name: /Mar 30, 2026/ })).toHaveTextContent(
    /3 · \$123.452 · \$120.00/,
  );
});

it('starts a run of chosen days for an administrator and opens it', async () => {
  answered();
  const accepted = { run_id: ONE.run_id, status: 'running', run: ROUTE };
  const calls = answer('post', '/reports/etl/run', accepted, { status: 202 });
  const { user } = renderPage('/operations', admin());

  await user.click(await screen.findByRole('button', { name: 'Start a run' }));
  await user.click(screen.getByLabelText('What it reads'));
  await user.click(screen.getByRole('option', { name: 'Rows of chosen days' }));
  await user.type(screen.getByLabelText('First day'), '2026-03-01');
  await user.type(screen.getByLabelText('Last day'), '2026-03-31');
  await user.click(screen.getByRole('button', { name: 'Start' }));

  expect(await screen.findByRole('dialog', { name: 'Run' })).toBeVisible();
  expect(calls[0]?.body).toEqual({
    mode: 'range',
    start_date: '2026-03-01',
    end_date: '2026-03-31',
  });
  expect(address()).toContain(`run=${ONE.run_id}`);
});

it('says that another run is in the way, with the id of the request', async () => {
  answered();
  refuse('post', '/reports/etl/run', 409, 'Conflict');
  const { user } = renderPage('/operations', admin());

  await user.click(await screen.findByRole('button', { name: 'Start a run' }));
  await user.click(screen.getByRole('button', { name: 'Start' }));

  const alert = await screen.findByRole('alert');
  expect(alert).toHaveTextContent('Detail of: Conflict');
  expect(alert).toHaveTextContent('Request id: 019ab6a0');
});

it('lets an administrator stop a run that goes on', async () => {
  answered([run({ status: 'running', ended_at: null, read: 300 })]);
  const calls = answer('post', `${ROUTE}/cancel`, ONE, { status: 202 });
  const { user } = renderPage(`/operations?run=${ONE.run_id}`, admin());

  const drawer = await screen.findByRole('dialog', { name: 'Run' });
  expect(await within(drawer).findByRole('progressbar')).toHaveAttribute('aria-valuenow', '25');
  await user.click(within(drawer).getByRole('button', { name: 'Stop this run' }));

  await waitFor(() => expect(calls).toHaveLength(1));
});

it('offers finance no start and no stop', async () => {
  answered([run({ status: 'running', ended_at: null })]);

  renderPage(`/operations?run=${ONE.run_id}`, account());

  const drawer = await screen.findByRole('dialog', { name: 'Run' });
  await within(drawer).findByText('Run id');
  expect(screen.queryByRole('button', { name: /Start a run|Stop this run/ })).toBeNull();
});
