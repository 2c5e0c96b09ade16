/** The ages of what is open as one strip, and as a sentence for who cannot see it. */
import { Box, Typography } from '@mui/material';
import { FormattedMessage } from 'react-intl';
import type { Format } from '@/components/use-format';
import type { CurrencySummary } from '@/lib/api';
import { agingColor, role } from '@/theme/theme';

export function AgingStrip({ summary, format }: { summary: CurrencySummary; format: Format }) {
  const total = summary.outstanding.amount;
  const old = summary.buckets.at(-1)?.amount ?? 0;
  const due = total - (summary.buckets[0]?.amount ?? 0);
  if (total <= 0) return null;
  return (
    <Box sx={{ mt: 1.5 }}>
      <Box
        aria-hidden
        sx={{ display: 'flex', height: 10, gap: '2px', borderRadius: 1, overflow: 'hidden' }}
      >
        {summary.buckets.map(
          (one, place) =>
            one.amount > 0 && (
              <Box
                key={one.bucket}
                sx={{
                  flexGrow: one.amount / total,
                  bgcolor: agingColor(place),
                  '@media (forced-colors: active)': { border: '1px solid CanvasText' },
                }}
              />
            ),
        )}
      </Box>
      <Typography variant="caption" sx={{ color: role('textQuiet') }}>
        <FormattedMessage
          id="aging.strip"
          defaultMessage="{due} past due, {old} of it over 90 days"
          values={{
            due: format.percent(due / total),
            old: format.percent(due > 0 ? old / due : 0),
          }}
        />
      </Typography>
    </Box>
  );
}
