/** Over a report: that its figures are old, from another day, or that nobody answers any more. */
import { Alert, Button, Stack } from '@mui/material';
import { FormattedMessage, FormattedTime } from 'react-intl';
import { focusAsOf } from './as-of-field';
import { useFormat } from '@/components/use-format';
import type { Meta } from '@/lib/api';
import { asProblem } from '@/lib/problem';

interface TroubleBannerProps {
  meta: Meta | undefined;
  /** Of the last attempt, while figures of an earlier one are still on screen. */
  error: unknown;
  shownSince: number;
  asOf: string | undefined;
  onToday: () => void;
}

export function TroubleBanner({ meta, error, shownSince, asOf, onToday }: TroubleBannerProps) {
  const format = useFormat();
  return (
    <Stack spacing={1} sx={{ '&:not(:empty)': { mb: 2 } }} role="status">
      {error != null && meta && (
        <Alert severity="warning">
          {asProblem(error, undefined).status === 0 ? (
            <FormattedMessage
              id="trouble.away"
              defaultMessage="Careledger cannot be reached. These are the figures of {time}; it is tried again by itself."
              values={{ time: <FormattedTime value={shownSince} timeStyle="short" /> }}
            />
          ) : (
            <FormattedMessage
              id="trouble.failing"
              defaultMessage="The last update did not succeed. These are the figures of {time}."
              values={{ time: <FormattedTime value={shownSince} timeStyle="short" /> }}
            />
          )}
        </Alert>
      )}
      {error == null && meta?.stale && meta.data_through && (
        <Alert severity="warning">
          <FormattedMessage
            id="trouble.stale"
            defaultMessage="Stale since {moment}: what came in later is not in these figures yet."
            values={{ moment: format.moment(meta.data_through) }}
          />
        </Alert>
      )}
      {asOf && (
        <Alert
          severity="info"
          action={
            <Button
              color="inherit"
              onClick={() => {
                onToday();
                focusAsOf();
              }}
              sx={{ whiteSpace: 'nowrap' }}
            >
              <FormattedMessage id="as-of.today" defaultMessage="Back to today" />
            </Button>
          }
        >
          <FormattedMessage
            id="as-of.past"
            defaultMessage="Figures as of {day}, counting only what is dated up to then."
            values={{ day: format.day(asOf) }}
          />
        </Alert>
      )}
    </Stack>
  );
}
