/** One refused record: what is kept of it, and for who may decide, what to do about it. */
import { Alert, Box, Divider, Stack, Typography } from '@mui/material';
import { FormattedMessage, useIntl } from 'react-intl';
import { useRecord } from '../api/get-record';
import { obstacleOf } from '../corrections';
import { dismissalWords, reasonWords, wordFor } from '../words';
import { DismissForm } from './dismiss-form';
import { RecordFacts } from './record-facts';
import { ReplayForm } from './replay-form';
import { SideSheet } from '@/components/side-sheet';
import { ErrorPanel } from '@/components/error-panel';
import { ReportSkeleton } from '@/components/report-skeleton';
import { StatusChip } from '@/components/status-chip';
import { useFormat } from '@/components/use-format';
import { may, useAccount } from '@/lib/account';
import type { QuarantinedRecord } from '@/lib/api';

interface RecordDrawerProps {
  quarantineId: number | undefined;
  onClose: () => void;
}

export function RecordDrawer({ quarantineId, onClose }: RecordDrawerProps) {
  return (
    <SideSheet
      open={quarantineId !== undefined}
      title={<FormattedMessage id="record.one" defaultMessage="Quarantined record" />}
      onClose={onClose}
    >
      {quarantineId !== undefined && <Detail quarantineId={quarantineId} />}
    </SideSheet>
  );
}

function Detail({ quarantineId }: { quarantineId: number }) {
  const { data, error, refetch } = useRecord(quarantineId);
  if (data) return <RecordDetail record={data} />;
  if (error) return <ErrorPanel error={error} onRetry={() => void refetch()} />;
  return <ReportSkeleton />;
}

function RecordDetail({ record }: { record: QuarantinedRecord }) {
  const intl = useIntl();
  const account = useAccount();
  return (
    <Stack spacing={2.5}>
      <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1, alignItems: 'center' }} role="status">
        <StatusChip status={record.status} />
        <Typography variant="body2" color="textSecondary">
          <Decided record={record} />
        </Typography>
      </Box>
      <Box>
        <Typography variant="h3">{wordFor(intl, reasonWords, record.reason)}</Typography>
        <Typography variant="body2">{record.problem}</Typography>
      </Box>
      <RecordFacts record={record} />
      {record.status === 'open' && may(account, 'runs:decide') && (
        <>
          <Divider />
          <Replay record={record} />
          <Divider />
          <DismissForm quarantineId={record.quarantine_id} />
        </>
      )}
    </Stack>
  );
}

function Replay({ record }: { record: QuarantinedRecord }) {
  const obstacle = obstacleOf(record);
  if (obstacle === null) return <ReplayForm record={record} />;
  return (
    <Alert severity="info">
      {obstacle === 'row' ? (
        <FormattedMessage
          id="replay.row"
          defaultMessage="It is a row of a practice’s database: mend it there, and the next run reads it."
        />
      ) : (
        <FormattedMessage
          id="replay.conflict"
          defaultMessage="Its identity belongs to the event that was told first. If that one was wrong, its source has to send a correction."
        />
      )}
    </Alert>
  );
}

function Decided({ record }: { record: QuarantinedRecord }) {
  const intl = useIntl();
  const format = useFormat();
  if (!record.decided_at) {
    return (
      <FormattedMessage
        id="record.open"
        defaultMessage="It is in no report until it is replayed."
      />
    );
  }
  const values = { name: <bdi>{record.decided_by}</bdi>, at: format.moment(record.decided_at) };
  if (record.status === 'replayed') {
    return (
      <FormattedMessage
        id="record.replayed"
        defaultMessage="By {name}, {at}; published at {place}"
        values={{ ...values, place: <code>{record.became}</code> }}
      />
    );
  }
  return (
    <FormattedMessage
      id="record.dismissed"
      defaultMessage="By {name}, {at}: {why}"
      values={{ ...values, why: wordFor(intl, dismissalWords, record.dismissed_as ?? '') }}
    />
  );
}
