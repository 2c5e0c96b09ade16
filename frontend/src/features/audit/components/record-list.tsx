/** Records of the audit log, the newest first, a hundred at a time. */
import { Box, Link } from '@mui/material';
import { useState } from 'react';
import { FormattedMessage, useIntl } from 'react-intl';
import { RECORD_ROWS, useRecords } from '../api/list-records';
import type { RecordsQuestion } from '../search';
import { RecordDrawer } from './record-drawer';
import { type Column, DataTable } from '@/components/data-table';
import { EmptyState } from '@/components/empty-state';
import { ErrorPanel } from '@/components/error-panel';
import { Pager } from '@/components/pager';
import { ReportSkeleton } from '@/components/report-skeleton';
import { OutcomeChip } from './outcome-chip';
import { type Format, useFormat } from '@/components/use-format';
import type { AuditEntry } from '@/lib/api';

export function RecordList({ question }: { question: RecordsQuestion }) {
  const intl = useIntl();
  const format = useFormat();
  const [cursors, setCursors] = useState<(string | undefined)[]>([undefined]);
  const [opened, setOpened] = useState<AuditEntry>();
  const { data, error, refetch, isPlaceholderData } = useRecords(question, cursors.at(-1));
  if (!data) {
    if (error) return <ErrorPanel error={error} onRetry={() => void refetch()} />;
    return <ReportSkeleton />;
  }
  const next = isPlaceholderData ? null : data.page.next;
  return (
    <>
      {error && (
        <Box sx={{ mb: 2 }}>
          <ErrorPanel error={error} onRetry={() => void refetch()} />
        </Box>
      )}
      {data.records.length === 0 ? (
        <NoRecords />
      ) : (
        <DataTable
          caption={intl.formatMessage({ id: 'audit.records', defaultMessage: 'Audit records' })}
          columns={recordColumns(format, setOpened)}
          rows={data.records}
          rowKey={(one) => String(one.sequence)}
        />
      )}
      <Pager
        first={(cursors.length - 1) * RECORD_ROWS + 1}
        count={data.records.length}
        onPrevious={cursors.length > 1 ? () => setCursors(cursors.slice(0, -1)) : undefined}
        onNext={next ? () => setCursors([...cursors, next]) : undefined}
      />
      <RecordDrawer record={opened} onClose={() => setOpened(undefined)} />
    </>
  );
}

function recordColumns(format: Format, onOpen: (record: AuditEntry) => void): Column<AuditEntry>[] {
  return [
    {
      key: 'when',
      head: <FormattedMessage id="audit.when" defaultMessage="When" />,
      cell: (one) => (
        <Link component="button" type="button" variant="body2" onClick={() => onOpen(one)}>
          {format.moment(one.occurred_at)}
        </Link>
      ),
      isFixed: true,
    },
    {
      key: 'who',
      head: <FormattedMessage id="audit.actor" defaultMessage="Who" />,
      cell: (one) => <bdi>{one.actor}</bdi>,
    },
    {
      key: 'role',
      head: <FormattedMessage id="audit.role" defaultMessage="Role" />,
      cell: (one) => one.role ?? '–',
      from: 'md',
    },
    {
      key: 'action',
      head: <FormattedMessage id="audit.action" defaultMessage="Act" />,
      cell: (one) => one.action,
      isFixed: true,
    },
    {
      key: 'resource',
      head: <FormattedMessage id="audit.on" defaultMessage="On what" />,
      cell: (one) => (
        <Box component="bdi" sx={{ overflowWrap: 'anywhere' }}>
          {one.resource}
        </Box>
      ),
      from: 'md',
    },
    {
      key: 'outcome',
      head: <FormattedMessage id="audit.outcome" defaultMessage="Outcome" />,
      cell: (one) => <OutcomeChip outcome={one.outcome} />,
      from: 'sm',
    },
  ];
}

function NoRecords() {
  return (
    <EmptyState
      title={<FormattedMessage id="audit.none" defaultMessage="No record fits the filters" />}
    >
      <FormattedMessage
        id="audit.none.why"
        defaultMessage="Every sign-in and every report viewed is in the log within seconds, so nothing like this happened in these days."
      />
    </EmptyState>
  );
}
