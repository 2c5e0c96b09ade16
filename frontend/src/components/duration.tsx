/** A length of time in the largest unit that fits. */
import { FormattedNumber } from 'react-intl';

const UNITS = [
  { unit: 'day', seconds: 86_400 },
  { unit: 'hour', seconds: 3_600 },
  { unit: 'minute', seconds: 60 },
  { unit: 'second', seconds: 1 },
] as const;

export function Duration({ seconds }: { seconds: number }) {
  const fitting = UNITS.find((one) => seconds >= one.seconds) ?? UNITS[3];
  return (
    <FormattedNumber
      value={seconds / fitting.seconds}
      style="unit"
      unit={fitting.unit}
      unitDisplay="short"
      maximumFractionDigits={1}
    />
  );
}
