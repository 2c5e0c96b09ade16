/** Indicators. A test overrides what it is about. */
import { meta } from './answers';
import type { CurrencyIndicators, IndicatorsReport } from '@/lib/api';

export function indicatorsOf(currency: string): CurrencyIndicators {
  return {
    currency,
    range: {
      net_collection: { landed: 931_200, charges: 1_000_000, rate: '0.9312' },
      gross_collection: { landed: 931_200, charges: 1_200_000, rate: '0.7760' },
      days_in_ar: { outstanding: 413_000, charges: 900_000, days: 90, value: '41.3' },
      aged_ar: { outstanding: 413_000, over_90: 41_300, rate: '0.1000' },
      payer_mix: { charges: [], payments: [] },
      bad_debt: { write_offs: 0, recoveries: 0, net: 0 },
      roll_forward: {
        opening: 0,
        charges: 1_200_000,
        charge_corrections: 0,
        contractual_adjustments: 200_000,
        other_adjustments: 0,
        voids: 0,
        write_offs: 0,
        recoveries: 0,
        landed: 587_000,
        closing: 413_000,
      },
    },
    points: [],
  };
}

export function indicators(...currencies: CurrencyIndicators[]): IndicatorsReport {
  return {
    meta: meta({
      report: 'indicators',
      interval: { start_date: '2025-04-01', end_date: '2026-03-31' },
    }),
    granularity: 'month',
    currencies: currencies.length > 0 ? currencies : [indicatorsOf('USD')],
  };
}
