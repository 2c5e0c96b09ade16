/** For which day the figures are; today if nothing is chosen. */
import { useIntl } from 'react-intl';
import { DayField } from '@/components/day-field';
import type { Day } from '@/lib/dates';

const AS_OF_ID = 'as-of';

/** Take the reader to the field, from something that leaves the page. */
export function focusAsOf(): void {
  document.getElementById(AS_OF_ID)?.focus();
}

interface AsOfFieldProps {
  value: Day | undefined;
  today: Day;
  onChange: (day: Day | undefined) => void;
}

export function AsOfField({ value, today, onChange }: AsOfFieldProps) {
  const intl = useIntl();
  return (
    <DayField
      id={AS_OF_ID}
      label={intl.formatMessage({ id: 'as-of', defaultMessage: 'As of' })}
      value={value ?? today}
      max={today}
      tooLate={(latest) =>
        intl.formatMessage(
          {
            id: 'as-of.late',
            defaultMessage: 'There are figures up to {latest}; a later day is still to come.',
          },
          { latest },
        )
      }
      onChange={(day) => onChange(day === today ? undefined : day)}
    />
  );
}
