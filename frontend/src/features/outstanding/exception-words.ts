/** What does not fit, in words. */
import { defineMessages } from 'react-intl';

export const KINDS = [
  'orphan',
  'mismatch',
  'deficit',
  'over_allocated',
  'over_returned',
  'failed_after_success',
  'conflict',
] as const;
export type Kind = (typeof KINDS)[number];

export const exceptionWords = defineMessages({
  orphan: { id: 'exception.orphan', defaultMessage: 'Parent never told of' },
  mismatch: { id: 'exception.mismatch', defaultMessage: 'Another patient or currency' },
  deficit: { id: 'exception.deficit', defaultMessage: 'Credit below zero' },
  over_allocated: {
    id: 'exception.over_allocated',
    defaultMessage: 'Allocated more than there was',
  },
  over_returned: { id: 'exception.over_returned', defaultMessage: 'Returned more than received' },
  failed_after_success: { id: 'exception.failed', defaultMessage: 'Failed after it succeeded' },
  conflict: { id: 'exception.conflict', defaultMessage: 'Told again with other content' },
});
