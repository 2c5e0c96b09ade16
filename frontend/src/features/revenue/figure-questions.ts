/** Asks what a figure of a revenue report is made of: of the whole range, of a period, of a group. */
import type { RevenueQuestion } from './search';
import type { RevenueReport } from '@/lib/api';
import { type Day, periodEnd } from '@/lib/dates';
import type { FigureQuestion, Metric } from '@/lib/figures';

interface Part {
  /** The label of a period of the report. */
  period?: Day;
  /** A group of its breakdown. */
  group?: string;
}

export type Ask = (metric: Metric, part?: Part) => FigureQuestion | undefined;

/** Questions about one currency of a report, at the very state the report was answered in. */
export function figureQuestions(
  report: RevenueReport,
  currency: string,
  { clinic_id, method, payer_type, category, provider }: RevenueQuestion,
): Ask {
  const { meta, granularity, breakdown } = report;
  const whole = meta.interval;
  return (metric, { period, group } = {}) => {
    if (!whole) return undefined;
    const end = period ? periodEnd(granularity, period) : whole.end_date;
    const grouped = breakdown === 'clinic' ? 'clinic_id' : breakdown;
    return {
      metric,
      currency,
      start_date: period && period > whole.start_date ? period : whole.start_date,
      end_date: end < whole.end_date ? end : whole.end_date,
      clinic_id,
      method,
      payer_type,
      category,
      provider,
      ...(grouped && group !== undefined && { [grouped]: group }),
      as_of: meta.as_of,
      watermark: meta.watermark,
    };
  };
}
