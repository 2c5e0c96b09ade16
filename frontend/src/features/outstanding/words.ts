/** The names of bases, and of buckets where there is little room. */
import { defineMessages } from 'react-intl';

/** For axes, where the title says that these are days. */
export const shortBucketWords = defineMessages({
  current: { id: 'bucket.short.current', defaultMessage: 'Not due' },
  '1-30': { id: 'bucket.short.1-30', defaultMessage: '1–30' },
  '31-60': { id: 'bucket.short.31-60', defaultMessage: '31–60' },
  '61-90': { id: 'bucket.short.61-90', defaultMessage: '61–90' },
  over_90: { id: 'bucket.short.over_90', defaultMessage: 'Over 90' },
});

export const basisWords = defineMessages({
  due_date: { id: 'aging.due_date', defaultMessage: 'Due date' },
  service_date: { id: 'aging.service_date', defaultMessage: 'Service date' },
  issued_on: { id: 'aging.issued_on', defaultMessage: 'Date of issue' },
});
