/** One export: what it is of, how far it is, and what can be done with it. */
import { Box, Button, LinearProgress, Typography } from '@mui/material';
import { FormattedMessage, useIntl } from 'react-intl';
import { useCancelExport } from '../api/cancel-export';
import { isUnderWay, useExport } from '../api/get-export';
import { useRetryExport } from '../api/retry-export';
import { download } from '../download';
import { StatusChip } from '@/components/status-chip';
import { useFormat } from '@/components/use-format';
import type { ExportStatus } from '@/lib/api';

export function ExportItem({ listed }: { listed: ExportStatus }) {
  const intl = useIntl();
  const format = useFormat();
  const { data: status = listed } = useExport(listed.export_id, listed);
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
      <Actions status={status} />
    </Box>
  );
}

function Actions({ status }: { status: ExportStatus }) {
  const cancel = useCancelExport(status.export_id);
  const retry = useRetryExport(status.export_id);
  if (isUnderWay(status)) {
    return (
      <Button variant="outlined" loading={cancel.isPending} onClick={() => cancel.mutate()}>
        <FormattedMessage id="exports.cancel" defaultMessage="Cancel" />
      </Button>
    );
  }
  if (status.state === 'ready') {
    return (
      <Button variant="contained" onClick={() => void download(status.export_id)}>
        <FormattedMessage
          id="exports.download"
          defaultMessage="Download{pages, plural, =0 {} one { (# page)} other { (# pages)}}"
          values={{ pages: status.file?.page_count ?? 0 }}
        />
      </Button>
    );
  }
  return (
    <Button variant="outlined" loading={retry.isPending} onClick={() => retry.mutate()}>
      <FormattedMessage id="exports.retry" defaultMessage="Make it again" />
    </Button>
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
