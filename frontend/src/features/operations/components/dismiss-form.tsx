/** Says of a refused record that it needs nothing more; that is final. */
import { Button, Stack, Typography } from '@mui/material';
import { useState } from 'react';
import { FormattedMessage, useIntl } from 'react-intl';
import { type DismissalReason, useDismiss } from '../api/dismiss-record';
import { dismissalWords } from '../words';
import { Choice } from '@/components/choice';
import { ErrorPanel } from '@/components/error-panel';

const REASONS = ['mended_at_source', 'not_needed', 'duplicate'] as const;

export function DismissForm({ quarantineId }: { quarantineId: number }) {
  const intl = useIntl();
  const [reason, setReason] = useState<DismissalReason>();
  const dismiss = useDismiss(quarantineId);
  return (
    <Stack component="section" aria-labelledby="dismiss-title" spacing={1.5}>
      <Typography id="dismiss-title" variant="h2" component="h3">
        <FormattedMessage id="dismiss" defaultMessage="Dismiss" />
      </Typography>
      <Typography variant="body2" color="textSecondary">
        <FormattedMessage
          id="dismiss.why"
          defaultMessage="It needs nothing more and stays out of every report. This cannot be taken back."
        />
      </Typography>
      {dismiss.error && <ErrorPanel error={dismiss.error} />}
      <Stack direction="row" sx={{ flexWrap: 'wrap', gap: 1, alignItems: 'center' }}>
        <Choice
          label={intl.formatMessage({ id: 'dismiss.reason', defaultMessage: 'Because it was' })}
          none={intl.formatMessage({ id: 'dismiss.choose', defaultMessage: 'Choose' })}
          value={reason ?? ''}
          options={REASONS.map((value) => ({
            value,
            label: intl.formatMessage(dismissalWords[value]),
          }))}
          onChange={setReason}
          minWidth={200}
        />
        <Button
          variant="outlined"
          disabled={reason === undefined}
          loading={dismiss.isPending}
          onClick={() => reason && dismiss.mutate(reason)}
        >
          <FormattedMessage id="dismiss.do" defaultMessage="Dismiss the record" />
        </Button>
      </Stack>
    </Stack>
  );
}
