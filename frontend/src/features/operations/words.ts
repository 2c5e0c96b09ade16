/** Modes of runs, reasons of refusals and of dismissals, in words. */
import { defineMessages, type IntlShape } from 'react-intl';

export const modeWords = defineMessages({
  incremental: { id: 'run.incremental', defaultMessage: 'New and changed rows' },
  range: { id: 'run.range', defaultMessage: 'Rows of chosen days' },
  full: { id: 'run.full', defaultMessage: 'Every row' },
  reconcile: { id: 'run.reconcile', defaultMessage: 'Reconciliation' },
  import: { id: 'run.import', defaultMessage: 'Import' },
});

export const modeExplanations = defineMessages({
  incremental: {
    id: 'run.incremental.why',
    defaultMessage: 'Reads what is new or changed since the last run. The schedule does the same.',
  },
  range: {
    id: 'run.range.why',
    defaultMessage: 'Reads the rows of these days again and tells what differs.',
  },
  full: {
    id: 'run.full.why',
    defaultMessage: 'Reads every row and tells what differs. This can take long.',
  },
  reconcile: {
    id: 'run.reconcile.why',
    defaultMessage: 'Compares totals with the reports, and reads only days that differ.',
  },
});

export const reasonWords = defineMessages({
  body_invalid: { id: 'reason.body_invalid', defaultMessage: 'Not of the shape of its type' },
  conflict: { id: 'reason.conflict', defaultMessage: 'Told before with other content' },
  currency_invalid: { id: 'reason.currency_invalid', defaultMessage: 'Unknown currency' },
  date_out_of_range: {
    id: 'reason.date_out_of_range',
    defaultMessage: 'Date too early, or in the future',
  },
  envelope_invalid: { id: 'reason.envelope_invalid', defaultMessage: 'Envelope not complete' },
  field_invalid: { id: 'reason.field_invalid', defaultMessage: 'A field is not valid' },
  identifier_invalid: { id: 'reason.identifier_invalid', defaultMessage: 'An id is not valid' },
  key_mismatch: { id: 'reason.key_mismatch', defaultMessage: 'Key is not the patient id' },
  row_inconsistent: { id: 'reason.row_inconsistent', defaultMessage: 'Row changed inconsistently' },
  patient_id_is_personal: {
    id: 'reason.patient_id_is_personal',
    defaultMessage: 'Patient id identifies a person',
  },
  time_invalid: { id: 'reason.time_invalid', defaultMessage: 'Time is not valid' },
  too_large: { id: 'reason.too_large', defaultMessage: 'Too large' },
  type_unknown: { id: 'reason.type_unknown', defaultMessage: 'Unknown type of event' },
});

export const dismissalWords = defineMessages({
  mended_at_source: { id: 'dismissal.mended', defaultMessage: 'Mended at the source' },
  not_needed: { id: 'dismissal.not-needed', defaultMessage: 'Not needed' },
  duplicate: { id: 'dismissal.duplicate', defaultMessage: 'A duplicate' },
});

/** The word for a code; a code this dashboard does not know yet stands for itself. */
export function wordFor(
  intl: IntlShape,
  words: Readonly<Record<string, { id: string; defaultMessage: string }>>,
  code: string,
): string {
  const known = words[code];
  return known ? intl.formatMessage(known) : code;
}
