/** One figure with its name; figures stand in a `Figures` list, which screen readers read in pairs. */
import { Box, Skeleton, Typography } from '@mui/material';
import type { ReactNode } from 'react';

interface FigureProps {
  label: ReactNode;
  value: ReactNode;
  note?: ReactNode;
  size?: 'large' | 'normal';
}

export function Figure({ label, value, note, size = 'normal' }: FigureProps) {
  return (
    <Box
      sx={{
        minWidth: 0,
        ...(size === 'large' && {
          gridColumn: '1 / -1',
          // Beside others where there is room for three; to span two columns of one would make a second.
          '@container (min-width: 490px)': { gridColumn: 'span 2' },
        }),
      }}
    >
      <Typography component="dt" variant="caption" color="textSecondary" sx={head}>
        {label}
      </Typography>
      <Typography
        component="dd"
        sx={{
          m: 0,
          fontWeight: 620,
          fontSize: size === 'large' ? '1.75rem' : '1.125rem',
          letterSpacing: '-0.01em',
          lineHeight: 1.35,
          fontVariantNumeric: 'tabular-nums',
        }}
      >
        {value ?? <Skeleton width="6ch" />}
      </Typography>
      {note && (
        <Typography component="dd" variant="caption" color="textSecondary" sx={{ m: 0 }}>
          {note}
        </Typography>
      )}
    </Box>
  );
}

// As high as a word that explains itself, so that figures side by side stand on one line.
const head = { fontWeight: 500, minHeight: 24, display: 'flex', alignItems: 'center' };

export function Figures({ children, least = 150 }: { children: ReactNode; least?: number }) {
  return (
    <Box
      component="dl"
      sx={{
        m: 0,
        containerType: 'inline-size',
        display: 'grid',
        gap: 2.5,
        rowGap: 2,
        gridTemplateColumns: `repeat(auto-fill, minmax(min(${least}px, 100%), 1fr))`,
        alignItems: 'start',
      }}
    >
      {children}
    </Box>
  );
}
