/** What is told in a history: one word per kind of entry, and per code the API sends with it. */
import { defineMessages, type IntlShape } from 'react-intl';
import type { HistoryEntry } from '@/lib/api';

export const kindWords = defineMessages({
  charge: { id: 'kind.charge', defaultMessage: 'Invoice' },
  adjustment: { id: 'kind.adjustment', defaultMessage: 'Adjustment' },
  write_off: { id: 'kind.write_off', defaultMessage: 'Write-off' },
  void: { id: 'kind.void', defaultMessage: 'Invoice voided' },
  payment: { id: 'kind.payment', defaultMessage: 'Payment' },
  correction: { id: 'kind.correction', defaultMessage: 'Payment corrected' },
  refund: { id: 'kind.refund', defaultMessage: 'Refund' },
  chargeback: { id: 'kind.chargeback', defaultMessage: 'Chargeback' },
  chargeback_reversal: { id: 'kind.chargeback_reversal', defaultMessage: 'Chargeback reversed' },
  fee: { id: 'kind.fee', defaultMessage: 'Processor fee' },
  allocation: { id: 'kind.allocation', defaultMessage: 'Allocation' },
  pending: { id: 'kind.pending', defaultMessage: 'Payment pending' },
  failed: { id: 'kind.failed', defaultMessage: 'Payment failed' },
  responsibility: { id: 'kind.responsibility', defaultMessage: 'Responsibility changed' },
  due_date: { id: 'kind.due_date', defaultMessage: 'Due date changed' },
  sent_to_collections: { id: 'kind.sent', defaultMessage: 'Sent to collections' },
  recalled_from_collections: { id: 'kind.recalled', defaultMessage: 'Recalled from collections' },
  patient: { id: 'kind.patient', defaultMessage: 'Patient recorded' },
});

export const payerWords = defineMessages({
  patient: { id: 'payer.patient', defaultMessage: 'Patient' },
  insurance: { id: 'payer.insurance', defaultMessage: 'Insurance' },
  other: { id: 'payer.other', defaultMessage: 'Other' },
});

export function payerName(intl: IntlShape, payer: string): string {
  const known = Object.entries(payerWords).find(([name]) => name === payer)?.[1];
  return known ? intl.formatMessage(known) : payer;
}

/** The codes sent with an entry, in words: method, reason, payer, category, due date. */
export function entryDetails(
  intl: IntlShape,
  entry: HistoryEntry,
  writeDay: (day: string) => string,
): string {
  return [
    entry.method,
    entry.reason,
    entry.payer_type && payerName(intl, entry.payer_type),
    entry.category,
    entry.provider,
    entry.installments
      ? intl.formatMessage(
          {
            id: 'entry.plan',
            defaultMessage: '{count, plural, one {# installment} other {# installments}}',
          },
          { count: entry.installments.length },
        )
      : entry.due_on &&
        intl.formatMessage(
          { id: 'entry.due', defaultMessage: 'due {day}' },
          { day: writeDay(entry.due_on) },
        ),
  ]
    .filter(Boolean)
    .join(' · ');
}

const CHARGE_SIDE = new Set(['charge', 'adjustment', 'void']);
const PAYMENT_SIDE = new Set([
  'payment',
  'correction',
  'refund',
  'chargeback',
  'chargeback_reversal',
]);

/** On which side of a statement an entry's amount stands; fees and allocations on neither. */
export function sides(entry: HistoryEntry): { charged?: number; paid?: number; aside?: number } {
  if (entry.amount === null) return {};
  if (CHARGE_SIDE.has(entry.kind)) return { charged: entry.amount };
  if (entry.kind === 'write_off') return { charged: -entry.amount };
  if (PAYMENT_SIDE.has(entry.kind)) return { paid: entry.amount };
  return { aside: entry.amount };
}
