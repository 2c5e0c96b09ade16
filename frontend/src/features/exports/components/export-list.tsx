/** One's own exports, the latest first. */
import { Button, LinearProgress, Paper, Stack } from '@mui/material';
import { FormattedMessage, useIntl } from 'react-intl';
import { useExports } from '../api/list-exports';
import { ExportItem } from './export-item';
import { EmptyState } from '@/components/empty-state';
import { ErrorPanel } from '@/components/error-panel';

export function ExportList() {
  const intl = useIntl();
  const { data, error, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } = useExports();
  if (!data) {
    if (error) return <ErrorPanel error={error} onRetry={() => void refetch()} />;
    return (
      <LinearProgress
        aria-label={intl.formatMessage({ id: 'waiting', defaultMessage: 'Loading' })}
      />
    );
  }
  const shown = data.pages.flatMap((page) => page.exports);
  if (shown.length === 0) {
    return (
      <EmptyState title={<FormattedMessage id="exports.none" defaultMessage="No exports yet" />}>
        <FormattedMessage
          id="exports.none.why"
          defaultMessage="Open a report, choose what it shows, and press “Export PDF”. Your documents are then listed here."
        />
      </EmptyState>
    );
  }
  return (
    <>
      <Stack spacing={1.5} component="ul" sx={{ p: 0, m: 0, listStyle: 'none' }}>
        {shown.map((status) => (
          <Paper key={status.export_id} component="li" variant="outlined" sx={{ p: 2 }}>
            <ExportItem listed={status} />
          </Paper>
        ))}
      </Stack>
      {hasNextPage && (
        <Button sx={{ mt: 2 }} loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          <FormattedMessage id="exports.more" defaultMessage="Show earlier ones" />
        </Button>
      )}
    </>
  );
}
