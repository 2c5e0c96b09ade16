/** The exports asked for here, each with its state and what can be done with it. */
import { Box, Button, LinearProgress, Paper, Stack, Typography } from '@mui/material';
import { FormattedMessage, useIntl } from 'react-intl';
import { useCancelExport } from '../api/cancel-export';
import { isUnderWay, useExport } from '../api/get-export';
import { download } from '../download';
import { forget, useKnownExports } from '../known-exports';
import { EmptyState } from '@/components/empty-state';
import { ErrorPanel } from '@/components/error-panel';
import { StatusChip } from '@/components/status-chip';
import { useFormat } from '@/components/use-format';
import { useAccount } from '@/lib/account';
import type { ExportStatus } from '@/lib/api';
import { asProblem } from '@/lib/problem';

export function ExportList() {
  const account = useAccount();
  const ids = useKnownExports(account.name);
  if (ids.length === 0) {
    return (
      <EmptyState title={<FormattedMessage id="exports.none" defaultMessage="No exports yet" />}>
        <FormattedMessage
          id="exports.none.why"
          defaultMessage="Open a report, choose what it shows, and press “Export PDF”. What you ask for in this browser is listed here."
        />
      </EmptyState>
    );
  }
  return (
    <Stack spacing={1.5} component="ul" sx={{ p: 0, m: 0, listStyle: 'none' }}>
      {ids.map((id) => (
        <Paper key={id} component="li" variant="outlined" sx={{ p: 2 }}>
          <OneExport exportId={id} onForget={() => forget(account.name, id)} />
        </Paper>
      ))}
    </Stack>
  );
}

function OneExport({ exportId, onForget }: { exportId: string; onForget: () => void }) {
  const { data, error, refetch } = useExport(exportId);
  if (data) return <Shown status={data} onForget={onForget} />;
  if (!error) return <LinearProgress />;
  const isGone = asProblem(error, undefined).status === 404;
  return (
    <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1, alignItems: 'center' }}>
      <Box sx={{ flexGrow: 1 }}>
        {isGone ? (
          <FormattedMessage id="exports.gone" defaultMessage="This export is not kept any more." />
        ) : (
          <ErrorPanel error={error} onRetry={() => void refetch()} />
        )}
      </Box>
      <ForgetButton onForget={onForget} />
    </Box>
  );
}

function Shown({ status, onForget }: { status: ExportStatus; onForget: () => void }) {
  const intl = useIntl();
  const format = useFormat();
  const cancel = useCancelExport(status.export_id);
  return (
    <Box sx={{ display: 'flex', flexWrap: 'wrap', columnGap: 2, rowGap: 1, alignItems: 'center' }}>
      <Box sx={{ flex: '1 1 260px', minWidth: 0 }}>
        <Typography sx={{ fontWeight: 600 }}>
          <Title status={status} />
        </Typography>
        <Typography variant="caption" color="textSecondary" component="p">
          <FormattedMessage
            id="exports.asked"
            defaultMessage="Asked {moment}, as of {day}, digest {digest}"
            values={{
              moment: format.moment(status.requested_at),
              day: format.day(status.as_of),
              digest: <code>{status.digest.slice(0, 12)}…</code>,
            }}
          />
        </Typography>
        {status.problem && <Typography variant="body2">{status.problem}</Typography>}
        {isUnderWay(status) && (
          <LinearProgress
            sx={{ mt: 1, maxWidth: 420 }}
            variant={status.progress_percent > 0 ? 'determinate' : 'indeterminate'}
            value={status.progress_percent}
            aria-label={intl.formatMessage({ id: 'export.progress', defaultMessage: 'Progress' })}
          />
        )}
      </Box>
      <StatusChip status={status.state} />
      {isUnderWay(status) ? (
        <Button variant="outlined" loading={cancel.isPending} onClick={() => cancel.mutate()}>
          <FormattedMessage id="exports.cancel" defaultMessage="Cancel" />
        </Button>
      ) : (
        <ForgetButton onForget={onForget} />
      )}
      {status.state === 'ready' && (
        <Button variant="contained" onClick={() => void download(status.export_id)}>
          <FormattedMessage
            id="exports.download"
            defaultMessage="Download{pages, plural, =0 {} one { (# page)} other { (# pages)}}"
            values={{ pages: status.file?.page_count ?? 0 }}
          />
        </Button>
      )}
    </Box>
  );
}

function Title({ status }: { status: ExportStatus }) {
  const format = useFormat();
  const { start_date: start, end_date: end } = status.parameters;
  if (typeof start === 'string' && typeof end === 'string') {
    return (
      <FormattedMessage
        id="exports.title"
        defaultMessage="{report, select, revenue {Revenue} outstanding {Outstanding} other {Payment history}}, {start} – {end}"
        values={{ report: status.report, start: format.day(start), end: format.day(end) }}
      />
    );
  }
  return (
    <FormattedMessage
      id="exports.title.plain"
      defaultMessage="{report, select, revenue {Revenue} outstanding {Outstanding} other {Payment history}}"
      values={{ report: status.report }}
    />
  );
}

function ForgetButton({ onForget }: { onForget: () => void }) {
  return (
    <Button color="inherit" onClick={onForget}>
      <FormattedMessage id="exports.forget" defaultMessage="Remove from list" />
    </Button>
  );
}
