/** Sums and aging of one currency, with the table twin and the words beside the chart. */
import { Stack } from '@mui/material';
import { FormattedMessage, useIntl } from 'react-intl';
import { figureQuestions } from '../figure-questions';
import type { Bucket, OutstandingSearch } from '../search';
import { basisWords } from '../words';
import { AgingBars } from './aging-bars';
import { AgingTable } from './aging-table';
import { SummaryFigures } from './summary-figures';
import { bucketWords } from '@/components/bucket-words';
import { ChartFrame } from '@/components/chart-frame';
import { useExplain } from '@/components/explained';
import { Panel } from '@/components/panel';
import { Toggle } from '@/components/toggle';
import type { Format } from '@/components/use-format';
import type { CurrencySummary, Meta } from '@/lib/api';

interface OutstandingSummaryProps {
  summary: CurrencySummary;
  meta: Meta;
  currencies: readonly string[];
  search: OutstandingSearch;
  onChange: (change: Partial<OutstandingSearch>) => void;
  format: Format;
}

export function OutstandingSummary(props: OutstandingSummaryProps) {
  const { summary, meta, currencies, search, onChange, format } = props;
  const intl = useIntl();
  const explain = useExplain('outstanding');
  const ask = figureQuestions(meta, summary.currency, search);
  const openBucket = (bucket: Bucket) => {
    const question = ask('outstanding', bucket);
    if (explain && question) explain(question);
    else onChange({ bucket: bucket === search.bucket ? undefined : bucket });
  };
  return (
    <Stack spacing={2.5}>
      <Panel
        title={<FormattedMessage id="outstanding.sums" defaultMessage="Totals" />}
        actions={
          currencies.length > 1 && (
            <Toggle
              label={intl.formatMessage({ id: 'currency', defaultMessage: 'Currency' })}
              value={summary.currency}
              options={currencies.map((value) => ({ value, label: value }))}
              onChange={(currency) => onChange({ currency, min: undefined, max: undefined })}
            />
          )
        }
      >
        <SummaryFigures summary={summary} format={format} ask={ask} />
      </Panel>
      <ChartFrame
        title={<FormattedMessage id="aging.chart" defaultMessage="Outstanding by days past due" />}
        summary={<AgingSummary summary={summary} search={search} format={format} />}
        view={search.view ?? 'chart'}
        onView={(view) => onChange({ view: view === 'table' ? view : undefined })}
        chart={
          <AgingBars
            summary={summary}
            chosen={search.bucket}
            onChoose={openBucket}
            format={format}
          />
        }
        table={<AgingTable summary={summary} format={format} ask={ask} />}
      />
    </Stack>
  );
}

type AgingSummaryProps = Pick<OutstandingSummaryProps, 'summary' | 'search' | 'format'>;

function AgingSummary({ summary, search, format }: AgingSummaryProps) {
  const intl = useIntl();
  const { full } = format.money(summary.currency);
  const total = summary.outstanding.amount;
  const largest = [...summary.buckets].sort((a, b) => b.amount - a.amount)[0];
  const overdue = summary.buckets.filter((one) => one.bucket !== 'current');
  return (
    <>
      <FormattedMessage
        id="aging.summary"
        defaultMessage="{total} is open on {count, plural, one {# receivable} other {# receivables}}, aged by {basis}."
        values={{
          total: <strong>{full(total)}</strong>,
          count: summary.outstanding.count,
          basis: intl.formatMessage(basisWords[search.basis ?? 'due_date']).toLowerCase(),
        }}
      />{' '}
      {total > 0 && largest && (
        <FormattedMessage
          id="aging.summary.shares"
          defaultMessage="{overdue} of it is past its date. The largest bucket is “{bucket}” with {amount}."
          values={{
            overdue: format.percent(overdue.reduce((sum, one) => sum + one.amount, 0) / total),
            bucket: intl.formatMessage(bucketWords[largest.bucket]),
            amount: full(largest.amount),
          }}
        />
      )}
    </>
  );
}
