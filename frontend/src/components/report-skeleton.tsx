/** Where a report will be, while its first answer is on its way. */
import { Paper, Skeleton, Stack } from '@mui/material';
import { useIntl } from 'react-intl';

export function ReportSkeleton() {
  const intl = useIntl();
  return (
    <Stack
      spacing={2.5}
      role="status"
      aria-label={intl.formatMessage({ id: 'waiting', defaultMessage: 'Loading' })}
    >
      {[116, 420].map((height) => (
        <Paper key={height} variant="outlined" sx={{ p: 2.5 }}>
          <Skeleton width={160} height={24} />
          <Skeleton variant="rounded" height={height - 60} sx={{ mt: 1.5 }} />
        </Paper>
      ))}
    </Stack>
  );
}
