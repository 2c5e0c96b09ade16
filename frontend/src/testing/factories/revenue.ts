/** Revenue reports. A test overrides what it is about. */
import { meta } from './answers';
import type { CurrencyTotals, RevenuePoint, RevenueReport, RevenueTotals } from '@/lib/api';

export function figures(net: number, over: Partial<RevenueTotals> = {}): RevenueTotals {
  return {
    gross_payments: net,
    refunds: 0,
    chargebacks: 0,
    payment_corrections: 0,
    net_payments: net,
    payment_count: 3,
    refund_count: 0,
    average_payment: Math.round(net / 3),
    processor_fees: 0,
    charge_side: {
      charges: net,
      charge_count: 2,
      charge_corrections: 0,
      contractual_adjustments: 0,
      other_adjustments: 0,
      voids: 0,
      write_offs: 0,
      net_charges: net,
    },
    ...over,
  };
}

export function point(label: string, net: number, partial = false): RevenuePoint {
  return { label, partial, ...figures(net) };
}

export function totals(currency: string, net: number, count = 3): CurrencyTotals {
  return { currency, ...figures(net, { payment_count: count }) };
}

export function revenue(over: Partial<RevenueReport> = {}): RevenueReport {
  return {
    meta: meta(),
    granularity: 'day',
    breakdown: null,
    series: [
      {
        currency: 'USD',
        group: null,
        totals: figures(123_456),
        points: [point('2026-03-30', 100_000), point('2026-03-31', 23_456, true)],
      },
    ],
    totals: [totals('USD', 123_456)],
    comparison: null,
    ...over,
  };
}
