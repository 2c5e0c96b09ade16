/** What rules add to ledger entries, and the amounts an indicator is made of, in words. */
import { defineMessages } from 'react-intl';
import { figureWords } from '@/components/metric-words';

export const ruleWords = defineMessages({
  write_off_not_effective: {
    id: 'rule.write_off_not_effective',
    defaultMessage: 'Part of a write-off that found nothing open',
  },
  in_other_buckets: { id: 'rule.in_other_buckets', defaultMessage: 'Part of another age' },
  recovered: { id: 'rule.recovered', defaultMessage: 'Recovered' },
});

const ownWords = defineMessages({
  landed: { id: 'component.landed', defaultMessage: 'Money landed' },
  charges: { id: 'component.charges', defaultMessage: 'Charges' },
  over_90: { id: 'component.over_90', defaultMessage: 'Over 90 days' },
  payer: { id: 'component.payer', defaultMessage: 'One payer type' },
  total: { id: 'component.total', defaultMessage: 'All payer types' },
  recoveries: { id: 'component.recoveries', defaultMessage: 'Recoveries' },
  opening: { id: 'component.opening', defaultMessage: 'Opening' },
  closing: { id: 'component.closing', defaultMessage: 'Closing' },
});

/** The amounts an indicator is made of; those that are figures of their own are called the same. */
export const componentWords = { ...figureWords, ...ownWords };
