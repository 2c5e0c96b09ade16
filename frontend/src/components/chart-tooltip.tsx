/** What a chart says of the point under the pointer or the arrow keys. */
import { Box, Paper, Typography } from '@mui/material';
import { useChosenPart } from './chart-keys';
import { role } from '@/theme/theme';

interface Entry {
  dataKey?: unknown;
  name?: unknown;
  value?: unknown;
  color?: string;
}

interface ChartTooltipProps {
  title: (label: string) => string;
  amount: (value: number) => string;
  /** Given by the chart. */
  active?: boolean;
  label?: unknown;
  payload?: readonly Entry[];
}

export function ChartTooltip({ title, amount, active, label, payload = [] }: ChartTooltipProps) {
  const chosen = useChosenPart();
  const entries = payload.filter((entry) => typeof entry.value === 'number');
  if (!active || entries.length === 0) return null;
  return (
    <Paper variant="outlined" sx={{ px: 1.5, py: 1, boxShadow: 3, maxWidth: 360 }}>
      <Typography variant="caption" component="p" sx={{ fontWeight: 600 }}>
        {title(String(label))}
      </Typography>
      {entries.map((entry) => (
        <Box
          key={String(entry.dataKey)}
          data-chosen={placeOf(entry) === chosen && chosen !== undefined ? '' : undefined}
          sx={rowLook}
        >
          <Box
            sx={{ width: 9, height: 9, borderRadius: '50%', bgcolor: entry.color, flexShrink: 0 }}
          />
          <Box component="span" dir="auto" sx={{ flexGrow: 1 }}>
            {String(entry.name)}
          </Box>
          <Box
            component="span"
            sx={{
              fontVariantNumeric: 'tabular-nums',
              fontWeight: 600,
              pl: 2,
              whiteSpace: 'nowrap',
            }}
          >
            {amount(Number(entry.value))}
          </Box>
        </Box>
      ))}
    </Paper>
  );
}

const rowLook = {
  display: 'flex',
  gap: 1,
  alignItems: 'center',
  fontSize: '0.8125rem',
  mx: -0.75,
  px: 0.75,
  borderRadius: 0.5,
  '&[data-chosen]': {
    backgroundColor: role('accentTint'),
    outline: `2px solid ${role('accentText')}`,
  },
};

/** Which part of a point an entry is: the place is the end of its key. */
function placeOf({ dataKey }: Entry): number | undefined {
  const place = /^[gp](\d+)$/.exec(String(dataKey))?.[1];
  return place === undefined ? undefined : Number(place);
}
