/** One calendar day, typed or picked; what is not a day yet is not told. */
import { TextField } from '@mui/material';
import { useState } from 'react';
import { type Day, isDay } from '@/lib/dates';

interface DayFieldProps {
  label: string;
  value: Day | undefined;
  onChange: (day: Day | undefined) => void;
  min?: Day;
  max?: Day;
  helperText?: string;
}

export function DayField({ label, value, onChange, min, max, helperText }: DayFieldProps) {
  const [typed, setTyped] = useState<string>();
  const shown = typed ?? value ?? '';
  return (
    <TextField
      type="date"
      label={label}
      value={shown}
      helperText={helperText}
      onChange={(event) => {
        const text = event.target.value;
        setTyped(text);
        const fits = isDay(text) && (!min || text >= min) && (!max || text <= max);
        if (text === '') onChange(undefined);
        else if (fits) onChange(text);
      }}
      onBlur={() => setTyped(undefined)}
      slotProps={{ inputLabel: { shrink: true }, htmlInput: { min, max } }}
      sx={{ width: 160 }}
    />
  );
}
