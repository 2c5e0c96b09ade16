/** Turns a revenue answer into what is drawn and listed; no figure is made here but sums of shown ones. */
import type { CurrencyTotals, RevenuePoint, RevenueReport, RevenueSeries } from '@/lib/api';
import type { Day } from '@/lib/dates';

export const GROUPS_DRAWN = 7;
/** More periods are drawn as a line. */
export const BARS_MAX = 124;

export interface Group {
  name: string | null;
  /** Several small groups drawn as one. */
  isRest: boolean;
  net: number[];
  total: number;
}

export interface Drawn {
  currency: string;
  labels: Day[];
  partial: boolean[];
  groups: Group[];
  net: number[];
  points: RevenuePoint[];
  compared: { labels: Day[]; net: number[] } | null;
}

/** Whether nothing was told in a currency: one that is known stands in every answer, if as zeros. */
export function isSilentIn(totals: CurrencyTotals): boolean {
  return (
    totals.payment_count === 0 &&
    totals.refund_count === 0 &&
    totals.net_payments === 0 &&
    totals.charge_side.charge_count === 0 &&
    totals.charge_side.net_charges === 0
  );
}

/** Whether nothing was told at all. */
export function isSilent(report: RevenueReport): boolean {
  return report.totals.every(isSilentIn);
}

/** The currencies of an answer, the busiest first. */
export function currenciesOf(report: RevenueReport): string[] {
  return [...report.totals]
    .sort((a, b) => b.payment_count - a.payment_count || a.currency.localeCompare(b.currency))
    .map((total) => total.currency);
}

export function drawn(report: RevenueReport, currency: string): Drawn {
  const series = report.series.filter((one) => one.currency === currency);
  const points = series[0]?.points ?? [];
  const net = summed(series);
  const compared = report.comparison?.series.filter((one) => one.currency === currency) ?? [];
  return {
    currency,
    labels: points.map((point) => point.label),
    partial: points.map((point) => point.partial),
    groups: report.breakdown ? grouped(series) : [],
    net,
    points,
    compared: report.comparison && {
      labels: compared[0]?.points.map((point) => point.label) ?? [],
      net: summed(compared),
    },
  };
}

/** Every group with its total, the largest first. */
export function allGroups(series: readonly RevenueSeries[]): Group[] {
  return series
    .map((one) => ({
      name: one.group,
      isRest: false,
      net: one.points.map((point) => point.net_payments),
      total: one.totals.net_payments,
    }))
    .sort((a, b) => b.total - a.total);
}

function grouped(series: readonly RevenueSeries[]): Group[] {
  const groups = allGroups(series);
  if (groups.length <= GROUPS_DRAWN + 1) return groups;
  const rest = groups.slice(GROUPS_DRAWN);
  return [
    ...groups.slice(0, GROUPS_DRAWN),
    {
      name: null,
      isRest: true,
      net: (rest[0]?.net ?? []).map((_, place) => sum(rest.map((one) => one.net[place] ?? 0))),
      total: sum(rest.map((one) => one.total)),
    },
  ];
}

function summed(series: readonly RevenueSeries[]): number[] {
  const first = series[0]?.points ?? [];
  return first.map((_, place) => sum(series.map((one) => one.points[place]?.net_payments ?? 0)));
}

const sum = (values: number[]): number => values.reduce((total, value) => total + value, 0);

/** How much a figure grew against another; null where a share says nothing. */
export function growth(now: number, before: number): number | null {
  return before > 0 ? (now - before) / before : null;
}

/** One period as the chart takes it: `g0`, `g1`... the groups, `p0`... the same while it is not over. */
export type Row = Record<string, number | string | undefined>;

/** What the values are drawn between: stacked groups reach as high as all above zero together. */
export function heightsOf({ groups, net, compared }: Drawn): number[] {
  const stacked = (part: (value: number) => number) =>
    net.map((_, place) => groups.reduce((sum, group) => sum + part(group.net[place] ?? 0), 0));
  return [
    ...net,
    ...(compared?.net ?? []),
    ...stacked((value) => Math.max(0, value)),
    ...stacked((value) => Math.min(0, value)),
  ];
}

export function chartRows(data: Drawn): Row[] {
  const values = data.groups.length > 0 ? data.groups.map((group) => group.net) : [data.net];
  return data.labels.map((label, place) => {
    const row: Row = { label, compared: data.compared?.net[place] };
    const kind = data.partial[place] && data.labels.length <= BARS_MAX ? 'p' : 'g';
    values.forEach((net, group) => (row[`${kind}${group}`] = net[place]));
    return row;
  });
}
