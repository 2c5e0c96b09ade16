/** What a run should read, and which of its safety stops are lifted. */
import {
  Button,
  Checkbox,
  Dialog,
  DialogActions,
  DialogContent,
  DialogTitle,
  FormControlLabel,
  Stack,
  Typography,
} from '@mui/material';
import { useState } from 'react';
import { FormattedMessage, useIntl } from 'react-intl';
import { useStartRun } from '../api/start-run';
import { modeExplanations, modeWords } from '../words';
import { Choice } from '@/components/choice';
import { DayField } from '@/components/day-field';
import { ErrorPanel } from '@/components/error-panel';
import type { RunWanted } from '@/lib/api';

const MODES = ['incremental', 'range', 'full', 'reconcile'] as const;

interface StartRunDialogProps {
  onClose: () => void;
  onStarted: (runId: string) => void;
}

export function StartRunDialog({ onClose, onStarted }: StartRunDialogProps) {
  const intl = useIntl();
  const [wanted, setWanted] = useState<RunWanted>({ mode: 'incremental' });
  const start = useStartRun();
  const mode = wanted.mode ?? 'incremental';
  const isComplete = mode !== 'range' || (wanted.start_date && wanted.end_date);
  const change = (part: RunWanted) => setWanted((before) => ({ ...before, ...part }));
  return (
    <Dialog open onClose={onClose} aria-labelledby="start-run" maxWidth="xs" fullWidth>
      <DialogTitle id="start-run">
        <FormattedMessage id="run.start" defaultMessage="Start a run" />
      </DialogTitle>
      <DialogContent>
        <Stack spacing={2} sx={{ pt: 1 }}>
          {start.error && <ErrorPanel error={start.error} />}
          <Choice
            label={intl.formatMessage({ id: 'run.mode', defaultMessage: 'What it reads' })}
            value={mode}
            options={MODES.map((value) => ({ value, label: intl.formatMessage(modeWords[value]) }))}
            onChange={(chosen) =>
              change({ mode: chosen ?? 'incremental', start_date: undefined, end_date: undefined })
            }
          />
          <Typography variant="body2" color="textSecondary" role="status">
            <FormattedMessage {...modeExplanations[mode]} />
          </Typography>
          {mode === 'range' && <RangeFields wanted={wanted} onChange={change} />}
          <Stops wanted={wanted} onChange={change} />
        </Stack>
      </DialogContent>
      <DialogActions>
        <Button onClick={onClose}>
          <FormattedMessage id="run.start.cancel" defaultMessage="Back" />
        </Button>
        <Button
          variant="contained"
          disabled={!isComplete}
          loading={start.isPending}
          onClick={() =>
            start.mutate(wanted, { onSuccess: (accepted) => onStarted(accepted.run_id) })
          }
        >
          <FormattedMessage id="run.start.do" defaultMessage="Start" />
        </Button>
      </DialogActions>
    </Dialog>
  );
}

interface PartProps {
  wanted: RunWanted;
  onChange: (part: RunWanted) => void;
}

function RangeFields({ wanted, onChange }: PartProps) {
  const intl = useIntl();
  return (
    <Stack direction="row" sx={{ flexWrap: 'wrap', gap: 2 }}>
      <DayField
        isImmediate
        label={intl.formatMessage({ id: 'run.first-day', defaultMessage: 'First day' })}
        value={wanted.start_date ?? undefined}
        max={wanted.end_date ?? undefined}
        onChange={(start_date) => onChange({ start_date })}
      />
      <DayField
        isImmediate
        label={intl.formatMessage({ id: 'run.last-day', defaultMessage: 'Last day' })}
        value={wanted.end_date ?? undefined}
        min={wanted.start_date ?? undefined}
        onChange={(end_date) => onChange({ end_date })}
      />
    </Stack>
  );
}

function Stops({ wanted, onChange }: PartProps) {
  return (
    <Stack>
      <FormControlLabel
        control={
          <Checkbox
            checked={wanted.accept_refusals ?? false}
            onChange={(_event, accept_refusals) => onChange({ accept_refusals })}
          />
        }
        label={
          <FormattedMessage
            id="run.accept-refusals"
            defaultMessage="Go on however many rows are refused"
          />
        }
      />
      <FormControlLabel
        control={
          <Checkbox
            checked={wanted.accept_deletions ?? false}
            onChange={(_event, accept_deletions) => onChange({ accept_deletions })}
          />
        }
        label={
          <FormattedMessage
            id="run.accept-deletions"
            defaultMessage="Take rows back however many are gone"
          />
        }
      />
    </Stack>
  );
}
