import { screen } from '@testing-library/react';
import { expect, it } from 'vitest';
import { exportStatus } from '@/testing/factories/exports';
import { revenue } from '@/testing/factories/revenue';
import { renderPage } from '@/testing/render';
import { answer, refuse } from '@/testing/server';

const status = exportStatus();
const ROUTE = `/reports/exports/${status.export_id}`;

it('turns the report on screen into a document, and says when it is there', async () => {
  answer('get', '/reports/revenue', revenue());
  const calls = answer('post', '/reports/exports', status, { status: 202 });
  answer('get', ROUTE, exportStatus({ state: 'ready', progress_percent: 100 }));
  const { user } = renderPage('/revenue?range=custom&from=2026-03-01&to=2026-03-31');

  await user.click(await screen.findByRole('button', { name: 'Export PDF' }));

  expect(await screen.findByText(/The document is ready/, {}, { timeout: 4000 })).toBeVisible();
  expect(screen.getByRole('button', { name: 'Download' })).toBeEnabled();
  expect(calls[0]?.body).toMatchObject({
    report: 'revenue',
    parameters: { start_date: '2026-03-01', end_date: '2026-03-31' },
  });
});

it('lists what was asked for in this browser', async () => {
  localStorage.setItem('careledger-exports:ada', status.export_id);
  answer('get', ROUTE, exportStatus({ state: 'failed', problem: 'Too many rows; choose months.' }));

  renderPage('/exports');

  expect(await screen.findByText('Revenue, Mar 1, 2026 – Mar 31, 2026')).toBeVisible();
  expect(screen.getByText('Too many rows; choose months.')).toBeVisible();
});

it('lists nothing of another user of the same browser', async () => {
  localStorage.setItem('careledger-exports:bob', status.export_id);

  renderPage('/exports');

  expect(await screen.findByText('No exports yet')).toBeVisible();
});

it('says that an export is gone, and forgets it on request', async () => {
  localStorage.setItem('careledger-exports:ada', status.export_id);
  refuse('get', ROUTE, 404, 'There is no such thing');
  const { user } = renderPage('/exports');

  expect(await screen.findByText(/not kept any more/)).toBeVisible();
  await user.click(screen.getByRole('button', { name: 'Remove from list' }));

  expect(await screen.findByText('No exports yet')).toBeVisible();
});
