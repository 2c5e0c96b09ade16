/** Makes the points of a chart open by Enter, as they do by click: the arrow keys already walk there. */
import { Box } from '@mui/material';
import { type ReactNode, type RefObject, useEffect, useRef } from 'react';
import { defineMessage } from 'react-intl';
import { useActiveTooltipLabel, useIsTooltipActive } from 'recharts';

type Label = string | number | undefined;

/** Told to screen readers with the chart. */
export const chartHint = defineMessage({
  id: 'chart.hint',
  defaultMessage: 'Arrow keys walk through the chart, Enter opens what a point is made of.',
});

interface ChartKeysProps {
  onOpen: ((label: string) => void) | undefined;
  /** The chart, with the follower somewhere inside it. */
  children: (follower: ReactNode) => ReactNode;
}

export function ChartKeys({ onOpen, children }: ChartKeysProps) {
  const activeRef = useRef<Label>(undefined);
  return (
    <Box
      onKeyDown={(event) => {
        if (event.key === 'Enter' && activeRef.current !== undefined)
          onOpen?.(String(activeRef.current));
      }}
      sx={onOpen && { '& .recharts-surface': { cursor: 'pointer' } }}
    >
      {children(<Follower activeRef={activeRef} />)}
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
