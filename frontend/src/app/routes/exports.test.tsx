import { screen, waitFor } from '@testing-library/react';
import { expect, it } from 'vitest';
import { exportStatus } from '@/testing/factories/exports';
import { revenue } from '@/testing/factories/revenue';
import { renderPage } from '@/testing/render';
import { answer } from '@/testing/server';

const status = exportStatus();
const ROUTE = `/reports/exports/${status.export_id}`;

it('turns the report on screen into a document, and says when it is there', async () => {
  answer('get', '/reports/revenue', revenue());
  answer('get', '/reports/exports', { exports: [], before: null });
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

it('lists one’s own documents, and why one failed', async () => {
  const problem = 'Too many rows; choose months.';
  answer('get', '/reports/exports', {
    exports: [exportStatus({ state: 'failed', problem })],
    before: null,
  });
  const retried = answer('post', `${ROUTE}/retry`, status, { status: 202 });
  const { user } = renderPage('/exports');

  expect(await screen.findByText('Revenue, Mar 1, 2026 – Mar 31, 2026')).toBeVisible();
  expect(screen.getByText(problem)).toBeVisible();
  await user.click(screen.getByRole('button', { name: 'Make it again' }));

  await waitFor(() => expect(retried).toHaveLength(1));
});

it('follows a document that is being made, until it can be downloaded', async () => {
  const rendering = exportStatus({ state: 'rendering', progress_percent: 40 });
  answer('get', '/reports/exports', { exports: [rendering], before: null });
  answer('get', ROUTE, exportStatus({ state: 'ready', progress_percent: 100 }));

  renderPage('/exports');

  expect(await screen.findByRole('button', { name: 'Download' })).toBeVisible();
});

it('says how to get the first document', async () => {
  answer('get', '/reports/exports', { exports: [], before: null });

  renderPage('/exports');

  expect(await screen.findByText('No exports yet')).toBeVisible();
});
