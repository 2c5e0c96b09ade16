/** The aging chart as a table; its sum is the total. */
import { FormattedMessage, useIntl } from 'react-intl';
import type { Ask } from '../figure-questions';
import { bucketWords } from '@/components/bucket-words';
import { type Column, DataTable } from '@/components/data-table';
import { figureWords } from '@/components/metric-words';
import { Explained } from '@/components/explained';
import type { Format } from '@/components/use-format';
import type { BucketSum, CurrencySummary } from '@/lib/api';

interface AgingTableProps {
  summary: CurrencySummary;
  format: Format;
  ask: Ask;
}

export function AgingTable({ summary, format, ask }: AgingTableProps) {
  const intl = useIntl();
  const { full } = format.money(summary.currency);
  const total = summary.outstanding.amount;
  const columns: Column<BucketSum>[] = [
    {
      key: 'bucket',
      head: <FormattedMessage id="aging.bucket" defaultMessage="Age" />,
      cell: (row) => intl.formatMessage(bucketWords[row.bucket]),
      foot: <FormattedMessage id="table.total" defaultMessage="Total" />,
    },
    {
      key: 'amount',
      head: <FormattedMessage {...figureWords.outstanding} />,
      cell: (row) => (
        <Explained question={ask('outstanding', row.bucket)}>{full(row.amount)}</Explained>
      ),
      foot: <Explained question={ask('outstanding')}>{full(total)}</Explained>,
      isFigure: true,
    },
    {
      key: 'share',
      head: <FormattedMessage id="aging.share" defaultMessage="Share" />,
      cell: (row) => (total > 0 ? format.percent(row.amount / total) : '–'),
      foot: total > 0 ? format.percent(1) : '–',
      isFigure: true,
    },
    {
      key: 'count',
      head: <FormattedMessage id="aging.count" defaultMessage="Receivables" />,
      cell: (row) => format.count(row.count),
      foot: format.count(summary.outstanding.count),
      isFigure: true,
    },
  ];
  return (
    <DataTable
      caption={intl.formatMessage({
        id: 'aging.chart',
        defaultMessage: 'Outstanding by days past due',
      })}
      columns={columns}
      rows={summary.buckets}
      rowKey={(row) => row.bucket}
    />
  );
}
