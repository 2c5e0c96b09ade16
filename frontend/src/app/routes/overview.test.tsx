import { screen, waitFor, within } from '@testing-library/react';
import { beforeEach, expect, it } from 'vitest';
import { meta, staff } from '@/testing/factories/answers';
import { explanation } from '@/testing/factories/explanation';
import { indicators, indicatorsOf } from '@/testing/factories/indicators';
import { summary, summaryOf } from '@/testing/factories/receivables';
import { revenue, totals } from '@/testing/factories/revenue';
import { address, renderPage } from '@/testing/render';
import { answer } from '@/testing/server';

beforeEach(() => {
  answer('get', '/reports/revenue', revenue());
  answer('get', '/reports/outstanding/summary', summary());
  answer('get', '/reports/indicators', indicators());
});

it.each([
  ['Revenue this month', 'Net payments', '$1,234.56', 'Open revenue', '/revenue'],
  ['Outstanding now', 'Outstanding', '$500.01', 'Open receivables', '/outstanding'],
  ['Days in A/R', 'Days in A/R', '41.3', 'Open aging', '/outstanding'],
  ['Collection', 'Net collection rate', '93.1%', 'Open charges', '/revenue'],
])('shows %s and leads to its report', async (tile, figure, value, link, report) => {
  renderPage('/');
  const region = await screen.findByRole('region', { name: tile });

  expect(await within(region).findByText(value)).toBeVisible();
  expect(within(region).getAllByText(figure).length).toBeGreaterThan(0);
  expect(within(region).getByRole('link', { name: link })).toHaveAttribute(
    'href',
    `/staff/reports${report}`,
  );
});

it('says how fresh the figures are, and leads to the runs', async () => {
  renderPage('/');
  const region = await screen.findByRole('region', { name: 'Freshness' });

  expect(await within(region).findByText('Business day Mar 31, 2026')).toBeVisible();
  expect(within(region).getByRole('link', { name: 'Open operations' })).toHaveAttribute(
    'href',
    '/staff/reports/operations',
  );
});

it('opens where the figures come from for who may not see the runs', async () => {
  const { user } = renderPage('/', staff());
  const region = await screen.findByRole('region', { name: 'Freshness' });

  await user.click(await within(region).findByRole('button', { name: 'About these figures' }));

  expect(await screen.findByRole('dialog', { name: 'About these figures' })).toBeVisible();
});

it('says on the first page that the figures are stale, and since when', async () => {
  answer('get', '/reports/outstanding/summary', { ...summary(), meta: meta({ stale: true }) });

  renderPage('/');

  expect(await screen.findByText(/^Stale since Mar 31, 2026.*what came in later/)).toBeVisible();
});

it.each(['focus', 'hover'] as const)('defines an indicator by the catalog on %s', async (way) => {
  const { user } = renderPage('/');
  const region = await screen.findByRole('region', { name: 'Days in A/R' });
  const term = await within(region).findByRole('button', { name: 'Days in A/R' });

  if (way === 'hover') await user.hover(term);
  else while (document.activeElement !== term) await user.tab();

  expect(await screen.findByText(/fewer is better/)).toBeVisible();
  expect(await screen.findByText(/how days_in_ar is made/)).toBeVisible();
});

it('opens what an indicator is made of, either part', async () => {
  const calls = answer('get', '/reports/explain', explanation({ metric: 'days_in_ar' }));
  const { user } = renderPage('/?clinic=north');

  await user.click(await screen.findByRole('button', { name: '41.3' }));
  const drawer = await screen.findByRole('dialog', { name: 'What is in “Days in A/R”' });
  await user.click(await within(drawer).findByRole('button', { name: 'Charges' }));

  expect(await within(drawer).findByText(/The server summed all entries/)).toBeVisible();
  expect(Object.fromEntries(calls[0]?.url.searchParams ?? [])).toMatchObject({
    metric: 'days_in_ar',
    clinic_id: 'north',
    as_of: '2026-03-31',
  });
  expect(calls.at(-1)?.url.searchParams.get('component')).toBe('charges');
});

it('answers for an earlier day in every tile', async () => {
  const asked = [
    answer('get', '/reports/revenue', revenue()),
    answer('get', '/reports/outstanding/summary', summary()),
    answer('get', '/reports/indicators', indicators()),
  ];

  renderPage('/?as_of=2026-02-28');

  expect(await screen.findByText(/Figures as of Feb 28, 2026/)).toBeVisible();
  await waitFor(() => {
    const days = asked.map((calls) => calls[0]?.url.searchParams.get('as_of'));
    expect(days).toEqual(['2026-02-28', '2026-02-28', '2026-02-28']);
  });
});

it('shows which clinic the figures are of', async () => {
  renderPage('/?clinic=south');

  expect(await screen.findByText('South Clinic')).toBeVisible();
  expect(address()).toContain('clinic=south');
});

it('keeps three currencies apart in every tile', async () => {
  answer(
    'get',
    '/reports/outstanding/summary',
    summary(...['USD', 'EUR', 'JPY'].map((one) => summaryOf(one))),
  );
  answer('get', '/reports/indicators', indicators(...['USD', 'EUR', 'JPY'].map(indicatorsOf)));

  renderPage('/');

  const open = await screen.findByRole('region', { name: 'Outstanding now' });
  expect(await within(open).findByText('€500.01')).toBeVisible();
  expect(within(open).getByText('¥50,001')).toBeVisible();
  const days = screen.getByRole('region', { name: 'Days in A/R' });
  expect(await within(days).findByText('JPY')).toBeVisible();
});

it('names the currencies nothing was told in, instead of showing zeros', async () => {
  const still = (currency: string) => ({
    ...totals(currency, 0, 0),
    charge_side: { ...totals(currency, 0).charge_side, charge_count: 0 },
  });
  const told = [totals('USD', 123_456), still('JPY'), still('KWD')];
  answer('get', '/reports/revenue', revenue({ totals: told }));

  renderPage('/');

  const tile = await screen.findByRole('region', { name: 'Revenue this month' });
  expect(
    await within(tile).findByText('Nothing this month or the month before in JPY or KWD.'),
  ).toBeVisible();
  expect(within(tile).queryByText('¥0')).not.toBeInTheDocument();
});

it('says why an empty clinic has no figures', async () => {
  answer('get', '/reports/revenue', revenue({ series: [], totals: [] }));
  answer('get', '/reports/outstanding/summary', { ...summary(), currencies: [] });
  answer('get', '/reports/indicators', { ...indicators(), currencies: [] });

  renderPage('/');

  expect(await screen.findByText(/Nothing was charged or paid this month yet/)).toBeVisible();
  expect(await screen.findByText('Nothing is open')).toBeVisible();
  expect(await screen.findAllByText(/there is no such figure/)).toHaveLength(2);
});

it('shows the front desk no revenue and no indicators, and asks for none', async () => {
  const calls = answer('get', '/reports/indicators', indicators());

  renderPage('/', staff());

  expect(await screen.findByRole('region', { name: 'Outstanding now' })).toBeVisible();
  expect(screen.queryByRole('region', { name: 'Days in A/R' })).not.toBeInTheDocument();
  expect(calls).toHaveLength(0);
});
