/** Asks what a sum of receivables is made of, at the very state the answer on screen was given in. */
import type { OutstandingSearch } from './search';
import type { Meta } from '@/lib/api';
import type { FigureQuestion } from '@/lib/figures';

type Sum = 'outstanding' | 'overpaid' | 'unapplied_credits' | 'deficits';

export type Ask = (metric: Sum, bucket?: FigureQuestion['bucket']) => FigureQuestion | undefined;

export function figureQuestions(
  meta: Meta,
  currency: string,
  { clinic, basis, payer, patient }: Partial<OutstandingSearch>,
): Ask {
  return (metric, bucket) => {
    const ofReceivables = metric === 'outstanding' || metric === 'overpaid';
    // Sums of one patient's, and credits by who owes, are asked about elsewhere.
    if (patient !== undefined || (payer !== undefined && !ofReceivables)) return undefined;
    return {
      metric,
      currency,
      bucket,
      clinic_id: clinic,
      ...(metric === 'outstanding' && { basis }),
      ...(ofReceivables && { payer_type: payer }),
      as_of: meta.as_of,
      watermark: meta.watermark,
    };
  };
}
