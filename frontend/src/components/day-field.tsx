/** One calendar day, typed or picked: told once it is whole and in reach, else said to be neither. */
import { TextField } from '@mui/material';
import { type KeyboardEvent, useState } from 'react';
import { type IntlShape, useIntl } from 'react-intl';
import { useFormat } from './use-format';
import { type Day, isDay } from '@/lib/dates';

interface DayFieldProps {
  label: string;
  value: Day | undefined;
  onChange: (day: Day | undefined) => void;
  min?: Day;
  max?: Day;
  id?: string;
  /** Told with every key that makes a day: right where telling asks for nothing yet. */
  isImmediate?: boolean;
  /** What is said of a day after `max`. */
  tooLate?: (max: string) => string;
}

interface Draft {
  text: string;
  /** Whether parts of the day are missing. */
  isHalf: boolean;
}

// A year being typed goes through 0002, 0020 and 0202.
const FIRST = '1900-01-01';
const LAST = '2199-12-31';
const TYPING = /^(\d|Backspace|Delete|ArrowUp|ArrowDown)$/;

export function DayField(props: DayFieldProps) {
  const { label, value, onChange, min = FIRST, max = LAST, id, isImmediate, tooLate } = props;
  const intl = useIntl();
  const format = useFormat();
  const [isTyping, setTyping] = useState(false);
  const [draft, setDraft] = useDraft(value, isTyping);
  const shown = draft ?? { text: value ?? '', isHalf: false };
  const problem = isTyping ? undefined : problemOf(shown, min, max);
  const bound = format.day(problem === 'late' ? max : min);

  function settle(input: HTMLInputElement) {
    const left = draftOf(input);
    setTyping(false);
    setDraft(left.text === '' && !left.isHalf ? undefined : left);
    if (!problemOf(left, min, max) && left.text !== (value ?? '')) onChange(left.text || undefined);
  }

  function type(input: HTMLInputElement) {
    const typed = draftOf(input);
    setDraft(typed);
    if (isImmediate) onChange(problemOf(typed, min, max) ? undefined : typed.text || undefined);
  }

  function onKeyDown(event: KeyboardEvent<HTMLInputElement>) {
    if (event.key === 'Enter') settle(event.currentTarget);
    else if (!event.altKey && TYPING.test(event.key)) setTyping(true);
  }

  return (
    <TextField
      type="date"
      id={id}
      label={label}
      value={shown.text}
      error={problem !== undefined}
      helperText={
        problem === 'late' && tooLate ? tooLate(bound) : problem && said(problem, bound, intl)
      }
      onChange={({ target }) => {
        if (isTyping) type(target as HTMLInputElement);
        // Picked in the calendar or pasted, a day is whole at once.
        else settle(target as HTMLInputElement);
      }}
      slotProps={{
        inputLabel: { shrink: true },
        htmlInput: {
          min,
          max,
          onKeyDown,
          onPointerDown: () => setTyping(false),
          onBlur: ({ currentTarget }: { currentTarget: HTMLInputElement }) => settle(currentTarget),
        },
        formHelperText: { role: problem && 'alert' },
      }}
      sx={{ width: 160 }}
    />
  );
}

/** What stands in the field and may not be told yet; gone once another day comes from elsewhere. */
function useDraft(value: Day | undefined, isTyping: boolean) {
  const [draft, setDraft] = useState<Draft>();
  const [before, setBefore] = useState(value);
  if (value !== before) {
    setBefore(value);
    if (!isTyping) setDraft(undefined);
  }
  return [draft, setDraft] as const;
}

function draftOf({ value, validity }: Pick<HTMLInputElement, 'value' | 'validity'>): Draft {
  return { text: value, isHalf: validity.badInput };
}

type Problem = 'half' | 'early' | 'late';

function problemOf({ text, isHalf }: Draft, min: Day, max: Day): Problem | undefined {
  if (isHalf || (text !== '' && !isDay(text))) return 'half';
  if (text === '') return undefined;
  if (text < min) return 'early';
  return text > max ? 'late' : undefined;
}

function said(problem: Problem, day: string, intl: IntlShape): string {
  switch (problem) {
    case 'half':
      return intl.formatMessage({ id: 'day.half', defaultMessage: 'Give month, day and year.' });
    case 'early':
      return intl.formatMessage(
        { id: 'day.early', defaultMessage: '{day} at the earliest.' },
        { day },
      );
    case 'late':
      return intl.formatMessage(
        { id: 'day.late', defaultMessage: '{day} at the latest.' },
        { day },
      );
  }
}
