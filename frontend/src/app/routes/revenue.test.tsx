import { screen, within } from '@testing-library/react';
import { expect, it } from 'vitest';
import { meta } from '@/testing/factories/answers';
import { figures, point, revenue, totals } from '@/testing/factories/revenue';
import { address, renderPage } from '@/testing/render';
import { answer, cutOff, refuse } from '@/testing/server';

it('says what came in, in words as well', async () => {
  answer('get', '/reports/revenue', revenue());

  renderPage('/revenue');

  expect(await screen.findByText(/of net payments from Mar 1, 2026 to Mar 31, 2026/)).toBeVisible();
  expect(screen.getAllByText('$1,234.56').length).toBeGreaterThan(1);
  expect(screen.getByText(/Highest: Mar 30, 2026 with \$1,000.00/)).toBeVisible();
});

it('asks what the address says', async () => {
  const calls = answer('get', '/reports/revenue', revenue());

  renderPage(
    '/revenue?range=custom&from=2025-01-01&to=2025-12-31&split=clinic&compare=previous_year',
  );

  await screen.findByText(/of net payments/);
  expect(Object.fromEntries(calls[0]?.url.searchParams ?? [])).toEqual({
    start_date: '2025-01-01',
    end_date: '2025-12-31',
    granularity: 'month',
    breakdown: 'clinic',
    compare: 'previous_year',
  });
});

it('leaves out of the question what makes no sense in the address', async () => {
  const calls = answer('get', '/reports/revenue', revenue());

  renderPage('/revenue?by=fortnight&split=moon&as_of=2026-02-31');

  await screen.findByText(/of net payments/);
  expect([...(calls[0]?.url.searchParams.keys() ?? [])].sort()).toEqual([
    'end_date',
    'granularity',
    'start_date',
  ]);
});

it('shows the chart as a table, partial periods marked', async () => {
  answer('get', '/reports/revenue', revenue());
  const { user } = renderPage('/revenue');

  await user.click(await screen.findByRole('button', { name: 'Table' }));

  const table = await screen.findByRole('table', { name: 'Revenue by period' });
  expect(
    within(table).getByRole('row', { name: /Mar 31, 2026 \(partial\).*\$234.56/ }),
  ).toBeVisible();
  expect(within(table).getByRole('row', { name: /Total.*\$1,234.56/ })).toBeVisible();
  expect(address()).toContain('view=table');
});

it('shows one of three currencies at a time and never a sum of them', async () => {
  const units = { USD: 2, EUR: 2, JPY: 0 };
  answer('get', '/reports/revenue', {
    ...revenue(),
    meta: meta({
      currencies: Object.entries(units).map(([currency, exponent]) => ({ currency, exponent })),
    }),
    series: Object.keys(units).map((currency, place) => ({
      currency,
      group: null,
      totals: figures(1000 * (place + 1)),
      points: [point('2026-03-01', 1000 * (place + 1))],
    })),
    totals: [totals('USD', 1000, 9), totals('EUR', 2000, 5), totals('JPY', 3000, 1)],
  });
  const { user } = renderPage('/revenue');

  await user.click(await screen.findByRole('button', { name: 'JPY' }));

  expect(await screen.findAllByText('¥3,000')).not.toHaveLength(0);
  expect(screen.queryByText('$10.00')).not.toBeInTheDocument();
  expect(address()).toContain('currency=JPY');
});

it('names the groups of a breakdown by clinic as people call them', async () => {
  answer('get', '/reports/revenue', {
    ...revenue(),
    breakdown: 'clinic',
    series: ['north', 'عيادة'].map((group) => ({
      currency: 'USD',
      group,
      totals: figures(500),
      points: [point('2026-03-31', 500)],
    })),
  });

  renderPage('/revenue?split=clinic&view=table');

  expect(await screen.findByRole('columnheader', { name: 'North Clinic' })).toBeVisible();
  expect(screen.getByText('عيادة').tagName).toBe('BDI');
});

it('sets the figures against those before', async () => {
  answer('get', '/reports/revenue', {
    ...revenue(),
    comparison: {
      kind: 'previous_period',
      interval: { start_date: '2026-02-01', end_date: '2026-02-28' },
      series: [],
      totals: [totals('USD', 100_000)],
    },
  });

  renderPage('/revenue?compare=previous_period');

  expect(await screen.findByText(/▲ 23.5%/)).toBeVisible();
  expect(
    screen.getByText(/Previous period \(Feb 1, 2026 to Feb 28, 2026\): \$1,000.00/),
  ).toBeVisible();
});

it('says why there is nothing to see', async () => {
  answer('get', '/reports/revenue', revenue({ series: [], totals: [] }));

  renderPage('/revenue');

  expect(await screen.findByText('No money in these days')).toBeVisible();
});

it('names the request when the API could not answer', async () => {
  refuse('get', '/reports/revenue', 500, 'Careledger made a mistake');

  renderPage('/revenue');

  expect(await screen.findByText('Careledger made a mistake')).toBeVisible();
  expect(screen.getByText('019ab6a0-7c00-7000-8000-000000000000')).toBeVisible();
});

it('says that nobody answers', async () => {
  cutOff('get', '/reports/revenue');

  renderPage('/revenue');

  expect(await screen.findByText(/cannot be reached/)).toBeVisible();
});

it('says since when the figures are stale', async () => {
  answer('get', '/reports/revenue', revenue({ meta: meta({ stale: true }) }));

  renderPage('/revenue');

  expect(await screen.findByText(/what came in later is not in these figures yet/)).toBeVisible();
});

it('keeps the as-of day from page to page, and leads back to today', async () => {
  answer('get', '/reports/revenue', revenue());
  const { user } = renderPage('/revenue?as_of=2026-03-15');

  expect(await screen.findByText(/Figures as of Mar 15, 2026/)).toBeVisible();
  expect(screen.getAllByRole('link', { name: 'Outstanding' })[0]).toHaveAttribute(
    'href',
    expect.stringContaining('as_of=2026-03-15'),
  );
  await user.click(screen.getByRole('button', { name: 'Back to today' }));

  expect(address()).not.toContain('as_of');
});

it('tells where the figures come from', async () => {
  answer('get', '/reports/revenue', revenue());
  const { user } = renderPage('/revenue');

  await user.click(await screen.findByRole('button', { name: /Data through/ }));

  const about = await screen.findByRole('dialog', { name: 'About these figures' });
  expect(within(about).getByText('0:12,1:9')).toBeVisible();
  expect(within(about).getByText('net_payments v1')).toBeVisible();
});

it('defines a figure in words and by the formula of the catalog', async () => {
  answer('get', '/reports/revenue', revenue());
  const { user } = renderPage('/revenue');

  await user.hover(await screen.findByRole('button', { name: 'Net payments' }));

  expect(await screen.findByText(/Revenue on a cash basis/)).toBeVisible();
  expect(await screen.findByText(/version 3: how net_payments is made/)).toBeVisible();
});
