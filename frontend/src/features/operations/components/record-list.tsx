/** Refused records: what waits for a decision, and what was decided before. */
import { Box, Button, Link } from '@mui/material';
import { FormattedMessage, type IntlShape, useIntl } from 'react-intl';
import { useRecords } from '../api/list-records';
import { type OperationsSearch, recordsQuestion } from '../search';
import { reasonWords, wordFor } from '../words';
import { NoRecords } from './no-records';
import { RecordFilters } from './record-filters';
import { type Column, DataTable } from '@/components/data-table';
import { ErrorPanel } from '@/components/error-panel';
import { ReportSkeleton } from '@/components/report-skeleton';
import { StatusChip } from '@/components/status-chip';
import { type Format, useFormat } from '@/components/use-format';
import type { QuarantinedRecord } from '@/lib/api';

interface RecordListProps {
  search: OperationsSearch;
  onChange: (change: Partial<OperationsSearch>) => void;
}

export function RecordList({ search, onChange }: RecordListProps) {
  return (
    <>
      <RecordFilters search={search} onChange={onChange} />
      <Records search={search} onChange={onChange} />
    </>
  );
}

function Records({ search, onChange }: RecordListProps) {
  const intl = useIntl();
  const format = useFormat();
  const { data, error, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } = useRecords(
    recordsQuestion(search),
  );
  if (!data) {
    if (error) return <ErrorPanel error={error} onRetry={() => void refetch()} />;
    return <ReportSkeleton />;
  }
  const records = data.pages.flatMap((page) => page.records);
  return (
    <>
      {error && (
        <Box sx={{ mb: 2 }}>
          <ErrorPanel error={error} />
        </Box>
      )}
      {records.length === 0 ? (
        <NoRecords search={search} />
      ) : (
        <DataTable
          caption={intl.formatMessage({ id: 'records', defaultMessage: 'Quarantined records' })}
          columns={recordColumns(intl, format, (one) => onChange({ record: one.quarantine_id }))}
          rows={records}
          rowKey={(one) => String(one.quarantine_id)}
        />
      )}
      {hasNextPage && (
        <Button sx={{ mt: 2 }} loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          <FormattedMessage id="records.more" defaultMessage="Show earlier records" />
        </Button>
      )}
    </>
  );
}

function recordColumns(
  intl: IntlShape,
  format: Format,
  onOpen: (record: QuarantinedRecord) => void,
): Column<QuarantinedRecord>[] {
  return [
    {
      key: 'when',
      head: <FormattedMessage id="record.when" defaultMessage="Refused" />,
      cell: (one) => (
        <Link component="button" type="button" variant="body2" onClick={() => onOpen(one)}>
          {format.moment(one.recorded_at)}
        </Link>
      ),
      isFixed: true,
    },
    {
      key: 'reason',
      head: <FormattedMessage id="record.reason" defaultMessage="Why" />,
      cell: (one) => wordFor(intl, reasonWords, one.reason),
    },
    {
      key: 'type',
      head: <FormattedMessage id="record.type" defaultMessage="Type of event" />,
      cell: (one) => <bdi>{one.event_type ?? '–'}</bdi>,
      from: 'md',
    },
    {
      key: 'source',
      head: <FormattedMessage id="run.source" defaultMessage="Source" />,
      cell: (one) => <bdi>{one.source ?? '–'}</bdi>,
      from: 'sm',
    },
    {
      key: 'status',
      head: <FormattedMessage id="run.status" defaultMessage="State" />,
      cell: (one) => <StatusChip status={one.status} />,
      from: 'sm',
    },
  ];
}
