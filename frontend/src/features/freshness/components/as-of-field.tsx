/** For which day the figures are; today if nothing is chosen. */
import { useIntl } from 'react-intl';
import { DayField } from '@/components/day-field';
import type { Day } from '@/lib/dates';

interface AsOfFieldProps {
  value: Day | undefined;
  today: Day;
  onChange: (day: Day | undefined) => void;
}

export function AsOfField({ value, today, onChange }: AsOfFieldProps) {
  const intl = useIntl();
  return (
    <DayField
      label={intl.formatMessage({ id: 'as-of', defaultMessage: 'As of' })}
      value={value ?? today}
      max={today}
      onChange={(day) => onChange(day === today ? undefined : day)}
    />
  );
}
