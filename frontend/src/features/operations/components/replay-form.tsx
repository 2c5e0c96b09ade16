/** Puts fields of a refused record right and has it judged again. */
import { Button, IconButton, Stack, TextField, Typography } from '@mui/material';
import { Plus, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { FormattedMessage, useIntl } from 'react-intl';
import { useReplay } from '../api/replay-record';
import { type Correction, FIELDS, valueOf, WHOLE_NUMBERS } from '../corrections';
import { Choice } from '@/components/choice';
import { ErrorPanel } from '@/components/error-panel';
import type { QuarantinedRecord } from '@/lib/api';

export function ReplayForm({ record }: { record: QuarantinedRecord }) {
  const [corrections, setCorrections] = useState<Correction[]>([]);
  const replay = useReplay(record.quarantine_id);
  const free = FIELDS.filter((field) => !corrections.some((one) => one.field === field));
  const values = corrections.map((one) => [one.field, valueOf(one)] as const);
  const next = free.find((field) => field in record.fields) ?? free[0];

  function change(place: number, correction: Correction) {
    setCorrections(corrections.map((one, at) => (at === place ? correction : one)));
  }

  function submit() {
    const known = values.flatMap(([field, value]) => (value === null ? [] : [[field, value]]));
    replay.mutate(Object.fromEntries(known) as Record<string, string | number>);
  }

  return (
    <Stack
      component="form"
      aria-labelledby="replay-title"
      spacing={1.5}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <Typography id="replay-title" variant="h2" component="h3">
        <FormattedMessage id="replay" defaultMessage="Replay" />
      </Typography>
      <Typography variant="body2" color="textSecondary">
        <FormattedMessage
          id="replay.why"
          defaultMessage="It is judged again as Kafka holds it, with the fields you put right here. What passes is published under its own id."
        />
      </Typography>
      {replay.error && <ErrorPanel error={replay.error} />}
      {corrections.map((one, place) => (
        <CorrectionRow
          key={one.field}
          correction={one}
          free={free}
          known={record.fields}
          onChange={(changed) => change(place, changed)}
          onRemove={() => setCorrections(corrections.filter((_one, at) => at !== place))}
        />
      ))}
      <Stack direction="row" sx={{ flexWrap: 'wrap', gap: 1 }}>
        {next && (
          <Button
            startIcon={<Plus size={16} aria-hidden />}
            onClick={() =>
              setCorrections([...corrections, { field: next, text: textOf(record.fields[next]) }])
            }
          >
            <FormattedMessage id="replay.add" defaultMessage="Correct a field" />
          </Button>
        )}
        <Button
          type="submit"
          variant="contained"
          loading={replay.isPending}
          disabled={values.some(([, value]) => value === null)}
        >
          <FormattedMessage id="replay.do" defaultMessage="Replay the record" />
        </Button>
      </Stack>
    </Stack>
  );
}

interface CorrectionRowProps {
  correction: Correction;
  free: readonly Correction['field'][];
  known: QuarantinedRecord['fields'];
  onChange: (correction: Correction) => void;
  onRemove: () => void;
}

function CorrectionRow({ correction, free, known, onChange, onRemove }: CorrectionRowProps) {
  const intl = useIntl();
  const { field, text } = correction;
  const isWrong = text !== '' && valueOf(correction) === null;
  return (
    <Stack direction="row" sx={{ flexWrap: 'wrap', gap: 1, alignItems: 'flex-start' }}>
      <Choice
        label={intl.formatMessage({ id: 'replay.field', defaultMessage: 'Field' })}
        value={field}
        options={[field, ...free].sort().map((value) => ({ value, label: value }))}
        onChange={(chosen) => chosen && onChange({ field: chosen, text: textOf(known[chosen]) })}
      />
      <TextField
        label={intl.formatMessage(
          { id: 'replay.value', defaultMessage: 'New value of {field}' },
          { field },
        )}
        value={text}
        error={isWrong}
        helperText={
          WHOLE_NUMBERS.includes(field) &&
          intl.formatMessage({
            id: 'replay.minor-units',
            defaultMessage: 'A whole number of minor units',
          })
        }
        onChange={(event) => onChange({ field, text: event.target.value })}
        slotProps={{
          inputLabel: { shrink: true },
          htmlInput: { maxLength: 128, autoComplete: 'off', dir: 'auto' },
        }}
        sx={{ flex: '1 1 180px' }}
      />
      <IconButton
        onClick={onRemove}
        aria-label={intl.formatMessage(
          { id: 'replay.remove', defaultMessage: 'Leave {field} as it is' },
          { field },
        )}
      >
        <Trash2 size={18} aria-hidden />
      </IconButton>
    </Stack>
  );
}

function textOf(value: string | number | undefined): string {
  return value === undefined ? '' : String(value);
}
