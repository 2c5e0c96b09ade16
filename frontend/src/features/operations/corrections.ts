/** The fields of an event that may be put right before it is judged again, and what they hold. */

/** The scalar fields of the event vocabulary; names of patients are not among them. */
export const FIELDS = [
  'adjustment_id',
  'allocation_id',
  'amount',
  'business_date',
  'category',
  'clinic_id',
  'correction_id',
  'currency',
  'dispute_id',
  'due_on',
  'effective_on',
  'fee',
  'invoice_id',
  'issued_on',
  'method',
  'patient_id',
  'payer_type',
  'payment_id',
  'provider',
  'reason',
  'received_at',
  'refund_id',
  'service_date',
  'write_off_id',
] as const;

export type Field = (typeof FIELDS)[number];

/** Amounts are whole numbers of minor units. */
export const WHOLE_NUMBERS: readonly Field[] = ['amount', 'fee'];

/** Topics whose records Kafka may still hold; what was refused elsewhere is mended at its source. */
const REPLAYABLE_TOPICS = ['payment-events', 'payment-intake'];

export interface Correction {
  field: Field;
  text: string;
}

/** What a correction's text means; null if it is not what its field holds. */
export function valueOf({ field, text }: Correction): string | number | null {
  const trimmed = text.trim();
  if (WHOLE_NUMBERS.includes(field)) return /^-?\d{1,15}$/.test(trimmed) ? Number(trimmed) : null;
  return trimmed === '' ? null : trimmed;
}

export type Obstacle = 'conflict' | 'row';

/** Why a record cannot be replayed at all; null if it can be tried. */
export function obstacleOf(record: { topic: string; reason: string }): Obstacle | null {
  if (!REPLAYABLE_TOPICS.includes(record.topic)) return 'row';
  return record.reason === 'conflict' ? 'conflict' : null;
}
