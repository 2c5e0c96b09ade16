/**
 * Room for a chart: kept free from the start, filled once the figures around it are on screen.
 *
 * Drawing a chart takes longer than all the rest of a report; as a transition it holds up neither
 * the figures nor the reader.
 */
import { Box } from '@mui/material';
import { type ReactNode, startTransition, useEffect, useRef, useState } from 'react';

interface ChartSpaceProps {
  height: number;
  /** The chart of a width, in pixels. */
  children: (width: number) => ReactNode;
}

export function ChartSpace({ height, children }: ChartSpaceProps) {
  const box = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(0);
  useEffect(() => {
    const observer = new ResizeObserver(([entry]) => {
      const room = Math.floor(entry?.contentRect.width ?? 0);
      startTransition(() => setWidth(room));
    });
    if (box.current) observer.observe(box.current);
    return () => observer.disconnect();
  }, []);
  return (
    <Box ref={box} data-chart sx={{ height, overflow: 'hidden' }}>
      {width > 0 && children(width)}
    </Box>
  );
}
