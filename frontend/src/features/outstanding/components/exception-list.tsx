/** Facts that do not fit together: kept, counted by the rules, and listed for somebody to look into. */
import { Box } from '@mui/material';
import { useState } from 'react';
import { FormattedMessage, useIntl } from 'react-intl';
import { EXCEPTION_ROWS, type ExceptionsQuestion, useExceptions } from '../api/get-exceptions';
import { exceptionWords } from '../exception-words';
import { exceptionColumns } from './exception-columns';
import { DataTable } from '@/components/data-table';
import { EmptyState } from '@/components/empty-state';
import { ErrorPanel } from '@/components/error-panel';
import { Figure, Figures } from '@/components/figure';
import { Pager } from '@/components/pager';
import { ReportSkeleton } from '@/components/report-skeleton';
import { type Format, useFormat } from '@/components/use-format';
import { useAccount } from '@/lib/account';
import type { ExceptionsReport } from '@/lib/api';

export function ExceptionList({ question }: { question: ExceptionsQuestion }) {
  const intl = useIntl();
  const account = useAccount();
  const [cursors, setCursors] = useState<(string | undefined)[]>([undefined]);
  const { data, error, refetch, isPlaceholderData } = useExceptions(question, cursors.at(-1));
  const format = useFormat(data?.meta.currencies);
  if (!data) {
    if (error) return <ErrorPanel error={error} onRetry={() => void refetch()} />;
    return <ReportSkeleton />;
  }
  if (data.exceptions.length === 0) return <AllFits />;
  const next = isPlaceholderData ? null : data.page.next;
  return (
    <>
      <Sums sums={data.sums} format={format} />
      <DataTable
        caption={intl.formatMessage({ id: 'exceptions', defaultMessage: 'Exceptions' })}
        columns={exceptionColumns(intl, account, format)}
        rows={data.exceptions}
        rowKey={(row) =>
          [row.kind, row.clinic_id, row.source, row.event_id, row.payment_id, row.invoice_id].join(
            ' ',
          )
        }
      />
      <Pager
        first={(cursors.length - 1) * EXCEPTION_ROWS + 1}
        count={data.exceptions.length}
        onPrevious={cursors.length > 1 ? () => setCursors(cursors.slice(0, -1)) : undefined}
        onNext={next ? () => setCursors([...cursors, next]) : undefined}
      />
    </>
  );
}

function Sums({ sums, format }: { sums: ExceptionsReport['sums']; format: Format }) {
  return (
    <Box sx={{ mb: 2 }}>
      <Figures least={190}>
        {sums.map((sum) => (
          <Figure
            key={`${sum.kind} ${sum.parent ?? ''} ${sum.currency ?? ''}`}
            label={<FormattedMessage {...exceptionWords[sum.kind]} />}
            value={
              sum.currency ? format.money(sum.currency).full(sum.amount) : format.count(sum.count)
            }
            note={
              <FormattedMessage
                id="exceptions.count"
                defaultMessage="{count, plural, one {# exception} other {# exceptions}}"
                values={{ count: sum.count }}
              />
            }
          />
        ))}
      </Figures>
    </Box>
  );
}

function AllFits() {
  return (
    <EmptyState
      title={<FormattedMessage id="exceptions.none" defaultMessage="Everything fits together" />}
    >
      <FormattedMessage
        id="exceptions.none.why"
        defaultMessage="No payment, refund or allocation of these clinics names something that was never told of, or more than there was."
      />
    </EmptyState>
  );
}
