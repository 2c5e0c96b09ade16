/** Makes the points of a chart open by Enter, as they do by click: the arrow keys already walk there. */
import { Box } from '@mui/material';
import { visuallyHidden } from '@mui/utils';
import {
  createContext,
  type KeyboardEvent,
  type ReactNode,
  type RefObject,
  use,
  useEffect,
  useRef,
  useState,
} from 'react';
import { defineMessage, FormattedMessage } from 'react-intl';
import { useActiveTooltipLabel, useIsTooltipActive } from 'recharts';

type Label = string | number | undefined;

/** Told to screen readers with the chart. */
export const chartHint = defineMessage({
  id: 'chart.hint',
  defaultMessage: 'Arrow keys walk through the chart, Enter opens what a point is made of.',
});

/** The same of a chart whose points have parts. */
export const partsHint = defineMessage({
  id: 'chart.hint.parts',
  defaultMessage:
    'Left and right walk through the chart, up and down choose a part of a point, Enter opens what it is made of.',
});

const PartContext = createContext<number | undefined>(undefined);

/** The place of the part the keys are at; none while they are at a whole point. */
export function useChosenPart(): number | undefined {
  return use(PartContext);
}

interface ChartKeysProps {
  onOpen: ((label: string, part?: number) => void) | undefined;
  /** The names of what each point is made of, from the axis outwards. */
  parts?: readonly string[];
  /** The chart, with the follower somewhere inside it. */
  children: (follower: ReactNode) => ReactNode;
}

export function ChartKeys({ onOpen, parts = [], children }: ChartKeysProps) {
  const activeRef = useRef<Label>(undefined);
  const [chosen, setChosen] = useState<number>();
  const part = chosen !== undefined && chosen < parts.length ? chosen : undefined;

  function onKeyDown(event: KeyboardEvent) {
    if (activeRef.current === undefined) return;
    if (event.key === 'Enter') onOpen?.(String(activeRef.current), part);
    const step = { ArrowUp: 1, ArrowDown: -1 }[event.key];
    if (step === undefined || parts.length < 2) return;
    event.preventDefault();
    // One place more than there are parts: there the keys are at the whole.
    const places = parts.length + 1;
    const next = ((part ?? parts.length) + step + places) % places;
    setChosen(next === parts.length ? undefined : next);
  }

  return (
    <Box
      onKeyDown={onKeyDown}
      onBlur={() => setChosen(undefined)}
      sx={onOpen && { '& .recharts-surface': { cursor: 'pointer' } }}
    >
      <PartContext value={part}>{children(<Follower activeRef={activeRef} />)}</PartContext>
      <Box role="status" sx={visuallyHidden}>
        {part !== undefined && (
          <FormattedMessage
            id="chart.part"
            defaultMessage="{part}, one of {count, number}"
            values={{ part: parts[part], count: parts.length }}
          />
        )}
      </Box>
    </Box>
  );
}

/** Keeps the label of the point the keys or the pointer are at; only a chart's child can know it. */
function Follower({ activeRef }: { activeRef: RefObject<Label> }) {
  const label = useActiveTooltipLabel();
  const isActive = useIsTooltipActive();
  useEffect(() => {
    activeRef.current = isActive ? label : undefined;
  });
  return null;
}
