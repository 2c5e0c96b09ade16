/** A word of the field with its definition, shown on hover, focus and touch. */
import { Box, Tooltip } from '@mui/material';
import type { ReactNode } from 'react';
import { role } from '@/theme/theme';

interface TermProps {
  children: ReactNode;
  definition: ReactNode;
}

export function Term({ children, definition }: TermProps) {
  return (
    <Tooltip title={definition} enterTouchDelay={0} leaveTouchDelay={6000}>
      <Box
        component="button"
        type="button"
        sx={{
          all: 'unset',
          cursor: 'help',
          textDecoration: 'underline dotted',
          textDecorationColor: role('outline'),
          textUnderlineOffset: '3px',
          '&:focus-visible': { outline: `2px solid ${role('accentText')}`, outlineOffset: 2 },
        }}
      >
        {children}
      </Box>
    </Tooltip>
  );
}
