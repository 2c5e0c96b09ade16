/** What a run read, held against what the reports hold, book by book. */
import { Alert, Box, Typography } from '@mui/material';
import { FormattedMessage, useIntl } from 'react-intl';
import { isUnderWay } from '../api/get-run';
import { type Column, DataTable } from '@/components/data-table';
import { type Format, useFormat } from '@/components/use-format';
import type { Run, RunReconciliation } from '@/lib/api';

type Totals = RunReconciliation['books'][number];

export function RunReconciled({ run }: { run: Run }) {
  if (isUnderWay(run) || run.mode === 'import') return null;
  return (
    <Box>
      <Typography variant="h2" component="h3" sx={{ mb: 1 }}>
        <FormattedMessage id="run.reconciliation" defaultMessage="Source and reports" />
      </Typography>
      {run.reconciliation ? (
        <Proof proof={run.reconciliation} />
      ) : (
        <Typography variant="body2" color="textSecondary">
          <FormattedMessage
            id="run.reconciliation.none"
            defaultMessage="They are compared once the reports have passed the run’s last record. A run that failed or was stopped is not compared."
          />
        </Typography>
      )}
    </Box>
  );
}

function Proof({ proof }: { proof: RunReconciliation }) {
  const intl = useIntl();
  const format = useFormat();
  return (
    <>
      <Alert severity={proof.matches ? 'success' : 'error'} sx={{ mb: 1.5 }}>
        {proof.matches ? (
          <FormattedMessage
            id="about.reconciliation.good"
            defaultMessage="{at}: source and reports agree"
            values={{ at: format.moment(proof.ended_at) }}
          />
        ) : (
          <FormattedMessage
            id="run.reconciliation.bad"
            defaultMessage="{at}: source and reports differ on {count, plural, one {# day} other {# days}}"
            values={{ at: format.moment(proof.ended_at), count: proof.difference_count }}
          />
        )}
      </Alert>
      <DataTable
        caption={intl.formatMessage({ id: 'run.books', defaultMessage: 'Totals of both sides' })}
        columns={bookColumns(format)}
        rows={proof.books}
        rowKey={(book) => `${book.book} ${book.currency}`}
      />
      {proof.differences.length > 0 && (
        <Box sx={{ mt: 2 }}>
          <DataTable
            caption={intl.formatMessage({
              id: 'run.differences',
              defaultMessage: 'Days that differ',
            })}
            columns={[dayColumn(format), ...bookColumns(format)]}
            rows={proof.differences}
            rowKey={(one) => `${one.day} ${one.book} ${one.currency}`}
          />
        </Box>
      )}
    </>
  );
}

function dayColumn(format: Format): Column<RunReconciliation['differences'][number]> {
  return {
    key: 'day',
    head: <FormattedMessage id="entry.day" defaultMessage="Date" />,
    cell: (one) => (one.day === '0001-01-01' ? '–' : format.day(one.day)),
    isFixed: true,
  };
}

function bookColumns(format: Format): Column<Totals>[] {
  return [
    {
      key: 'book',
      head: <FormattedMessage id="run.book" defaultMessage="Book" />,
      cell: (one) => `${one.book} ${one.currency}`,
    },
    {
      key: 'source',
      head: <FormattedMessage id="run.source" defaultMessage="Source" />,
      cell: (one) => side(one.source_count, one.source_amount, one.currency, format),
      isFigure: true,
    },
    {
      key: 'ledger',
      head: <FormattedMessage id="run.ledger" defaultMessage="Reports" />,
      cell: (one) => side(one.ledger_count, one.ledger_amount, one.currency, format),
      isFigure: true,
    },
  ];
}

function side(count: number, amount: number, currency: string, format: Format): string {
  return `${format.count(count)} · ${format.money(currency).full(amount)}`;
}
