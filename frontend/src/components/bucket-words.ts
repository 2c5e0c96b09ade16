/** What the ages of receivables are called. */
import { defineMessages } from 'react-intl';

export const bucketWords = defineMessages({
  current: { id: 'bucket.current', defaultMessage: 'Not due' },
  '1-30': { id: 'bucket.1-30', defaultMessage: '1–30 days' },
  '31-60': { id: 'bucket.31-60', defaultMessage: '31–60 days' },
  '61-90': { id: 'bucket.61-90', defaultMessage: '61–90 days' },
  over_90: { id: 'bucket.over_90', defaultMessage: 'Over 90 days' },
});
