/** Explanations of figures. A test overrides what it is about. */
import { meta } from './answers';
import type { ExplainedLeg, Explanation } from '@/lib/api';

let told = 0;

export function leg(over: Partial<ExplainedLeg> = {}): ExplainedLeg {
  told += 1;
  return {
    kind: 'payment',
    rule: null,
    amount: 1_000,
    mirrored: false,
    clinic_id: 'north',
    invoice_id: `INV-${told}`,
    payment_id: `PAY-${told}`,
    business_date: '2026-03-30',
    effective_on: '2026-03-30',
    reason: null,
    method: 'card',
    payer_type: 'patient',
    provider: null,
    category: null,
    source: 'test',
    event_id: `event-${told}`,
    leg: 0,
    position: '0:1',
    ...over,
  };
}

export function explanation(over: Partial<Explanation> = {}): Explanation {
  return {
    meta: meta({ report: 'explain' }),
    metric: 'net_payments',
    component: null,
    currency: 'USD',
    unit: 'minor units',
    sum: 100_000,
    served: 100_000,
    equal: true,
    legs: [leg({ amount: 99_000 }), leg({ amount: 1_000 })],
    page: { limit: 50, next: null },
    ...over,
  };
}
