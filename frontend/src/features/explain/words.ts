/** What rules add to ledger entries, and the amounts an indicator is made of, in words. */
import { defineMessages } from 'react-intl';

export const ruleWords = defineMessages({
  write_off_not_effective: {
    id: 'rule.write_off_not_effective',
    defaultMessage: 'Part of a write-off that found nothing open',
  },
  in_other_buckets: { id: 'rule.in_other_buckets', defaultMessage: 'Part of another age' },
  recovered: { id: 'rule.recovered', defaultMessage: 'Recovered' },
});

export const componentWords = defineMessages({
  landed: { id: 'component.landed', defaultMessage: 'Money landed' },
  charges: { id: 'component.charges', defaultMessage: 'Charges' },
  outstanding: { id: 'figure.outstanding', defaultMessage: 'Outstanding' },
  over_90: { id: 'component.over_90', defaultMessage: 'Over 90 days' },
  payer: { id: 'component.payer', defaultMessage: 'One payer type' },
  total: { id: 'component.total', defaultMessage: 'All payer types' },
  write_offs: { id: 'figure.write_offs', defaultMessage: 'Write-offs' },
  recoveries: { id: 'component.recoveries', defaultMessage: 'Recoveries' },
  opening: { id: 'component.opening', defaultMessage: 'Opening' },
  charge_corrections: { id: 'figure.charge_corrections', defaultMessage: 'Charge corrections' },
  contractual_adjustments: { id: 'figure.contractual', defaultMessage: 'Contractual adjustments' },
  other_adjustments: { id: 'figure.other_adjustments', defaultMessage: 'Other adjustments' },
  voids: { id: 'figure.voids', defaultMessage: 'Voids' },
  closing: { id: 'component.closing', defaultMessage: 'Closing' },
});

export const bucketWords = defineMessages({
  current: { id: 'bucket.current', defaultMessage: 'Not due' },
  '1-30': { id: 'bucket.1-30', defaultMessage: '1–30 days' },
  '31-60': { id: 'bucket.31-60', defaultMessage: '31–60 days' },
  '61-90': { id: 'bucket.61-90', defaultMessage: '61–90 days' },
  over_90: { id: 'bucket.over_90', defaultMessage: 'Over 90 days' },
});
