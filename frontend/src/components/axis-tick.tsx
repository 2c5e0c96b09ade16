/** A word at an axis, written without measuring: what is asked of the layout while drawing, waits for it. */
import type { XAxisTickContentProps, YAxisTickContentProps } from 'recharts';
import { role } from '@/theme/theme';

export const FONT_SIZE = 12;

/** From the baseline of a line of words to its top, and to its middle. */
const DOWN = { start: '0.71em', middle: '0.355em', end: '0' };

export function axisTick(props: XAxisTickContentProps | YAxisTickContentProps) {
  const { x, y, index, payload, textAnchor, verticalAnchor, tickFormatter } = props;
  const value: unknown = payload.value;
  return (
    <text
      x={x}
      y={y}
      dy={DOWN[verticalAnchor]}
      textAnchor={textAnchor}
      fontSize={FONT_SIZE}
      fill={role('textQuiet')}
    >
      {tickFormatter ? tickFormatter(value, index) : String(value)}
    </text>
  );
}
