/** The shape of a month in small; decoration beside figures that say it all. */
import { Box } from '@mui/material';
import { role, seriesColor } from '@/theme/theme';

const HEIGHT = 100;
const BAR = 10;
const GAP = 3;

export function Spark({ net }: { net: readonly number[] }) {
  const top = Math.max(0, ...net);
  const bottom = Math.min(0, ...net);
  const scale = HEIGHT / (top - bottom || 1);
  const zero = top * scale;
  return (
    <Box sx={{ flexGrow: 1, minHeight: 110, height: 110 }}>
      <svg
        aria-hidden="true"
        width="100%"
        height="100%"
        viewBox={`0 0 ${Math.max(1, net.length) * (BAR + GAP)} ${HEIGHT + 1}`}
        preserveAspectRatio="none"
      >
        {net.map((value, place) => (
          <rect
            // A day's place in the month is all there is of it here.
            key={place}
            x={place * (BAR + GAP)}
            y={value > 0 ? zero - value * scale : zero}
            width={BAR}
            height={Math.abs(value) * scale}
            fill={seriesColor(0)}
          />
        ))}
        <rect y={zero} width="100%" height="1" fill={role('hairline')} />
      </svg>
    </Box>
  );
}
