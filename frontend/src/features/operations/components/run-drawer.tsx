/** One run in detail: how far it is, what it told, and whether source and reports agree since. */
import { Alert, Box, Button, LinearProgress, Stack, Typography } from '@mui/material';
import { FormattedMessage, useIntl } from 'react-intl';
import { useCancelRun } from '../api/cancel-run';
import { isUnderWay, useRun } from '../api/get-run';
import { modeWords, wordFor } from '../words';
import { RunFigures } from './run-figures';
import { RunReconciled } from './run-reconciled';
import { SideSheet } from '@/components/side-sheet';
import { ErrorPanel } from '@/components/error-panel';
import { ReportSkeleton } from '@/components/report-skeleton';
import { StatusChip } from '@/components/status-chip';
import { may, useAccount } from '@/lib/account';
import type { Run } from '@/lib/api';

interface RunDrawerProps {
  runId: string | undefined;
  onClose: () => void;
}

export function RunDrawer({ runId, onClose }: RunDrawerProps) {
  return (
    <SideSheet
      open={runId !== undefined}
      title={<FormattedMessage id="run.one" defaultMessage="Run" />}
      onClose={onClose}
    >
      {runId && <Detail runId={runId} />}
    </SideSheet>
  );
}

function Detail({ runId }: { runId: string }) {
  const { data, error, refetch } = useRun(runId);
  if (data) return <RunDetail run={data} />;
  if (error) return <ErrorPanel error={error} onRetry={() => void refetch()} />;
  return <ReportSkeleton />;
}

function RunDetail({ run }: { run: Run }) {
  const intl = useIntl();
  const account = useAccount();
  return (
    <Stack spacing={2.5}>
      <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1, alignItems: 'center' }} role="status">
        <StatusChip status={run.status} />
        <Typography variant="body2" color="textSecondary">
          {wordFor(intl, modeWords, run.mode)}, <bdi>{run.source}</bdi>
        </Typography>
      </Box>
      {run.error && <Alert severity="error">{run.error}</Alert>}
      {run.reports_stopped && <ReportsStopped problem={run.reports_stopped} />}
      {isUnderWay(run) && (
        <>
          <Progress run={run} />
          {may(account, 'runs:decide') && <CancelButton run={run} />}
        </>
      )}
      <RunFigures run={run} />
      <RunReconciled run={run} />
    </Stack>
  );
}

function ReportsStopped({ problem }: { problem: string }) {
  return (
    <Alert severity="error">
      <FormattedMessage
        id="run.reports_stopped"
        defaultMessage="The reports stand still and do not hold all that this run told: {problem}. Nothing is lost; see the refused records. “aggregator refusals accept” lets the reports go on."
        values={{ problem }}
      />
    </Alert>
  );
}

function Progress({ run }: { run: Run }) {
  const intl = useIntl();
  const share = run.expected ? Math.min(100, (100 * run.read) / run.expected) : undefined;
  return (
    <LinearProgress
      variant={share === undefined ? 'indeterminate' : 'determinate'}
      {...(share !== undefined && { value: share })}
      aria-label={intl.formatMessage({ id: 'export.progress', defaultMessage: 'Progress' })}
    />
  );
}

function CancelButton({ run }: { run: Run }) {
  const cancel = useCancelRun(run.run_id);
  if (run.cancel_requested_by) {
    return (
      <Typography variant="body2" color="textSecondary">
        <FormattedMessage
          id="run.stopping"
          defaultMessage="{name} asked it to stop; it ends with the chunk it is at."
          values={{ name: <bdi>{run.cancel_requested_by}</bdi> }}
        />
      </Typography>
    );
  }
  return (
    <>
      {cancel.error && <ErrorPanel error={cancel.error} />}
      <Button
        variant="outlined"
        loading={cancel.isPending}
        onClick={() => cancel.mutate()}
        sx={{ alignSelf: 'flex-start' }}
      >
        <FormattedMessage id="run.cancel" defaultMessage="Stop this run" />
      </Button>
    </>
  );
}
