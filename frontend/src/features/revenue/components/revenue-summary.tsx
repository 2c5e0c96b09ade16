/** The chart in words: how much, over which days, the best and the weakest period, and against what. */
import { FormattedMessage, useIntl } from 'react-intl';
import type { Drawn } from '../chart-data';
import { comparisonWords } from '../words';
import type { Format } from '@/components/use-format';
import type { CurrencyTotals, RevenueReport } from '@/lib/api';
import { periodFormat } from '@/lib/dates';

interface RevenueSummaryProps {
  data: Drawn;
  report: RevenueReport;
  totals: CurrencyTotals;
  compared: CurrencyTotals | undefined;
  format: Format;
}

export function RevenueSummary(props: RevenueSummaryProps) {
  const { data, report, totals, compared, format } = props;
  const intl = useIntl();
  const period = periodFormat(intl.locale, report.granularity);
  const money = format.money(data.currency);
  const best = placeOf(data.net, Math.max(...data.net));
  const least = placeOf(data.net, Math.min(...data.net));
  return (
    <>
      <FormattedMessage
        id="revenue.summary"
        defaultMessage="{total} of net payments from {start} to {end}, from {count, plural, one {# payment} other {# payments}}."
        values={{
          total: <strong>{money.full(totals.net_payments)}</strong>,
          start: format.day(report.meta.interval?.start_date ?? ''),
          end: format.day(report.meta.interval?.end_date ?? ''),
          count: totals.payment_count,
        }}
      />{' '}
      {data.net.length > 1 && best !== least && (
        <FormattedMessage
          id="revenue.summary.extremes"
          defaultMessage="Highest: {best} with {most}; lowest: {worst} with {least}."
          values={{
            best: period(data.labels[best] ?? ''),
            most: money.full(data.net[best] ?? 0),
            worst: period(data.labels[least] ?? ''),
            least: money.full(data.net[least] ?? 0),
          }}
        />
      )}{' '}
      {report.comparison && compared && (
        <FormattedMessage
          id="revenue.summary.compared"
          defaultMessage="{comparison} ({start} to {end}): {before}."
          values={{
            comparison: intl.formatMessage(comparisonWords[report.comparison.kind]),
            start: format.day(report.comparison.interval.start_date),
            end: format.day(report.comparison.interval.end_date),
            before: money.full(compared.net_payments),
          }}
        />
      )}{' '}
      {data.partial.some(Boolean) && (
        <FormattedMessage
          id="revenue.summary.partial"
          defaultMessage="Periods marked as partial, dashed in the chart, are cut by the range or not over yet."
        />
      )}
    </>
  );
}

const placeOf = (values: number[], value: number): number => values.indexOf(value);
