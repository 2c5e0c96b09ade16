/** A word of the field with its definition, shown on hover, focus and touch. */
import { Box, Tooltip } from '@mui/material';
import type { ReactNode } from 'react';
import { FormattedMessage } from 'react-intl';
import { useMetric } from './catalog';
import { role } from '@/theme/theme';

interface TermProps {
  children: ReactNode;
  definition?: ReactNode;
  /** The id of its metric in the catalog. */
  metric?: string;
}

export function Term({ children, definition, metric }: TermProps) {
  const known = useMetric(metric);
  const title = (
    <>
      {definition}
      {known && (
        <Box component="span" sx={{ display: 'block', mt: definition ? 1 : 0, opacity: 0.85 }}>
          <FormattedMessage
            id="term.formula"
            defaultMessage="Formula, version {version}: {formula}"
            values={{ version: known.version, formula: known.formula }}
          />
        </Box>
      )}
    </>
  );
  return (
    <Tooltip title={title} enterTouchDelay={0} leaveTouchDelay={6000}>
      <Box
        component="button"
        type="button"
        sx={{
          all: 'unset',
          cursor: 'help',
          display: 'inline-block',
          // A finger needs 24 pixels; the figure below may be pressed as well.
          minHeight: 24,
          lineHeight: 1.5,
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
