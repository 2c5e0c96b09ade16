/** A filter one types: it holds once Enter is pressed or the field is left. */
import { TextField } from '@mui/material';
import { useState } from 'react';
import { useIntl } from 'react-intl';

interface TypedFilterProps<T> {
  label: string;
  value: string | undefined;
  /** What the text means; null if nothing. */
  read: (text: string) => T | null;
  onChange: (value: T | undefined) => void;
}

export function TypedFilter<T>(props: TypedFilterProps<T>) {
  const { label, value = '', read, onChange } = props;
  const intl = useIntl();
  const [typed, setTyped] = useState<string>();
  const text = typed ?? value;
  const isWrong = typed !== undefined && typed !== '' && read(typed.trim()) === null;

  function settle() {
    if (typed === undefined || isWrong) return;
    setTyped(undefined);
    if (typed.trim() !== value) onChange(read(typed.trim()) ?? undefined);
  }

  return (
    <TextField
      label={label}
      value={text}
      error={isWrong}
      helperText={
        isWrong && intl.formatMessage({ id: 'filter.wrong', defaultMessage: 'Not understood' })
      }
      onChange={(event) => setTyped(event.target.value)}
      onBlur={settle}
      onKeyDown={(event) => event.key === 'Enter' && settle()}
      slotProps={{
        inputLabel: { shrink: true },
        htmlInput: { maxLength: 128, autoComplete: 'off' },
      }}
      sx={{ width: 148 }}
    />
  );
}
