/** A labeled choice of one value out of few; the empty value means no choice. */
import { MenuItem, TextField } from '@mui/material';
import type { ReactNode } from 'react';

interface ChoiceProps<T extends string> {
  label: string;
  value: T | '';
  options: readonly { value: T; label: string }[];
  onChange: (value: T | undefined) => void;
  /** What the empty value is called; without it one of the options must be chosen. */
  none?: string;
  startAdornment?: ReactNode;
  minWidth?: number;
}

export function Choice<T extends string>(props: ChoiceProps<T>) {
  const { label, value, options, onChange, none, minWidth = 148 } = props;
  const known = value === '' || options.some((option) => option.value === value);
  const all = known ? options : [...options, { value, label: value }];
  return (
    <TextField
      select
      label={label}
      value={value}
      onChange={(event) => onChange(all.find((one) => one.value === event.target.value)?.value)}
      slotProps={{
        inputLabel: { shrink: true },
        select: {
          displayEmpty: none !== undefined,
          MenuProps: { slotProps: { paper: { sx: { maxHeight: 420 } } } },
        },
      }}
      sx={{ minWidth, maxWidth: 280, '& .MuiSelect-select': { unicodeBidi: 'plaintext' } }}
    >
      {none !== undefined && <MenuItem value="">{none}</MenuItem>}
      {all.map((option) => (
        <MenuItem key={option.value} value={option.value} sx={{ unicodeBidi: 'plaintext' }}>
          {option.label}
        </MenuItem>
      ))}
    </TextField>
  );
}
